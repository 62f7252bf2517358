using Picket.Api;
using Picket.WorkspaceOne.Emulator;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Sync;

/// <summary>How often a UEM in trouble is asked again, and when.</summary>
public sealed class StormTests
{
    private const string Devices = "mdm/devices/search";
    private const int Retries = 2;

    /// <summary>Three pages of 20, 20 and 10 rows.</summary>
    private static readonly EmulatorOptions ThreePages = new() { Devices = 50 };

    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["Uem:MaxRetries"] = $"{Retries}",
        ["Uem:AttemptTimeoutSeconds"] = "4",
        ["Uem:PageSize"] = "20",
    };

    [Theory]
    [InlineData(FaultAction.Status, "failed at Status with 500")]
    [InlineData(FaultAction.Reset, "failed at ConnectionLost")]
    [InlineData(FaultAction.Timeout, "failed at Timeout")]
    public async Task Asks_again_a_few_times_and_then_says_why_the_run_is_incomplete(FaultAction action, string cause)
    {
        await using var scene = await SyncScene.StartAsync(ThreePages, Settings);
        var truth = scene.Truth();
        await scene.RunAsync();
        scene.Uem.RequestLog.Clear();
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = Devices,
                Query = "page=1",
                Action = action,
                Status = 500,
            }
        );

        var run = await scene.RunAsync();

        Assert.Equal(RunState.Incomplete, run.State);
        var reason = Assert.Single(run.IncompleteReasons);
        Assert.StartsWith("Devices: GET mdm/devices/search", reason, StringComparison.Ordinal);
        Assert.Contains(cause, reason, StringComparison.Ordinal);
        Assert.Equal(1 + Retries, Asked(scene).Count);
        Assert.Equal(0, run.Counts["devices"].Removed);
        Assert.Equal(truth, await scene.PresentAsync());
        Assert.Equal(1, scene.Uem.RequestLog.Count("GET mdm/tags/search")); // what follows is read all the same
    }

    [Fact]
    public async Task Waits_as_long_as_a_429_says_and_then_finishes()
    {
        var told = TimeSpan.FromSeconds(3);
        await using var scene = await SyncScene.StartAsync(ThreePages, Settings);
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = Devices,
                Query = "page=1",
                Action = FaultAction.Status,
                Status = 429,
                RetryAfter = told.Seconds,
                Times = 1,
            }
        );

        var run = await scene.RunAsync();

        Assert.True(run.State == RunState.Completed, string.Join("\n", run.IncompleteReasons));
        Assert.Equal(scene.Truth(), await scene.PresentAsync());
        var asked = Asked(scene);
        Assert.Equal([429, 200], asked.Select(call => call.Status));
        // A timer may be early by its own resolution.
        Assert.InRange(asked[1].At - asked[0].At, told - TimeSpan.FromMilliseconds(50), TimeSpan.MaxValue);
    }

    /// <summary>When the UEM was asked for the page that is in trouble, and what it answered.</summary>
    private static List<WorkspaceOne.Emulator.Record.LoggedRequest> Asked(SyncScene scene) =>
        [
            .. scene.Uem.RequestLog.Entries.Where(call =>
                call.Path.EndsWith(Devices, StringComparison.OrdinalIgnoreCase)
                && call.Query.Contains("page=1", StringComparison.OrdinalIgnoreCase)
            ),
        ];
}
