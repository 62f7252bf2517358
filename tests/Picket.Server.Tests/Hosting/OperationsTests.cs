using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Picket.Api;
using Picket.Server.Tests.Sync;
using Picket.WorkspaceOne.Emulator;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Hosting;

/// <summary>What those who run the server rely on.</summary>
public sealed class OperationsTests
{
    /// <summary>Supervisors kill what has not ended by then.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Traces_a_run_down_to_each_call_that_it_made()
    {
        var spans = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("Picket.", StringComparison.Ordinal),
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using var scene = await SyncScene.StartAsync(new EmulatorOptions { Devices = 5 });

        var ended = await scene.RunAsync();
        await scene.JudgedAsync();

        // Other tests of this process have spans too; the run's id tells ours.
        var run = Assert.Single(spans, span => Equals(span.GetTagItem("picket.run"), ended.Id));
        var stages = spans.Where(span => span.ParentSpanId == run.SpanId).ToList();
        Assert.Equal(
            ended.StageSeconds.Keys.Select(stage => $"sync {stage}").Order(),
            stages.Where(span => span.Source.Name == "Picket.Sync").Select(span => span.OperationName).Order()
        );
        var devices = Assert.Single(stages, span => span.OperationName == "sync devices");
        Assert.Contains(
            spans,
            span =>
                span.ParentSpanId == devices.SpanId && Equals(span.GetTagItem("url.template"), "GET mdm/devices/search")
        );
        Assert.Contains(
            spans,
            span =>
                span.OperationName == "judge devices"
                && Equals(span.GetTagItem("picket.integration"), scene.Integration)
        );
    }

    [Fact]
    public async Task Writes_one_json_object_a_line_where_a_program_reads_the_log()
    {
        using var folder = new TemporaryFolder();
        await using var server = PicketProcess.Start(folder.Path);
        await server.ReadyAsync(Cancel);
        await server.KillAsync();

        var lines = server.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.NotEmpty(lines);
        Assert.All(
            lines,
            line =>
            {
                var entry = JsonDocument.Parse(line).RootElement;
                Assert.True(entry.TryGetProperty("Timestamp", out _), line);
                Assert.True(entry.TryGetProperty("State", out _), line);
            }
        );
        Assert.Contains(lines, line => line.Contains("/first-owner#", StringComparison.Ordinal));
        Assert.DoesNotContain(
            lines.Select(line => JsonDocument.Parse(line).RootElement),
            entry =>
                entry.GetProperty("LogLevel").GetString() == "Information"
                && entry.GetProperty("Category").GetString()!.StartsWith("Orleans", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Ends_in_the_middle_of_a_run_within_ten_seconds_and_goes_on_with_it_afterwards()
    {
        await using var scene = await SyncScene.StartAsync(new EmulatorOptions { Devices = 620 });
        await scene.Picket.StopServerAsync();
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "devices/search",
                Action = FaultAction.Slow,
                Milliseconds = 60_000,
                From = 2,
            }
        );
        await using var server = PicketProcess.Start(scene.Picket.DataFolder);
        var client = await server.ReadyAsync(Cancel);
        var run = await client.StartRunAsync(scene.Integration, new StartRun(), Cancel);
        await SyncScene.UntilAsync(client, run.Id, _ => scene.Uem.FaultHits[0] > 0);

        await server.TerminateAsync();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(Patience);
        Assert.Equal(0, await server.ExitCodeAsync(patience.Token));

        scene.Uem.Faults = new FaultScript();
        await scene.Picket.RestartAsync();
        var ended = await scene.EndAsync(run.Id);
        Assert.Equal((RunState.Completed, 1), (ended.State, ended.Resumes));
        Assert.Equal(scene.Truth(), await scene.PresentAsync());
    }
}
