using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Tests.Response;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Deployment;

/// <summary>
/// A publication of three rings and its undo, with the server killed (-9) again and again: before a call is acted on,
/// after it, and between calls. The seed chooses the moments.
/// </summary>
public sealed class PublicationKillTests
{
    private const int Seed = 20261129;
    private const int KillsForth = 4;
    private const int KillsBack = 2;

    private static readonly string[] Eager =
    [
        "--Deployment:LookEveryMilliseconds",
        "50",
        "--Deployment:ReadEveryMilliseconds",
        "100",
        "--Deployment:RetryMilliseconds",
        "100",
    ];

    private static readonly string[] Groups =
    [
        PublicationScene.Canary,
        "Corporate Dedicated",
        PublicationScene.Everybody,
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_ring_is_assigned_once_and_all_is_taken_back_however_often_the_server_is_killed()
    {
        await using var scene = await PublicationScene.StartAsync();
        var byHand = await scene.WriteByHandAsync();
        var foreign = byHand.GetProperty("assignments")[0].GetRawText();
        var draft = (await scene.MakeAsync(PublicationScene.Wish(groups: Groups))).Id;
        scene.Uem.RequestLog.Clear();
        var random = new Random(Seed);

        await KillAsync(scene, draft, random, KillsForth, client => client.StartPublicationAsync(draft, Cancel));

        var done = await TagScene.UntilAsync(
            () =>
            {
                scene.Pass(TimeSpan.FromDays(1));
                return scene.Client.PublicationAsync(draft, Cancel);
            },
            view => view.State is not PublicationState.Running
        );
        Assert.True(done.State == PublicationState.Completed, done.Reason);
        Assert.Equal(
            ["By hand", "Picket: Guard Ring 1", "Picket: Guard Ring 2", "Picket: Guard Ring 3"],
            await scene.NamesAsync()
        );
        Assert.Equal(foreign, (await scene.RulesAsync()).GetProperty("assignments")[0].GetRawText());
        await AssertClosedAsync(scene, draft, "PublishApp", "PublishApp", "PublishApp");

        await KillAsync(
            scene,
            draft,
            random,
            KillsBack,
            client => client.UndoPublicationAsync(draft, cancellationToken: Cancel)
        );

        await scene.BecomesAsync(draft, PublicationState.Undone);
        var left = await scene.RulesAsync();
        Assert.True(JsonElement.DeepEquals(byHand, left));
        Assert.Equal(foreign, left.GetProperty("assignments")[0].GetRawText());
        await AssertClosedAsync(scene, draft, "PublishApp", "PublishApp", "PublishApp", "WithdrawApp");
        // Else no kill met a writing, and the story told nothing.
        Assert.Contains(scene.Uem.RequestLog.Entries, call => call is { Method: "PUT", Fault: not null });
    }

    /// <summary>One process after the other, each killed at a moment that chance chooses; then a server that stays.</summary>
    private static async Task KillAsync(
        PublicationScene scene,
        Guid publication,
        Random random,
        int kills,
        Func<PicketClient, Task> begin
    )
    {
        await scene.Picket.StopServerAsync();
        for (var kill = 0; kill < kills; kill++)
        {
            scene.Pass(TimeSpan.FromDays(1));
            var moment = Moment(random);
            scene.Uem.Faults = moment is null ? new FaultScript() : FaultScript.Of(moment);
            var (wait, acted) = (TimeSpan.FromMilliseconds(random.Next(50, 700)), Acted(scene));
            await using var server = PicketProcess.Start(scene.Picket.DataFolder, Eager);
            var client = await server.ReadyAsync(Cancel);
            if (kill == 0)
            {
                await begin(client);
            }

            if (moment is null)
            {
                await Task.Delay(wait, TimeProvider.System, Cancel);
            }
            else
            {
                await ComeAsync(
                    scene,
                    moment,
                    acted,
                    async () =>
                        (await client.PublicationAsync(publication, Cancel)).State
                            is not (PublicationState.Running or PublicationState.Undoing)
                );
            }

            await server.KillAsync();
        }

        scene.Uem.Faults = new FaultScript();
        await scene.Picket.RestartAsync();
    }

    /// <summary>Which call is held until the kill, and whether it was acted on by then; null: none, time decides.</summary>
    private static FaultRule? Moment(Random random)
    {
        var action = random.Next(2) == 0 ? FaultAction.Slow : FaultAction.HoldAnswer;
        return random.Next(5) switch
        {
            0 => null,
            1 => Held(action, null, null, random.Next(1, 9)),
            2 => Held(action, "assignment-rules", "GET", random.Next(1, 4)),
            _ => Held(action, "assignment-rules", "PUT", 1),
        };
    }

    private static FaultRule Held(FaultAction action, string? path, string? method, int from) =>
        new()
        {
            Path = path,
            Method = method,
            From = from,
            Times = 1,
            Milliseconds = 120_000,
            Action = action,
        };

    /// <summary>Until the call is held, or no call will be any more: what is done already is not done again.</summary>
    private static async Task ComeAsync(PublicationScene scene, FaultRule held, int acted, Func<Task<bool>> ended)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(10));
        while (!patience.IsCancellationRequested && !IsHeld() && !await ended())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancel);
        }

        // A call that is acted on stands in the log by then; one that is not gets there when its caller is gone.
        bool IsHeld() => held.Action == FaultAction.HoldAnswer ? Acted(scene) > acted : scene.Uem.FaultHits[0] > 0;
    }

    private static int Acted(PublicationScene scene) =>
        scene.Uem.RequestLog.Entries.Count(call => call.Fault == nameof(FaultAction.HoldAnswer));

    private static async Task AssertClosedAsync(PublicationScene scene, Guid publication, params string[] kinds)
    {
        var ledger = await scene.LedgerAsync(publication);
        Assert.Equal(
            kinds.Select(kind => $"{kind} Confirmed"),
            ledger.Select(entry => entry[..entry.LastIndexOf(' ')])
        );
        await using var db = scene.Picket.OpenDatabase();
        Assert.False(
            await db.OwnedAssignments.AnyAsync(row => row.PublicationId == publication && row.Pending, Cancel)
        );
    }
}
