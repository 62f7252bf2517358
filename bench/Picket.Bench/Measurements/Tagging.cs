using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Bench.Harness;
using Picket.Server.Storage;

namespace Picket.Bench.Measurements;

/// <summary>
/// From a verdict to its tag, in a fleet whose tags are as they should be: one device after the other, from the time that the
/// database has for the change to the time at which the emulator saw the call; and many devices at once, in calls.
/// </summary>
internal static partial class Tagging
{
    private const int BatchSize = 500;
    private const int Singles = 200;
    private const int QuickSingles = 60;

    // A server that has just started compiles its code anew as it goes: what is measured is one that runs.
    private const int WarmUp = 60;

    private const string Policy = """
        version: 1
        policies:
          - {name: Everyone, group: "*", levels: {device.compromised: high}}
        """;

    public static async Task MeasureAsync(BenchSite bench)
    {
        var fleet = await bench.FleetAsync();
        await using var server = await ServerProgram.StartAsync(bench.NewFolder());
        var integration = await server.ConnectAsync(fleet, "tagging");
        await server.SyncAsync(integration);
        await server.SettleAsync();
        await SwitchOnAsync(server, integration);

        await SinglesAsync(bench, server, fleet, integration);
        await StormAsync(bench, server, fleet, integration);
    }

    private static async Task SwitchOnAsync(ServerProgram server, Guid integration)
    {
        var settings = await server.Client.IntegrationAsync(integration);
        await server.Client.ChangeIntegrationAsync(
            integration,
            settings.Version,
            new ChangeIntegration
            {
                TagBrake = new TagBrakeSettings { Percent = 100 },
                TagBatchSize = BatchSize,
            }
        );
        var preview = await server.Client.PreviewTagsAsync(integration);
        await server.Client.AcceptTagsAsync(integration, preview.Id);
        await IdleAsync(server, integration);
    }

    /// <summary>Each device is reported as compromised, and asked for, as a person would who opens its page.</summary>
    private static async Task SinglesAsync(
        BenchSite bench,
        ServerProgram server,
        EmulatorProgram fleet,
        Guid integration
    )
    {
        var database = new PicketDatabase(new StorageOptions { DataFolder = server.Folder });
        var devices = await EnrolledAsync(database, WarmUp + (bench.Options.Quick ? QuickSingles : Singles));
        var delays = new List<double>();
        var costs = new List<int>();
        foreach (var (id, remote) in devices)
        {
            var before = (await fleet.StateAsync()).Calls;
            await fleet.CompromiseAsync(remote);
            await server.Client.StartRunAsync(integration, new StartRun(RunKind.Device, id));
            await TaggedAsync(server, integration, fleet, before);
            var calls = await fleet.RequestsAsync(before);
            var known = await KnownAtAsync(database, id);
            delays.Add((calls.First(call => Adding().IsMatch(call.Path)).At - known).TotalMilliseconds);
            costs.Add(calls.Count(call => Writing().IsMatch(call.Path)));
        }

        var measured = delays.Skip(WarmUp).Order().ToList();
        var (p50, p99) = (At(measured, 0.5), At(measured, 0.99));
        var told = (await server.Client.TaggingAsync(integration)).DetectionToTag!;
        var note = string.Create(
            CultureInfo.InvariantCulture,
            $"{measured.Count} devices of {bench.Options.Devices}, one after the other, slowest {measured[^1]:0} ms; the server itself tells {told.P50Milliseconds:0} and {told.P99Milliseconds:0} ms, the first {WarmUp} included"
        );
        bench.Report.Add(Figure.AtMost("verdict to tag call, ms, median", p50, 50, note));
        bench.Report.Add(Figure.AtMost("verdict to tag call, ms, 99th percentile", p99, 1000, note));
        bench.Report.Add(
            Figure.AtMost(
                "calls that write for one device",
                costs.Max(),
                2,
                "put the new tag on, take the old one off",
                law: true
            )
        );
    }

