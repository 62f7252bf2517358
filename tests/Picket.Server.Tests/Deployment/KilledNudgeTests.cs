using Picket.Api;
using Picket.Server.Tests.Response;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Deployment;

/// <summary>A message whose answer is lost is never sent again, whatever else happens: nobody gets two.</summary>
public sealed class KilledNudgeTests
{
    private const int Seed = 20261130;

    private static readonly string[] Eager =
    [
        "--Deployment:LookEveryMilliseconds",
        "50",
        "--Deployment:RetryMilliseconds",
        "100",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="arrived">Messages of which the answer is lost, and which the UEM has all the same.</param>
    [Theory]
    [InlineData(FaultAction.LoseAnswer, 3, 3)]
    [InlineData(FaultAction.CrashAfter, 3, 3)]
    [InlineData(FaultAction.Reset, 3, 0)]
    [InlineData(FaultAction.LoseAnswer, 1, 3)] // Three in a row: it waits in between.
    public async Task A_lost_answer_stays_unclear_also_after_a_restart(FaultAction fault, int every, int arrived)
    {
        await using var scene = await NudgeScene.StartAsync();
        scene.OnMessage(fault, every: every, times: 3);

        var nudge = await scene.NudgedAsync();

        Assert.Equal((NudgeState.Completed, 7, 3), (nudge.State, nudge.Sent, nudge.Unclear));
        Assert.Equal(7 + arrived, scene.Messages);
        Assert.All(scene.Got(), got => Assert.InRange(got, 0, 1));
        var ledger = await scene.LedgerAsync();
        Assert.Equal((7, 3), (ledger["SendMessage Answered 1"], ledger["SendMessage Sent 1"]));
        var unclear = await scene.DevicesAsync(nudge.Id, new NudgeDeviceFilter { State = NudgeDeviceState.Unclear });
        Assert.All(unclear, device => Assert.False(string.IsNullOrEmpty(device.Reason)));

        await scene.Picket.RestartAsync();
        var again = await scene.NudgedAsync();

        Assert.Equal(10, again.Skipped);
        Assert.Equal(7 + arrived, scene.Messages);
        Assert.Equal(3, (await scene.Client.NudgeAsync(nudge.Id, Cancel)).Unclear);
    }

    /// <summary>Killed while a message is on its way that never arrives, and while one has arrived whose answer never comes.</summary>
    [Theory]
    [InlineData(FaultAction.Slow, 0)]
    [InlineData(FaultAction.HoldAnswer, 1)]
    public async Task What_was_on_its_way_when_the_server_was_killed_is_unclear(FaultAction held, int arrived)
    {
        await using var scene = await NudgeScene.StartAsync();
        await scene.Picket.StopServerAsync();
        scene.OnMessage(held, from: 4, milliseconds: 120_000);
        Guid nudge;
        await using (var server = PicketProcess.Start(scene.Picket.DataFolder, Eager))
        {
            var client = await server.ReadyAsync(Cancel);
            nudge = (await client.NudgeAsync(scene.Publication, NudgeScene.Wish(), Cancel)).Id;
            await TagScene.UntilAsync(
                () => Task.FromResult((Hits: scene.Uem.FaultHits[0], Messages: scene.Messages)),
                now => now.Hits > 0 && now.Messages == 3 + arrived
            );
            await server.KillAsync();
        }

        scene.Uem.Faults = new FaultScript();
        await scene.Picket.RestartAsync();
        var ended = await scene.EndAsync(nudge);

        Assert.Equal((NudgeState.Completed, 9, 1), (ended.State, ended.Sent, ended.Unclear));
        Assert.Equal([1, 1, 1, arrived, 1, 1, 1, 1, 1, 1], scene.Got());
        var unclear = await scene.DevicesAsync(nudge, new NudgeDeviceFilter { State = NudgeDeviceState.Unclear });
        Assert.Equal(scene.Pending[3], unclear.Single().UemId);
        Assert.Contains("nobody can tell", unclear.Single().Reason);
    }

    [Fact]
    public async Task Nobody_gets_two_however_often_the_server_is_killed()
    {
        await using var scene = await NudgeScene.StartAsync(PublicationScene.Everybody);
        Assert.InRange(scene.Pending.Count, 20, 130);
        await scene.Picket.StopServerAsync();
        scene.OnMessage(FaultAction.Slow, milliseconds: 40);
        var (random, nudge, kills) = (new Random(Seed), Guid.Empty, 4);
        for (var kill = 0; kill < kills; kill++)
        {
            await using var server = PicketProcess.Start(scene.Picket.DataFolder, Eager);
            var client = await server.ReadyAsync(Cancel);
            if (kill == 0)
            {
                nudge = (await client.NudgeAsync(scene.Publication, NudgeScene.Wish(), Cancel)).Id;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(20, 600)), TimeProvider.System, Cancel);
            await server.KillAsync();
        }

        scene.Uem.Faults = new FaultScript();
        await scene.Picket.RestartAsync();
        var ended = await scene.EndAsync(nudge);

        Assert.Equal(NudgeState.Completed, ended.State);
        Assert.InRange(ended.Unclear, 0, kills);
        Assert.Equal(scene.Pending.Count, ended.Sent + ended.Unclear);
        Assert.All(scene.Got(), got => Assert.InRange(got, 0, 1));
        Assert.InRange(scene.Got().Sum(), ended.Sent, ended.Sent + ended.Unclear);
    }
}
