using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Picket.Core.Risk;
using Picket.Core.Sync;
using Picket.Server.Inventory;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Sync.Stages;

/// <summary>
/// Apps and security details: one call each per device, so they are what the day's calls are spent on; of a device that
/// is not compliant a third one tells by which policy. Stalest first, at-risk devices before, as many as the budget
/// lets; the next run goes on where this one had to stop.
/// </summary>
internal static class DetailStage
{
    private const int CallsPerDevice = 2;
    private const int InFlight = 8;

    /// <summary>As listings write it; other words mean the same in other places.</summary>
    private static readonly string?[] NonCompliant = ["NonCompliant", "NotCompliant"];
    private const int DevicesPerTransaction = 100;

    /// <summary>An upgrade of the UEM may bring app lists where there were none.</summary>
    private static readonly TimeSpan NotSupportedFor = TimeSpan.FromDays(7);

    public static async Task WorkAsync(IServiceProvider services, SyncRun run, CancellationToken cancellation)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var chosen = await ChooseAsync(services.GetRequiredService<PicketDatabase>(), run, now, cancellation);
        run.Row.StageTotal = chosen.Count;
        await ReadAllAsync(services, run, chosen, cancellation);
    }

    public static async Task OneAsync(IServiceProvider services, SyncRun run, CancellationToken cancellation)
    {
        await using var db = services.GetRequiredService<PicketDatabase>().Open();
        var one = await Readable(db, run)
            .Where(row => row.RemoteId == run.Row.DeviceRemoteId)
            .Select(row => new DetailTarget(
                row.Id,
                row.RemoteId,
                row.RemoteUuid!.Value,
                row.Platform!,
                row.Ownership,
                true,
                NonCompliant.Contains(row.ComplianceStatus)
            ))
            .ToListAsync(cancellation);
        await ReadAllAsync(services, run, one, cancellation);
    }

    private static async Task<IReadOnlyList<DetailTarget>> ChooseAsync(
        PicketDatabase database,
        SyncRun run,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var calls = run.CallsLeft(now);
        var most = Math.Max(0, calls) / CallsPerDevice;
        await using var db = database.Open();
        var due = Due(Readable(db, run), now);
        var atRisk = await FirstAsync(due.Where(row => row.Level >= RiskLevel.High));
        var others = await FirstAsync(due);
        var chosen = DetailPlan.Choose(
            atRisk,
            others,
            target => target.ReadPolicies ? CallsPerDevice + 1 : CallsPerDevice,
            calls
        );
        var fewer = others.Count == most || chosen.Count < others.Count;
        if (fewer && await due.CountAsync(cancellation) is var all && all > chosen.Count)
        {
            run.Note(
                $"{all} devices are due for a reading of apps and security, and {chosen.Count} fit into today's "
                    + "share of the calls; the others come in the next runs."
            );
        }

        return chosen;

        Task<List<DetailTarget>> FirstAsync(IQueryable<DeviceRow> devices)
        {
            var noAppsSince = now - NotSupportedFor;
            return devices
                .OrderBy(row => row.DetailsTriedAt != null)
                .ThenBy(row => row.DetailsTriedAt)
                .ThenBy(row => row.Id)
                .Take(most)
                .Select(row => new DetailTarget(
                    row.Id,
                    row.RemoteId,
                    row.RemoteUuid!.Value,
                    row.Platform!,
                    row.Ownership,
                    row.AppsState != DetailState.NotSupported || row.AppsReadAt == null || row.AppsReadAt < noAppsSince,
                    NonCompliant.Contains(row.ComplianceStatus)
                ))
                .ToListAsync(cancellation);
        }
    }

    /// <summary>A device that made no contact since it was last read would answer the same again.</summary>
    private static IQueryable<DeviceRow> Due(IQueryable<DeviceRow> devices, DateTimeOffset now) =>
        devices.Where(row =>
            row.DetailsTriedAt == null
            || (row.PoliciesReadAt == null && row.DetailFailures == 0 && NonCompliant.Contains(row.ComplianceStatus))
            || (row.DetailsNotBefore <= now && (row.DetailFailures > 0 || row.LastSeenAt > row.DetailsTriedAt))
        );

    private static IQueryable<DeviceRow> Readable(PicketDbContext db, SyncRun run) =>
        db
            .Devices.AsNoTracking()
            .Where(row => row.IntegrationId == run.Integration.Id && row.GoneAt == null)
            .Where(row => row.RemoteUuid != null && row.Platform != null)
            .Where(row => row.EnrollmentStatus == "Enrolled" || row.EnrollmentStatus == "EnterpriseWipePending");

    private static async Task ReadAllAsync(
        IServiceProvider services,
        SyncRun run,
        IReadOnlyList<DetailTarget> targets,
        CancellationToken cancellation
    )
    {
        var writer = services.GetRequiredService<DetailWriter>();
        var read = Channel.CreateBounded<DeviceDetails>(2 * DevicesPerTransaction);
        var failures = new DetailFailures();
        var writing = WriteAllAsync(writer, run, read, cancellation);
        try
        {
            await Parallel.ForEachAsync(
                targets,
                new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = cancellation },
                async (target, stop) =>
                {
                    if (failures.TooMany)
                    {
                        return;
                    }

                    var details = await ReadAsync(run.Client, target, stop);
                    failures.Note(details.Failure);
                    await read.Writer.WriteAsync(details, stop);
                }
            );
        }
        catch (ChannelClosedException)
        {
            await writing; // It failed, and says why.
        }
        finally
        {
            read.Writer.TryComplete();
            await writing;
            if (failures.Summary(targets.Count) is { } summary)
            {
                run.Incomplete(summary);
            }
        }
    }

    /// <summary>What fails for one device is that device's; what concerns all of them ends the stage.</summary>
    private static async Task<DeviceDetails> ReadAsync(
        WorkspaceOneClient client,
        DetailTarget target,
        CancellationToken cancellation
    )
    {
        IReadOnlyList<UemInstalledApp>? apps = null;
        UemDeviceSecurity? security = null;
        string? failure = null;
        var supported = true;
        try
        {
            if (target.ReadApps)
            {
                var listing = await client.Devices.Apps(target.RemoteUuid).ReadAllAsync(cancellation);
                apps = listing.Report.Complete ? listing.Items : null;
                failure = apps is null ? "the app list does not add up" : null;
            }
        }
        catch (WorkspaceOneException failed) when (StageFailure.IsOfOneRow(failed))
        {
            supported = (int?)failed.Status != 501;
            failure = supported ? failed.Message : null;
        }

        try
        {
            security = await client.Devices.SecurityAsync(target.RemoteId, cancellation);
        }
        catch (WorkspaceOneException failed) when (StageFailure.IsOfOneRow(failed))
        {
            failure ??= failed.Message;
        }

        var (policies, unread) = await PoliciesAsync(client, target, cancellation);
        return new DeviceDetails(target, apps, supported, security, failure ?? unread) { Policies = policies };
    }

    private static async Task<(UemDeviceCompliance? Policies, string? Failure)> PoliciesAsync(
        WorkspaceOneClient client,
        DetailTarget target,
        CancellationToken cancellation
    )
    {
        try
        {
            return target.ReadPolicies
                ? (await client.Devices.ComplianceAsync(target.RemoteId, cancellation), null)
                : (null, null);
        }
        catch (WorkspaceOneException failed) when (StageFailure.IsOfOneRow(failed))
        {
            return (null, failed.Message);
        }
    }

    private static async Task WriteAllAsync(
        DetailWriter writer,
        SyncRun run,
        Channel<DeviceDetails> read,
        CancellationToken cancellation
    )
    {
        try
        {
            var waiting = new List<DeviceDetails>(DevicesPerTransaction);
            await foreach (var details in read.Reader.ReadAllAsync(cancellation))
            {
                waiting.Add(details);
                if (waiting.Count == DevicesPerTransaction)
                {
                    await writer.WriteAsync(run, waiting, cancellation);
                    waiting.Clear();
                }
            }

            await writer.WriteAsync(run, waiting, cancellation);
        }
        catch
        {
            read.Writer.TryComplete(); // Else the readers would wait for room for ever.
            throw;
        }
    }
}

