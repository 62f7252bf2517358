using Microsoft.EntityFrameworkCore;
using Picket.Core.Response;
using Picket.Server.Brakes;
using Picket.Server.Policy;
using Picket.Server.Response;
using Picket.Server.Storage;

namespace Picket.Server.Drift;

/// <summary>
/// Notes what others changed about our tags, from the readings that tag runs make anyway: who carries a tag, and which tags
/// there are. It decides nothing about what is written; it says which devices a run leaves, see <see cref="DriftedDevices"/>.
/// </summary>
public sealed class DriftWatch(PolicyStore policies, TimeProvider time)
{
    private const int Chunk = 500;

    /// <summary>
    /// After a reading of who carries a tag: 1 what was noted before and is over, 2 what the reading shows that nothing of ours
    /// explains, as far as it is not what we want anyway. In the transaction in which the reading becomes the confirmed state.
    /// </summary>
    /// <param name="before">Who carried it as last confirmed.</param>
    /// <param name="isFirst">Nobody read this tag before: whoever carries it, nobody knows since when.</param>
    internal async Task DevicesAsync(
        PicketDbContext db,
        OwnedTagRow tag,
        IReadOnlySet<int> before,
        IReadOnlySet<int> carrying,
        bool isFirst,
        CancellationToken cancellation
    )
    {
        var writing = await db.Integrations.AnyAsync(
            row => row.Id == tag.IntegrationId && row.WritingEnabled,
            cancellation
        );
        var known = await EndAsync(db, tag, carrying, writing, cancellation); // 1
        var changed = TagDrift.Changed(before, carrying).Where(device => !known.Contains(device)).ToList();
        if (!writing || isFirst || changed.Count == 0)
        {
            return;
        }

        var own = await OwnWritesAsync(db, tag.Id, changed, cancellation);
        var drift = TagDrift.OfDevices(
            before,
            carrying,
            own.ToDictionary(write => write.Key, write => write.Value.Action)
        );
        var levels = await DriftedDevices.LevelsAsync(db, tag.IntegrationId, changed, cancellation);
        var named = await DriftedDevices.WantingAsync(db, tag, changed, cancellation);
        var never = await NeverTouchLists.OfAsync(db, tag.IntegrationId, changed, time.GetUtcNow(), cancellation);
        var answer = (await policies.CurrentAsync(db, cancellation)).Book.Document.Drift.Devices;
        await NoteAsync(DriftKind.Lost, drift.Lost.Where(device => IsNew(device) && IsWanted(device))); // 2
        await NoteAsync(DriftKind.Carried, drift.Carried.Where(device => IsNew(device) && !IsWanted(device)));
        await db.SaveChangesAsync(cancellation);

        // What is never touched is nobody's drift: nothing would follow.
        bool IsNew(int device) => !known.Contains(device) && !never.ContainsKey(device);

        bool IsWanted(int device) =>
            tag.Set is not null
                ? named.Contains(device)
                : tag.Level is { } level && levels.GetValueOrDefault(device) == level;

        async Task NoteAsync(DriftKind kind, IEnumerable<int> devices)
        {
            int[] numbers = [.. devices];
            var repairs = await RepairsAsync(db, tag.Id, kind, numbers, cancellation);
            foreach (
                var some in numbers.GroupBy(device =>
                    (
                        Asks: TagDrift.Asks(answer, repairs.GetValueOrDefault(device)),
                        Fought: repairs.GetValueOrDefault(device) >= TagDrift.MostRepairs
                    )
                )
            )
            {
                var row = await OpenAsync(db, tag, kind, some.Key.Asks, some.Key.Fought, cancellation);
                db.DriftDevices.AddRange(
                    some.Select(device => new DriftDeviceRow
                    {
                        DriftId = row.Id,
                        RemoteId = device,
                        Level = levels.GetValueOrDefault(device),
                        SeenAt = time.GetUtcNow(),
                    })
                );
            }
        }
    }

