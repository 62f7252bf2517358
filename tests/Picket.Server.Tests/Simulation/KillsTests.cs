using Picket.Server.Tests.Deployment;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Simulation;

/// <summary>
/// One fleet over HTTPS with everything under way at once: it is read, tagged, gets an app ring by ring and loses it
/// again, an import, messages, commands, a wipe and lists of denied apps, while its server is killed (-9) again and again and started again on the same data. Some kills meet a call that is
/// held before it is acted on, or after; the others come at any time. The seed chooses.
/// </summary>
public sealed class KillsTests
{
    /// <summary>Each costs a start of the server: forty take four minutes where nothing else is done.</summary>
    public static readonly int Kills = SimulationTests.Setting("KILLS", 20);
    private const int Seed = 20261130;

    /// <summary>For a call that may not come at all: it is killed then at some moment.</summary>
    private static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(3);

    private static readonly string[] Eager =
    [
        "--Uem:PageSize=20",
        "--Response:LookEveryMilliseconds=100",
        "--Response:RetryMilliseconds=200",
        "--Enrollment:LookEveryMilliseconds=100",
        "--Enrollment:RetryMilliseconds=100",
        "--Commands:LookEveryMilliseconds=50",
        "--Commands:RetryMilliseconds=100",
        "--Commands:FollowEveryMilliseconds=100",
        "--Deployment:LookEveryMilliseconds=50",
        "--Deployment:ReadEveryMilliseconds=100",
        "--Deployment:RetryMilliseconds=100",
    ];

    /// <summary>What may be held at a kill; null for nothing.</summary>
    private static readonly string?[] Held =
    [
        null,
        null,
        "/adddevices",
        "/removedevices",
        "/addtag",
        "/adduser",
        "/messages/push",
        "/commands",
        "/appgroups",
        "/applications",
        "assignment-rules",
        "devices/search",
        "/security",
        "users/search",
    ];

    private readonly Random random = new(Seed);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_ends_as_it_does_undisturbed_however_often_the_server_is_killed()
    {
        await using var scene = await PublicationScene.StartAsync(
            Eager
                .Select(setting => setting.TrimStart('-').Split('='))
                .ToDictionary(pair => pair[0], pair => (string?)pair[1]),
            row =>
            {
                (row.EnrollmentEnabled, row.CommandsEnabled, row.MessagesEnabled) = (true, true, true);
                (row.WipesEnabled, row.WipeDelayMinutes, row.LocksPerHour) = (true, 0, 100);
                row.TagBrakePercent = 50; // Nobody is here to be asked.
            },
            latency: 15
        );
        var story = await KilledStory.BeginAsync(scene);
        await scene.Picket.StopServerAsync();
        for (var kill = 0; kill < Kills; kill++)
        {
            await KillAsync(scene, story, kill);
        }

        scene.Uem.Faults = new FaultScript();
        await scene.Picket.RestartAsync();

        await story.AssertEndsAsync();
    }

    private async Task KillAsync(PublicationScene scene, KilledStory story, int kill)
    {
        await story.ChangeAsync(kill);
        var held = KilledStory.IsWipedAt(kill) ? "/commands" : Held[random.Next(Held.Length)];
        var action = random.Next(2) == 0 ? FaultAction.Slow : FaultAction.HoldAnswer;
        scene.Uem.Faults = held is null
            ? new FaultScript()
            : FaultScript.Of(
                new FaultRule
                {
                    Path = held,
                    Action = action,
                    From = random.Next(1, 4),
                    Times = 1,
                    Milliseconds = 120_000,
                }
            );
        var wait = TimeSpan.FromMilliseconds(random.Next(20, 1_500));
        await using var server = PicketProcess.Start(scene.Picket.DataFolder, Eager);
        if (KilledStory.IsSpokenAt(kill))
        {
            var client = await server.ReadyAsync(Cancel);
            await story.GoOnAsync(client, server.Address, kill);
        }
        else
        {
            await server.ListensAsync(Cancel);
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(held is null ? wait : LongestHold);
        while (!patience.IsCancellationRequested && (held is null || scene.Uem.FaultHits is not [> 0, ..]))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancel);
        }

        await server.KillAsync();
    }
}