/// <summary>Counts devices whose details failed, and gives up a UEM that answers nobody.</summary>
internal sealed class DetailFailures
{
    private const int InARow = 50;
    private readonly Lock gate = new();
    private string? first;
    private int failed;
    private int row;

    public bool TooMany => Volatile.Read(ref row) >= InARow;

    public void Note(string? failure)
    {
        lock (gate)
        {
            row = failure is null ? 0 : row + 1;
            failed += failure is null ? 0 : 1;
            first ??= failure;
        }
    }

    public string? Summary(int wanted) =>
        first is null ? null
        : TooMany ? $"given up after {InARow} failures in a row; the next run goes on. The first: {first}"
        : $"{failed} of {wanted} devices could not be read; what was known of them stays. The first: {first}";
}

/// <param name="ReadApps">False where the UEM said not long ago that it has no app list for this device.</param>
/// <param name="ReadPolicies">The device is not compliant: which policy it breaks is asked, too.</param>
internal sealed record DetailTarget(
    Guid Id,
    int RemoteId,
    Guid RemoteUuid,
    string Platform,
    string? Ownership,
    bool ReadApps,
    bool ReadPolicies
);

/// <param name="Apps">Null where they were not or could not be read.</param>
/// <param name="AppsSupported">False where the UEM has no app list for this kind of device.</param>
internal sealed record DeviceDetails(
    DetailTarget Target,
    IReadOnlyList<UemInstalledApp>? Apps,
    bool AppsSupported,
    UemDeviceSecurity? Security,
    string? Failure
)
{
    /// <summary>Null where they were not or could not be read.</summary>
    public UemDeviceCompliance? Policies { get; init; }
}