    /// <summary>Ends what is over.</summary>
    /// <returns>Devices of which it still lasts.</returns>
    private async Task<HashSet<int>> EndAsync(
        PicketDbContext db,
        OwnedTagRow tag,
        IReadOnlySet<int> carrying,
        bool writing,
        CancellationToken cancellation
    )
    {
        var open = await db
            .Drift.Where(row => row.OwnedTagId == tag.Id && row.EndedAt == null)
            .Where(row => row.Kind == DriftKind.Lost || row.Kind == DriftKind.Carried)
            .ToListAsync(cancellation);
        if (open.Count == 0)
        {
            return [];
        }

        var ids = open.ConvertAll(row => row.Id);
        var devices = await db
            .DriftDevices.Where(row => ids.Contains(row.DriftId) && row.EndedAt == null)
            .ToListAsync(cancellation);
        int[] numbers = [.. devices.Select(device => device.RemoteId)];
        var levels = await DriftedDevices.LevelsAsync(db, tag.IntegrationId, numbers, cancellation);
        var named = await DriftedDevices.WantingAsync(db, tag, numbers, cancellation);
        var own = await OwnWritesAsync(db, tag.Id, numbers, cancellation);
        var now = time.GetUtcNow();
        var never = await NeverTouchLists.OfAsync(db, tag.IntegrationId, numbers, now, cancellation);
        foreach (var drift in open)
        {
            var its = devices.FindAll(device => device.DriftId == drift.Id);
            foreach (var device in its)
            {
                var since = own.TryGetValue(device.RemoteId, out var write) && write.SentAt >= device.SeenAt;
                var ended = TagDrift.Ended(
                    drift.Kind,
                    carrying.Contains(device.RemoteId),
                    writing
                        && (
                            tag.Set is null
                                ? levels.GetValueOrDefault(device.RemoteId) == device.Level
                                : named.Contains(device.RemoteId) == (drift.Kind == DriftKind.Lost)
                        )
                        && !never.ContainsKey(device.RemoteId),
                    since ? write.Action : null
                );
                (device.Became, device.EndedAt) = (ended ?? DriftState.Open, ended is null ? null : now);
            }

            if (its.Exists(device => device.EndedAt is null))
            {
                drift.LastSeenAt = now;
            }
            else
            {
                await CloseAsync(db, drift, its, cancellation);
            }
        }

        await db.SaveChangesAsync(cancellation);
        return [.. devices.Where(device => device.EndedAt is null).Select(device => device.RemoteId)];
    }

    private async Task CloseAsync(
        PicketDbContext db,
        DriftRow drift,
        List<DriftDeviceRow> last,
        CancellationToken cancellation
    )
    {
        drift.EndedAt = time.GetUtcNow();
        if (drift.State == DriftState.Open)
        {
            var repaired =
                last.Exists(device => device.Became == DriftState.Repaired)
                || await db.DriftDevices.AnyAsync(
                    device => device.DriftId == drift.Id && device.Became == DriftState.Repaired,
                    cancellation
                );
            drift.State = repaired ? DriftState.Repaired : DriftState.Gone;
        }
    }

    private async Task<DriftRow> OpenAsync(
        PicketDbContext db,
        OwnedTagRow tag,
        DriftKind kind,
        bool asks,
        bool fought,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        var row =
            await db.Drift.FirstOrDefaultAsync(
                row =>
                    row.OwnedTagId == tag.Id
                    && row.Kind == kind
                    && row.State == DriftState.Open
                    && row.EndedAt == null
                    && row.Asks == asks
                    && row.Fought == fought,
                cancellation
            )
            ?? db.Drift.Add(
                new DriftRow
                {
                    Id = Guid.CreateVersion7(now),
                    IntegrationId = tag.IntegrationId,
                    OwnedTagId = tag.Id,
                    Kind = kind,
                    Asks = asks,
                    Fought = fought,
                    Since = now,
                }
            ).Entity;
        row.LastSeenAt = now;
        return row;
    }

    /// <summary>Of each device our newest write of the tag that was marked as sent, whatever became of it.</summary>
    private static async Task<Dictionary<int, (TagAction Action, DateTimeOffset SentAt)>> OwnWritesAsync(
        PicketDbContext db,
        Guid tag,
        IReadOnlyCollection<int> devices,
        CancellationToken cancellation
    )
    {
        var writes = new Dictionary<int, (TagAction, DateTimeOffset)>();
        foreach (var some in devices.Distinct().Chunk(Chunk))
        {
            var found = await (
                from entry in db.Ledger
                join device in db.LedgerDevices on entry.Id equals device.EntryId
                where entry.OwnedTagId == tag && entry.SentAt != null && some.Contains(device.RemoteId)
                where device.State != LedgerState.Dropped
                orderby entry.Id
                select new
                {
                    device.RemoteId,
                    entry.Kind,
                    entry.SentAt,
                }
            ).ToListAsync(cancellation);
            found.ForEach(write =>
                writes[write.RemoteId] = (
                    write.Kind == LedgerKinds.AddTag ? TagAction.Add : TagAction.Remove,
                    write.SentAt!.Value
                )
            );
        }

        return writes;
    }

    /// <summary>How often each was repaired lately.</summary>
    private async Task<Dictionary<int, int>> RepairsAsync(
        PicketDbContext db,
        Guid tag,
        DriftKind kind,
        int[] devices,
        CancellationToken cancellation
    )
    {
        var since = time.GetUtcNow() - TagDrift.RepairWindow;
        var repairs = new Dictionary<int, int>();
        foreach (var some in devices.Chunk(Chunk))
        {
            var found = await (
                from device in db.DriftDevices
                join drift in db.Drift on device.DriftId equals drift.Id
                where drift.OwnedTagId == tag && drift.Kind == kind && some.Contains(device.RemoteId)
                where device.Became == DriftState.Repaired && device.EndedAt >= since && drift.DecidedBy == null
                group device by device.RemoteId into one
                select new { one.Key, Count = one.Count() }
            ).ToListAsync(cancellation);
            found.ForEach(one => repairs[one.Key] = one.Count);
        }

        return repairs;
    }
}
