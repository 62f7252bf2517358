using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Inventory;
using Picket.Server.Storage;

namespace Picket.Server.Evidence;

/// <summary>The readings of the UEM that the facts of a device come from, each with the run that made the call.</summary>
internal static class EvidenceCalls
{
    private const string Listing = "GET /api/mdm/devices/search";

    public static async Task<IReadOnlyList<CallEvidence>> OfAsync(
        PicketDbContext db,
        DeviceRow device,
        CancellationToken cancellation
    )
    {
        var calls = new List<CallEvidence> { await ListingAsync(db, device, cancellation) };
        if (device.SecurityReadAt is { } security)
        {
            calls.Add(await AtAsync(db, device, "security details", $"{Of(device)}/security", security, cancellation));
        }

        if (device.AppsReadAt is { } apps)
        {
            calls.Add(await AtAsync(db, device, "apps", $"{Of(device)}/apps", apps, cancellation));
        }

        return calls;
    }

    private static string Of(DeviceRow device) => $"GET /api/mdm/devices/{device.RemoteId}";

    /// <summary>
    /// The newest run that has read this device for sure: one of it alone, or one of all that ended whole. Those that read
    /// what reported since leave no trace at a device that did not change; such a run may have read it later.
    /// </summary>
    private static async Task<CallEvidence> ListingAsync(
        PicketDbContext db,
        DeviceRow device,
        CancellationToken cancellation
    )
    {
        var run = await Runs(db, device)
            .Where(run => run.State == RunState.Completed && run.Kind != RunKind.Incremental)
            .Where(run => run.EndedAt >= device.FirstSeenAt)
            .OrderByDescending(run => run.Id)
            .FirstOrDefaultAsync(cancellation);
        var call = run?.Kind == RunKind.Device ? Of(device) : Listing;
        return new CallEvidence("listing of devices", call, null, run?.Id, run?.StartedAt, run?.EndedAt)
        {
            AtTheLatest = run is not null,
        };
    }

    private static async Task<CallEvidence> AtAsync(
        PicketDbContext db,
        DeviceRow device,
        string what,
        string call,
        DateTimeOffset at,
        CancellationToken cancellation
    )
    {
        var run = await Runs(db, device)
            .Where(run => run.StartedAt <= at && (run.EndedAt == null || run.EndedAt >= at))
            .OrderByDescending(run => run.Id)
            .FirstOrDefaultAsync(cancellation);
        return new CallEvidence(what, call, at, run?.Id, run?.StartedAt, run?.EndedAt);
    }

    private static IQueryable<Sync.SyncRunRow> Runs(PicketDbContext db, DeviceRow device) =>
        db
            .SyncRuns.AsNoTracking()
            .Where(run => run.IntegrationId == device.IntegrationId)
            .Where(run => run.Kind != RunKind.Device || run.DeviceRemoteId == device.RemoteId);
}
