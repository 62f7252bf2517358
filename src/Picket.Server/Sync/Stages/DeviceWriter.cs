using Microsoft.EntityFrameworkCore;
using Picket.Core.Sync;
using Picket.Server.Inventory;
using Picket.Server.Inventory.Users;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Sync.Stages;

/// <summary>Writes the differences between listed devices and the inventory, with history, in one transaction.</summary>
internal sealed class DeviceWriter(
    PicketDatabase database,
    OwnershipChange ownership,
    Erasures erasures,
    TimeProvider time
)
{
    /// <summary>A device that was silent for longer is judged anew when it is seen: silence was a finding, or near one.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromDays(1);

    /// <summary>Times that move with each contact. Without them a fact that is told again and again would look old.</summary>
    private static readonly string[] Touched =
    [
        nameof(DeviceRow.LastSeenAt),
        nameof(DeviceRow.ComplianceCheckedAt),
        nameof(DeviceRow.CompromisedCheckedAt),
    ];

    private static readonly string[] Listed =
    [
        nameof(DeviceRow.RemoteUuid),
        nameof(DeviceRow.FriendlyName),
        nameof(DeviceRow.SerialNumber),
        nameof(DeviceRow.Udid),
        nameof(DeviceRow.Platform),
        nameof(DeviceRow.Model),
        nameof(DeviceRow.ModelIdentifier),
        nameof(DeviceRow.OsVersion),
        nameof(DeviceRow.OsBuild),
        nameof(DeviceRow.SecurityPatchDate),
        nameof(DeviceRow.Ownership),
        nameof(DeviceRow.OrganizationGroupId),
        nameof(DeviceRow.UserRemoteId),
        nameof(DeviceRow.UserName),
        nameof(DeviceRow.EnrollmentStatus),
        nameof(DeviceRow.ComplianceStatus),
        nameof(DeviceRow.Compromised),
        nameof(DeviceRow.Supervised),
        nameof(DeviceRow.EnrolledAt),
        nameof(DeviceRow.ComplianceCheckedAt),
        nameof(DeviceRow.CompromisedCheckedAt),
        nameof(DeviceRow.LastSeenAt),
        nameof(DeviceRow.Hash),
        nameof(DeviceRow.GoneAt),
        nameof(DeviceRow.JudgingDue),
    ];

    public async Task WriteAsync(SyncRun run, IReadOnlyList<UemDevice> devices, CancellationToken cancellation) =>
        await WriteAsync(run, [await PlanAsync(run, devices, cancellation)], cancellation);

    /// <summary>Compares devices with the inventory. Others than these may be written meanwhile.</summary>
    public async Task<PlannedDevices> PlanAsync(
        SyncRun run,
        IReadOnlyList<UemDevice> devices,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var now = time.GetUtcNow();
        var stored = await StoredAsync(db, run.Integration.Id, devices, cancellation);
        var erased = await erasures.OfAsync(db, run.Integration.Id, cancellation);
        var rows = new Dictionary<int, DeviceRow>(devices.Count);
        foreach (var device in devices)
        {
            var row = DeviceRows.Of(device, stored.GetValueOrDefault(device.Id), run.Integration.Id, now);
            erased.Strip(row);
            rows[device.Id] = row;
        }

        var plan = SyncPlanner.PlanPage(
            [.. rows.Values.Select(row => new PageRow<int>(row.RemoteId, RowHash.FromBytes(row.Hash), row.LastSeenAt))],
            stored.ToDictionary(
                pair => pair.Key,
                pair => new StoredRow(
                    RowHash.FromBytes(pair.Value.Hash),
                    pair.Value.LastSeenAt,
                    pair.Value.GoneAt is not null
                )
            )
        );
        return new PlannedDevices(plan, rows, stored, now);
    }

    /// <summary>Writes what was planned in one transaction.</summary>
    public async Task WriteAsync(SyncRun run, IReadOnlyList<PlannedDevices> planned, CancellationToken cancellation)
    {
        if (planned.All(page => page.Rows.Count == 0))
        {
            return;
        }

        foreach (var (plan, rows, _, _) in planned)
        {
            run.Count(
                "devices",
                read: rows.Count,
                added: plan.Inserts.Count + plan.Returned.Count,
                changed: plan.Updates.Count,
                touched: plan.Touches.Count
            );
        }

        await run.WriteAsync(
            database,
            async writing =>
            {
                var erased = await erasures.HeldAsync(writing, run.Integration.Id, cancellation);
                foreach (var page in planned)
                {
                    // Planned before somebody was erased, they would bring the names back.
                    page.Rows.Values.ToList().ForEach(erased.Strip);
                    await WritePlanAsync(writing, run.Row, page, cancellation);
                }
            },
            cancellation
        );
    }

    private async Task WritePlanAsync(
        PicketDbContext db,
        SyncRunRow run,
        PlannedDevices planned,
        CancellationToken cancellation
    )
    {
        var (plan, rows, stored, now) = planned;
        foreach (var row in plan.Updates.Concat(plan.Returned))
        {
            rows[row.Key].LastSeenAt = row.LastSeen; // The later one of the stored and the listed.
        }

        var changed = plan.Updates.Concat(plan.Returned).Select(row => rows[row.Key]).ToList();
        var history = await HistoryAsync(db, run.Id, plan, changed, rows, now, cancellation);
        await database.Bulk.InsertAsync(db, [.. plan.Inserts.Select(row => rows[row.Key])], cancellation);
        await database.Bulk.UpdateAsync(db, changed, Listed, cancellation);
        var touched = plan.Touches.ToLookup(row => stored[row.Key].LastSeenAt < now - Silence, row => rows[row.Key]);
        await database.Bulk.UpdateAsync(db, [.. touched[false]], Touched, cancellation);
        await database.Bulk.UpdateAsync(
            db,
            [.. touched[true]],
            [.. Touched, nameof(DeviceRow.JudgingDue)],
            cancellation
        );
        await database.Bulk.InsertAsync(db, history, cancellation);
        await ownership.SettleAsync(db, run.IntegrationId, history, now, cancellation);
    }

    private static async Task<List<DeviceChangeRow>> HistoryAsync(
        PicketDbContext db,
        Guid run,
        PagePlan<int> plan,
        List<DeviceRow> changed,
        Dictionary<int, DeviceRow> rows,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var returned = plan.Returned.Select(row => rows[row.Key].Id).ToList();
        var departures = await DeparturesAsync(db, returned, cancellation);
        var history = returned.ConvertAll(id =>
            DeviceHistory.Change(id, now, DeviceHistory.Presence, departures[id], DeviceHistory.Present, run)
        );
        foreach (var part in changed.Chunk(1000))
        {
            var ids = part.Select(row => row.Id).ToArray();
            var before = await db
                .Devices.AsNoTracking()
                .Where(row => ids.Contains(row.Id))
                .ToDictionaryAsync(row => row.Id, cancellation);
            history.AddRange(part.SelectMany(row => DeviceHistory.Between(before[row.Id], row, now, run)));
        }

        return history;
    }

    /// <summary>How each of these devices went at last: gone, or out of the scope.</summary>
    private static async Task<Dictionary<Guid, string>> DeparturesAsync(
        PicketDbContext db,
        List<Guid> devices,
        CancellationToken cancellation
    )
    {
        if (devices.Count == 0)
        {
            return [];
        }

        var changes = await db
            .DeviceChanges.AsNoTracking()
            .Where(row => row.Attribute == DeviceHistory.Presence && devices.Contains(row.DeviceId))
            .ToListAsync(cancellation);
        var last = changes.ToLookup(row => row.DeviceId);
        return devices.ToDictionary(id => id, id => last[id].MaxBy(row => row.At)?.After ?? "gone");
    }

    /// <summary>Only these devices: the listing comes in the order of ids, so they are one range of the index.</summary>
    private static async Task<Dictionary<int, StoredDevice>> StoredAsync(
        PicketDbContext db,
        Guid integration,
        IReadOnlyList<UemDevice> devices,
        CancellationToken cancellation
    )
    {
        if (devices.Count == 0)
        {
            return [];
        }

        var wanted = devices.Select(device => device.Id).ToHashSet();
        var (first, last) = (wanted.Min(), wanted.Max());
        var rows =
            last - first < 4 * wanted.Count
                ? db.Devices.Where(row => row.RemoteId >= first && row.RemoteId <= last)
                : db.Devices.Where(row => wanted.Contains(row.RemoteId));
        return await rows.AsNoTracking()
            .Where(row => row.IntegrationId == integration)
            .Select(row => new StoredDevice(
                row.Id,
                row.RemoteId,
                row.Hash,
                row.LastSeenAt,
                row.GoneAt,
                row.FirstSeenAt
            ))
            .ToDictionaryAsync(row => row.RemoteId, cancellation);
    }
}

/// <summary>What is to be written of some listed devices.</summary>
/// <param name="Rows">By their UEM ids.</param>
/// <param name="Stored">Those that the inventory has already.</param>
internal sealed record PlannedDevices(
    PagePlan<int> Plan,
    Dictionary<int, DeviceRow> Rows,
    Dictionary<int, StoredDevice> Stored,
    DateTimeOffset Now
);

internal sealed record StoredDevice(
    Guid Id,
    int RemoteId,
    byte[] Hash,
    DateTimeOffset? LastSeenAt,
    DateTimeOffset? GoneAt,
    DateTimeOffset FirstSeenAt
);
