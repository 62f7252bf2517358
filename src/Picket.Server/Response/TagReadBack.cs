using Microsoft.EntityFrameworkCore;
using Picket.Core.Response;
using Picket.Server.Storage;
using LedgerState = Picket.Core.Response.LedgerState;

namespace Picket.Server.Response;

/// <summary>Holds the UEM's listing of a tag's devices against what Picket believes: the UEM is right.</summary>
internal sealed class TagReadBack(PicketDatabase database, TimeProvider time)
{
    /// <summary>Makes the confirmed state of one tag equal to the UEM's, and settles ledger entries that wait for it.</summary>
    /// <returns>Devices confirmed and failed among the settled entries.</returns>
    public async Task<(int Confirmed, int Failed)> SettleAsync(
        OwnedTagRow tag,
        IReadOnlySet<long> carrying,
        IReadOnlyDictionary<long, Guid> deviceIds,
        CancellationToken cancellation
    )
    {
        var carryingIds = carrying.Where(deviceIds.ContainsKey).Select(remote => deviceIds[remote]).ToHashSet();
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await StateAsync(db, tag, carryingIds, cancellation);
        var settled = await LedgerAsync(db, tag, carryingIds, cancellation);
        await transaction.CommitAsync(cancellation);
        return settled;
    }

    private async Task StateAsync(
        PicketDbContext db,
        OwnedTagRow tag,
        HashSet<Guid> carrying,
        CancellationToken cancellation
    )
    {
        var stored = await db
            .DeviceTags.Where(row => row.OwnedTagId == tag.Id)
            .Select(row => row.DeviceId)
            .ToHashSetAsync(cancellation);
        var now = time.GetUtcNow();
        var added = carrying.Where(device => !stored.Contains(device));
        await database.Bulk.UpsertAsync(
            db,
            [
                .. added.Select(device => new DeviceTagRow
                {
                    DeviceId = device,
                    OwnedTagId = tag.Id,
                    ConfirmedAt = now,
                }),
            ],
            cancellation
        );
        foreach (var gone in stored.Where(device => !carrying.Contains(device)).Chunk(1000))
        {
            await db
                .DeviceTags.Where(row => row.OwnedTagId == tag.Id && gone.Contains(row.DeviceId))
                .ExecuteDeleteAsync(cancellation);
        }
    }

    /// <summary>Entries that were sent or answered, whichever run sent them: a killed one's are settled here too.</summary>
    private async Task<(int Confirmed, int Failed)> LedgerAsync(
        PicketDbContext db,
        OwnedTagRow tag,
        HashSet<Guid> carrying,
        CancellationToken cancellation
    )
    {
        var open = await db
            .Ledger.Where(row =>
                row.OwnedTagId == tag.Id && (row.State == LedgerState.Sent || row.State == LedgerState.Answered)
            )
            .OrderBy(row => row.Id)
            .ToListAsync(cancellation);
        var (confirmed, failed) = (0, 0);
        foreach (var entry in open.Where(entry => entry.Kind != LedgerKinds.CreateTag))
        {
            var action = entry.Kind == LedgerKinds.AddTag ? TagAction.Add : TagAction.Remove;
            var devices = await db
                .LedgerDevices.AsNoTracking()
                .Where(row => row.EntryId == entry.Id)
                .ToListAsync(cancellation);
            foreach (var device in devices.Where(device => device.State != LedgerState.Failed))
            {
                device.State = BulkAnswer.Settle(action, carrying.Contains(device.DeviceId));
            }

            await database.Bulk.UpdateAsync(db, devices, [nameof(LedgerDeviceRow.State)], cancellation);
            entry.Failed = devices.Count(device => device.State == LedgerState.Failed);
            entry.State = entry.Failed == devices.Count ? LedgerState.Failed : LedgerState.Confirmed;
            entry.ConfirmedAt = time.GetUtcNow();
            (confirmed, failed) = (confirmed + devices.Count - entry.Failed, failed + entry.Failed);
        }

        await db.SaveChangesAsync(cancellation);
        return (confirmed, failed);
    }
}

internal static class LedgerKinds
{
    public const string CreateTag = "CreateTag";
    public const string AddTag = "AddTag";
    public const string RemoveTag = "RemoveTag";

    public static string Of(TagAction action) => action == TagAction.Add ? AddTag : RemoveTag;
}
