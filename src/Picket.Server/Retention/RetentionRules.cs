using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Retention;

/// <summary>One kind of fact with its time.</summary>
/// <param name="Setting">Its name in <see cref="RetentionOptions"/>.</param>
/// <param name="What">What is kept, for people.</param>
/// <param name="DeleteAsync">Deletes a batch of what is older; the number of rows, 0 when nothing is left.</param>
public sealed record RetentionRule(
    string Setting,
    string What,
    int Days,
    Func<PicketDbContext, DateTimeOffset, CancellationToken, Task<int>> DeleteAsync
);

/// <summary>What is deleted when. Everything else is of the present, or for good: the audit, and the ledger with what was written to the UEM, by number.</summary>
internal static class RetentionRules
{
    /// <summary>So few at once that nobody who writes waits for long.</summary>
    private const int Batch = 2000;

    public static IReadOnlyList<RetentionRule> Of(RetentionOptions days) =>
        [
            new(nameof(days.AppHistoryDays), "Apps that are on a device no more", days.AppHistoryDays, AppsAsync),
            new(
                nameof(days.DeviceHistoryDays),
                "Changes of devices and of their verdicts",
                days.DeviceHistoryDays,
                ChangesAsync
            ),
            new(
                nameof(days.EndedFindingDays),
                "Findings that ended, with their evidence",
                days.EndedFindingDays,
                FindingsAsync
            ),
            new(
                nameof(days.GoneDeviceDays),
                "Devices that left the fleet, with what was known of them",
                days.GoneDeviceDays,
                DevicesAsync
            ),
            new(
                nameof(days.GonePersonDays),
                "Users and administrators that the UEM lists no more",
                days.GonePersonDays,
                PeopleAsync
            ),
            new(nameof(days.RunDays), "Sync runs that ended", days.RunDays, RunsAsync),
        ];

    private static async Task<int> AppsAsync(PicketDbContext db, DateTimeOffset before, CancellationToken cancellation)
    {
        var ids = await db
            .DeviceApps.Where(row => row.GoneAt < before)
            .Select(row => row.Id)
            .Take(Batch)
            .ToListAsync(cancellation);
        return ids.Count == 0
            ? 0
            : await db.DeviceApps.Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>Their ids are in the order of their times.</summary>
    private static async Task<int> ChangesAsync(
        PicketDbContext db,
        DateTimeOffset before,
        CancellationToken cancellation
    )
    {
        var first = Keyset.FirstAt(before);
        var ids = await db
            .DeviceChanges.Where(row => row.Id < first)
            .OrderBy(row => row.Id)
            .Select(row => row.Id)
            .Take(Batch)
            .ToListAsync(cancellation);
        return ids.Count == 0
            ? 0
            : await db.DeviceChanges.Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancellation);
    }

    private static async Task<int> FindingsAsync(
        PicketDbContext db,
        DateTimeOffset before,
        CancellationToken cancellation
    )
    {
        var ids = await db
            .Findings.Where(row => row.ClearedAt != null && row.ClearedAt < before)
            .Select(row => row.Id)
            .Take(Batch)
            .ToListAsync(cancellation);
        return ids.Count == 0
            ? 0
            : await db.Findings.Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>What was written to the UEM about them stays in the ledger, by number.</summary>
    private static async Task<int> DevicesAsync(
        PicketDbContext db,
        DateTimeOffset before,
        CancellationToken cancellation
    )
    {
        var ids = await db
            .Devices.Where(row => row.GoneAt < before)
            .Select(row => row.Id)
            .Take(Batch)
            .ToListAsync(cancellation);
        if (ids.Count == 0)
        {
            return 0;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.DeviceApps.Where(row => ids.Contains(row.DeviceId)).ExecuteDeleteAsync(cancellation);
        await db.DeviceChanges.Where(row => ids.Contains(row.DeviceId)).ExecuteDeleteAsync(cancellation);
        await db.Findings.Where(row => ids.Contains(row.DeviceId)).ExecuteDeleteAsync(cancellation);
        await db.WantedTags.Where(row => ids.Contains(row.DeviceId)).ExecuteDeleteAsync(cancellation);
        await db.HuntDevices.Where(row => ids.Contains(row.DeviceId)).ExecuteDeleteAsync(cancellation);
        await db
            .DeviceMemberships.Where(row =>
                db.Devices.Any(device =>
                    ids.Contains(device.Id)
                    && device.GoneAt < before
                    && device.RemoteId == row.RemoteId
                    && db.MembershipReadings.Any(reading =>
                        reading.Id == row.GroupId && reading.IntegrationId == device.IntegrationId
                    )
                )
            )
            .ExecuteDeleteAsync(cancellation);
        // One that came back meanwhile is in the fleet: it stays, and begins a history anew.
        var deleted = await db
            .Devices.Where(row => ids.Contains(row.Id) && row.GoneAt < before)
            .ExecuteDeleteAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return deleted;
    }

    /// <summary>One that came back meanwhile is listed again, and stays.</summary>
    private static async Task<int> PeopleAsync(
        PicketDbContext db,
        DateTimeOffset before,
        CancellationToken cancellation
    )
    {
        var users = await db
            .Users.Where(row => row.GoneAt < before)
            .Select(row => row.Id)
            .Take(Batch)
            .ToListAsync(cancellation);
        var administrators = await db
            .Administrators.Where(row => row.GoneAt < before)
            .Select(row => row.Id)
            .Take(Batch)
            .ToListAsync(cancellation);
        return (
                users.Count == 0
                    ? 0
                    : await db
                        .Users.Where(row => users.Contains(row.Id) && row.GoneAt < before)
                        .ExecuteDeleteAsync(cancellation)
            )
            + (
                administrators.Count == 0
                    ? 0
                    : await db
                        .Administrators.Where(row => administrators.Contains(row.Id) && row.GoneAt < before)
                        .ExecuteDeleteAsync(cancellation)
            );
    }

    /// <summary>The last whole run of an integration stays, however old: it says how fresh the inventory is.</summary>
    private static async Task<int> RunsAsync(PicketDbContext db, DateTimeOffset before, CancellationToken cancellation)
    {
        var ids = await db
            .SyncRuns.Where(run => run.EndedAt < before && run.State != RunState.Held)
            .Where(run =>
                db.SyncRuns.Any(newer =>
                    newer.IntegrationId == run.IntegrationId
                    && newer.Id > run.Id
                    && newer.Kind == RunKind.Full
                    && newer.State == RunState.Completed
                )
            )
            .Select(run => run.Id)
            .Take(Batch)
            .ToListAsync(cancellation);
        if (ids.Count == 0)
        {
            return 0;
        }

        await db.RunTraces.Where(trace => ids.Contains(trace.RunId)).ExecuteDeleteAsync(cancellation);
        return await db.SyncRuns.Where(run => ids.Contains(run.Id)).ExecuteDeleteAsync(cancellation);
    }
}
