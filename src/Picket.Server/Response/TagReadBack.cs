using Microsoft.EntityFrameworkCore;
using Picket.Core.Response;
using Picket.Server.Drift;
using Picket.Server.Storage;
using LedgerState = Picket.Core.Response.LedgerState;

namespace Picket.Server.Response;

/// <summary>Holds the UEM's listing of a tag's devices against what Picket believes: the UEM is right.</summary>
internal sealed class TagReadBack(PicketDatabase database, DriftWatch drift, TimeProvider time)
{
    private const int Chunk = 500;

    /// <summary>Makes the confirmed state of one tag equal to the UEM's, and settles ledger entries that wait for it.</summary>
    /// <param name="going">The run that may send its unanswered calls again; null once it has sent all.</param>
    /// <returns>False where a call was left for it to send again.</returns>
    public async Task<bool> SettleAsync(
        OwnedTagRow tag,
        IReadOnlySet<int> carrying,
        Guid? going,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await StateAsync(db, tag, carrying, cancellation);
        var (removed, isSettled) = await LedgerAsync(db, tag.Id, carrying, going, cancellation);
        await UndoAsync(db, tag.Id, removed, cancellation);
        await transaction.CommitAsync(cancellation);
        return isSettled;
    }

    private async Task StateAsync(
        PicketDbContext db,
        OwnedTagRow tag,
        IReadOnlySet<int> carrying,
        CancellationToken cancellation
    )
    {
        var stored = await db
            .DeviceTags.Where(row => row.OwnedTagId == tag.Id)
            .Select(row => row.RemoteId)
            .ToHashSetAsync(cancellation);
        await WatchAsync(db, tag, stored, carrying, cancellation);
        var now = time.GetUtcNow();
        await database.Bulk.UpsertAsync(
            db,
            [
                .. carrying
                    .Where(device => !stored.Contains(device))
                    .Select(device => new DeviceTagRow
                    {
                        OwnedTagId = tag.Id,
                        RemoteId = device,
                        ConfirmedAt = now,
                    }),
            ],
            cancellation
        );
        foreach (var gone in stored.Where(device => !carrying.Contains(device)).Chunk(Chunk))
        {
            await db
                .DeviceTags.Where(row => row.OwnedTagId == tag.Id && gone.Contains(row.RemoteId))
                .ExecuteDeleteAsync(cancellation);
        }
    }

