using System.Net;
using Picket.Server.Intelligence;
using Picket.Server.Risk;
using Picket.Server.Tests.Intelligence;
using Picket.Server.Tests.Sync;
using Picket.WorkspaceOne.Emulator;

namespace Picket.Server.Tests.Hosting;

/// <summary>Meters belong to the process, and so to every server that another test runs in it at the same time.</summary>
[CollectionDefinition(nameof(AloneInTheProcess), DisableParallelization = true)]
public sealed class AloneInTheProcess;

[Collection(nameof(AloneInTheProcess))]
public sealed class MetricsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tells_the_fleet_the_runs_and_the_calls_as_metrics_to_those_who_may_read()
    {
        await using var scene = await SyncScene.StartAsync(new EmulatorOptions { Devices = 40 });
        await scene.RunAsync();
        await scene.JudgedAsync();
        // The overview is good for a second, and may be from before the last verdict.
        await Task.Delay(TimeSpan.FromSeconds(1.2), TimeProvider.System, Cancel);
        await scene.Picket.Service<FleetMetrics>().RefreshAsync(Cancel);
        var list = FeedFiles.Stalkerware("com.example.counted");
        await scene.Picket.Client.ImportFeedAsync("counted", list, cancellationToken: Cancel);
        await scene.Picket.Service<FeedMetrics>().RefreshAsync(Cancel);

        using var nobody = await scene.Picket.NewHttp().GetAsync("/metrics", Cancel);
        var metrics = await scene.Picket.Http.GetStringAsync("/metrics", Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
        var overview = await scene.Picket.Client.OverviewAsync(Cancel);
        Assert.Equal(overview.Verdicts.High, Value(metrics, "picket_devices", "level=\"High\""));
        Assert.Equal(1, Value(metrics, "picket_integration_healthy", "integration=\"Test\""));
        Assert.True(Value(metrics, "picket_uem_quota_used", "integration=\"Test\"") > 10);
        Assert.True(Value(metrics, "picket_sync_runs", "state=\"Completed\"") >= 1);
        Assert.True(Value(metrics, "picket_feed_age", "feed=\"counted\"") < 600);
        Assert.Equal(0, Value(metrics, "picket_feed_aside", "feed=\"counted\""));
        Assert.True(Value(metrics, "picket_judging_devices", "Picket.Risk") >= 40);
    }

    [Fact]
    public async Task Tells_that_all_writes_are_stopped()
    {
        await using var picket = await PicketApplication.StartAsync();
        await picket.Client.StopWritesAsync("We are looking.", Cancel);

        Assert.Equal(1, Value(await picket.Http.GetStringAsync("/metrics", Cancel), "picket_writes_stopped", ""));

        await picket.Client.ReleaseWritesAsync(cancellationToken: Cancel);
        // One scrape is good for some moments.
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Cancel);
        Assert.Equal(0, Value(await picket.Http.GetStringAsync("/metrics", Cancel), "picket_writes_stopped", ""));
    }

    private static double Value(string metrics, string name, string label)
    {
        var line = metrics
            .Split('\n')
            .FirstOrDefault(line =>
                line.StartsWith(name, StringComparison.Ordinal) && line.Contains(label, StringComparison.Ordinal)
            );
        Assert.True(line is not null, $"{name} with {label} is missing in:\n{metrics}");
        return double.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