    /// <summary>
    /// Many devices that a reading of the fleet finds compromised, and then all of these at once by a policy that calls it High.
    /// </summary>
    private static async Task StormAsync(BenchSite bench, ServerProgram server, EmulatorProgram fleet, Guid integration)
    {
        var database = new PicketDatabase(new StorageOptions { DataFolder = server.Folder });
        foreach (var (_, remote) in await EnrolledAsync(database, bench.Options.Devices / 10))
        {
            await fleet.CompromiseAsync(remote);
        }

        var found = await StormAsync(
            database,
            fleet,
            async before =>
            {
                await server.SyncAsync(integration);
                await TaggedAsync(server, integration, fleet, before);
                await server.SettleAsync();
                await IdleAsync(server, integration);
            }
        );
        bench.Report.Add(
            Figure.Fact("calls beyond devices / bulk limit, by a reading of the fleet", $"{found.Beyond}", found.Note)
        );

        var judged = await StormAsync(
            database,
            fleet,
            async before =>
            {
                var policy = await server.Client.PolicyAsync();
                await server.Client.ApplyPolicyAsync(new ApplyPolicy(Policy, policy.Number));
                var held = await SeededApps.ValueAsync(async () =>
                    (await server.Client.TaggingAsync(integration)).Held is [var first, ..] ? first : null
                );
                await server.Client.ApproveTagsAsync(held.Id);
                await TaggedAsync(server, integration, fleet, before);
            }
        );
        bench.Report.Add(Figure.None("calls beyond devices / bulk limit, by a policy", judged.Beyond, judged.Note));
    }

    private static async Task<(int Beyond, string Note)> StormAsync(
        PicketDatabase database,
        EmulatorProgram fleet,
        Func<long, Task> happen
    )
    {
        var before = (await fleet.StateAsync()).Calls;
        var started = TimeProvider.System.GetUtcNow();
        await happen(before);

        await using var db = database.Open();
        var known = await db
            .Devices.Where(row => row.WantedAt > started)
            .GroupBy(row => row.Level)
            .Select(level => new { Devices = level.Count(), First = level.Min(row => row.WantedAt) })
            .ToListAsync();
        var calls = await fleet.RequestsAsync(before);
        var adds = calls.Where(call => Adding().IsMatch(call.Path)).ToList();
        var least = known.Sum(level => (level.Devices + BatchSize - 1) / BatchSize);
        var first = known.Min(level => level.First)!.Value;
        var note = string.Create(
            CultureInfo.InvariantCulture,
            $"{known.Sum(level => level.Devices)} devices: {adds.Count} calls that put a tag on, {least} by arithmetic; from the first verdict to the first call {(adds[0].At - first).TotalSeconds:0.00} s, to the last {(adds[^1].At - first).TotalSeconds:0.00} s; {calls.Count(call => Writing().IsMatch(call.Path))} calls that write in all"
        );
        return (adds.Count - least, note);
    }

    private static async Task<List<(Guid Id, int Remote)>> EnrolledAsync(PicketDatabase database, int count)
    {
        await using var db = database.Open();
        var rows = await db
            .Devices.Where(row => row.GoneAt == null && row.EnrollmentStatus == "Enrolled" && row.Compromised == false)
            .OrderBy(row => row.RemoteId)
            .Select(row => new { row.Id, row.RemoteId })
            .Take(count)
            .ToListAsync();
        return rows.ConvertAll(row => (row.Id, row.RemoteId));
    }

    private static async Task<DateTimeOffset> KnownAtAsync(PicketDatabase database, Guid device)
    {
        await using var db = database.Open();
        return (await db.Devices.Where(row => row.Id == device).Select(row => row.WantedAt).SingleAsync())!.Value;
    }

    /// <summary>Waits until a tag was put on, and nothing more is to be done.</summary>
    private static async Task TaggedAsync(ServerProgram server, Guid integration, EmulatorProgram fleet, long before)
    {
        await SeededApps.UntilAsync(async () =>
            (await fleet.RequestsAsync(before)).Any(call => Adding().IsMatch(call.Path))
        );
        await IdleAsync(server, integration);
    }

    private static Task IdleAsync(ServerProgram server, Guid integration) =>
        SeededApps.UntilAsync(async () =>
            (await server.Client.TaggingAsync(integration)).LastRun switch
            {
                { State: RunState.Completed } => true,
                { State: RunState.Queued or RunState.Running } => false,
                var run => throw new InvalidOperationException(
                    $"The tag run ended as {run?.State}: {string.Join("; ", run?.IncompleteReasons ?? [])}"
                ),
            }
        );

    private static double At(List<double> ordered, double share) =>
        ordered[(int)Math.Ceiling(ordered.Count * share) - 1];

    [GeneratedRegex("/mdm/tags/[0-9]+/adddevices$", RegexOptions.IgnoreCase)]
    private static partial Regex Adding();

    [GeneratedRegex("/mdm/tags/[0-9]+/(add|remove)devices$", RegexOptions.IgnoreCase)]
    private static partial Regex Writing();
}