    /// <summary>A tag that is gone from the UEM took itself off its devices: nobody else did.</summary>
    private async Task WatchAsync(
        PicketDbContext db,
        OwnedTagRow tag,
        IReadOnlySet<int> stored,
        IReadOnlySet<int> carrying,
        CancellationToken cancellation
    )
    {
        if (tag.RemoteId is not { } number)
        {
            return;
        }

        var known = await db
            .OwnedTags.Where(row => row.Id == tag.Id)
            .Select(row => new
            {
                row.ReadNumber,
                HasDrift = db.Drift.Any(open => open.OwnedTagId == row.Id && open.EndedAt == null),
            })
            .SingleAsync(cancellation);
        var isFirst = known.ReadNumber != number;
        if (known.HasDrift || (!isFirst && !carrying.SetEquals(stored)))
        {
            await drift.DevicesAsync(db, tag, stored, carrying, isFirst, cancellation);
        }

        if (isFirst)
        {
            await db
                .OwnedTags.Where(row => row.Id == tag.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.ReadNumber, number), cancellation);
        }
    }

    /// <summary>Entries that were sent or answered, whichever run sent them: a killed one's are settled here too.</summary>
    /// <returns>The devices whose removal is confirmed, and whether no call was left to be sent again.</returns>
    private async Task<(List<int> Removed, bool IsSettled)> LedgerAsync(
        PicketDbContext db,
        Guid tag,
        IReadOnlySet<int> carrying,
        Guid? going,
        CancellationToken cancellation
    )
    {
        var open = await db
            .Ledger.Where(row =>
                row.OwnedTagId == tag
                && (row.Kind == LedgerKinds.AddTag || row.Kind == LedgerKinds.RemoveTag)
                && (row.State == LedgerState.Sent || row.State == LedgerState.Answered)
            )
            .OrderBy(row => row.Id)
            .ToListAsync(cancellation);
        var (removed, isSettled) = (new List<int>(), true);
        foreach (var entry in open)
        {
            var devices = await db
                .LedgerDevices.AsNoTracking()
                .Where(row => row.EntryId == entry.Id)
                .ToListAsync(cancellation);
            if (MaySendAgain(entry, devices, carrying, going))
            {
                isSettled = false;
                continue;
            }

            Settle(entry, devices, carrying);
            await database.Bulk.UpdateAsync(
                db,
                devices,
                [nameof(LedgerDeviceRow.State), nameof(LedgerDeviceRow.Error)],
                cancellation
            );
            removed.AddRange(
                devices
                    .Where(device => entry.Kind == LedgerKinds.RemoveTag && device.State == LedgerState.Confirmed)
                    .Select(device => device.RemoteId)
            );
        }

        await db.SaveChangesAsync(cancellation);
        return (removed, isSettled);
    }

    private static bool MaySendAgain(
        LedgerEntryRow entry,
        List<LedgerDeviceRow> devices,
        IReadOnlySet<int> carrying,
        Guid? going
    )
    {
        var seen = devices.Any(device => IsDone(entry, device, carrying)) ? ReadBack.Done : ReadBack.NotDone;
        return entry.State == LedgerState.Sent
            && entry.TagRunId == going
            && LostAnswer.Next(LedgerKind.State, seen) == LostAnswerStep.SendAgain;
    }

    private void Settle(LedgerEntryRow entry, List<LedgerDeviceRow> devices, IReadOnlySet<int> carrying)
    {
        foreach (var device in devices.Where(device => device.State != LedgerState.Failed))
        {
            device.State = IsDone(entry, device, carrying) ? LedgerState.Confirmed : LedgerState.Failed;
            device.Error = device.State == LedgerState.Failed ? NotSo(entry) : null;
        }

        entry.Failed = devices.Count(device => device.State == LedgerState.Failed);
        entry.State = entry.Failed == devices.Count ? LedgerState.Failed : LedgerState.Confirmed;
        entry.ConfirmedAt = time.GetUtcNow();
    }

    private static string NotSo(LedgerEntryRow entry) =>
        entry.Error
        ?? (
            entry.State == LedgerState.Sent
                ? "No answer came, and it is not so when read back."
                : "The UEM did not refuse it, yet it is not so when read back."
        );

    private static bool IsDone(LedgerEntryRow entry, LedgerDeviceRow device, IReadOnlySet<int> carrying) =>
        BulkAnswer.Settle(
            entry.Kind == LedgerKinds.AddTag ? TagAction.Add : TagAction.Remove,
            carrying.Contains(device.RemoteId)
        ) == LedgerState.Confirmed;

    /// <summary>What had put the tag on these devices is taken back with it.</summary>
    private static async Task UndoAsync(PicketDbContext db, Guid tag, List<int> removed, CancellationToken cancellation)
    {
        if (removed.Count == 0)
        {
            return;
        }

        var adds = db.Ledger.Where(row => row.OwnedTagId == tag && row.Kind == LedgerKinds.AddTag);
        foreach (var some in removed.Chunk(Chunk))
        {
            await db
                .LedgerDevices.Where(row =>
                    some.Contains(row.RemoteId)
                    && row.State == LedgerState.Confirmed
                    && adds.Any(entry => entry.Id == row.EntryId)
                )
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, LedgerState.Undone), cancellation);
        }

        await adds.Where(entry =>
                entry.State == LedgerState.Confirmed
                && !db.LedgerDevices.Any(row => row.EntryId == entry.Id && row.State == LedgerState.Confirmed)
            )
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, LedgerState.Undone), cancellation);
    }
}
