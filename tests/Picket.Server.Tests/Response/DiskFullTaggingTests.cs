using System.Net;
using Picket.Api;
using Picket.Server.Tests.Storage;
using Picket.WorkspaceOne.Emulator;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Response;

/// <summary>The disk fills up while tags are written.</summary>
public sealed class DiskFullTaggingTests
{
    private static readonly string[] Eager =
    [
        "--Response:LookEveryMilliseconds",
        "100",
        "--Response:RetryMilliseconds",
        "200",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Says_that_the_disk_is_full_and_makes_the_tags_true_when_there_is_room_again()
    {
        await using var scene = await TagScene.StartAsync(new EmulatorOptions { Devices = 300 });
        var (wanted, preview) = (await scene.WantedAsync(), await scene.PreviewAsync());
        await scene.Picket.StopServerAsync();
        await using var disk = await SmallDisk.MountAsync(megabytes: 64);
        var data = disk.TakeCopy(scene.Picket.DataFolder);
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "/adddevices",
                Action = FaultAction.Slow,
                Milliseconds = 15_000,
                Times = 1,
            }
        );

        await using (var server = PicketProcess.Start(data, Eager))
        {
            var client = await server.ReadyAsync(Cancel);
            var run = await client.AcceptTagsAsync(scene.Integration, preview.Id, Cancel);
            await TagScene.UntilAsync(() => Task.FromResult(scene.Uem.FaultHits[0]), hits => hits > 0);
            disk.Fill(leaveKilobytes: 0);
            var refused = await SmallDisk.UntilRefusedAsync(client);
            await TagScene.UntilAsync(() => Task.FromResult(server.Output), said => said.Contains("disk is full"));
            var readiness = await ReadinessAsync(server);
            var before = scene.Actual();
            disk.Free();
            await TagScene.UntilAsync(() => Task.FromResult(scene.Actual()), tags => tags.SequenceEqual(wanted));
            var ended = await TagScene.UntilAsync(
                async () => (await client.TaggingAsync(scene.Integration, Cancel)).LastRun!,
                last => last.State is not (RunState.Queued or RunState.Running)
            );

            Assert.Equal(HttpStatusCode.InsufficientStorage, refused.Status);
            Assert.Contains("The disk of the data folder is full", readiness, StringComparison.Ordinal);
            Assert.NotEqual(wanted, before);
            Assert.True(ended.State == RunState.Completed, string.Join("\n", ended.IncompleteReasons));
            Assert.NotEqual(RunState.Running, (await client.TagRunAsync(run.Id, Cancel)).State);
            await server.KillAsync();
        }

        Assert.Equal("ok", await SmallDisk.IntegrityAsync(data));
    }

    private static async Task<string> ReadinessAsync(PicketProcess server)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        using var answer = await http.GetAsync(Routes.Ready, Cancel);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }
}
