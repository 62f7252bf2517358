using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Tests.People;
using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Faults;
using Grant = Picket.Core.Identity.Grant;
using Right = Picket.WorkspaceOne.Emulator.Access.Right;
using Role = Picket.Core.Identity.Role;

namespace Picket.Server.Tests.Deployment;

/// <summary>Messages to the people whose devices lag behind. The UEM's own list of what devices were sent decides.</summary>
public sealed class NudgeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_is_pending_gets_exactly_one_message_until_a_day_has_gone()
    {
        await using var scene = await NudgeScene.StartAsync();
        Assert.Equal(scene.Scene.CanaryDevices.Order(), scene.Pending.Order());

        var first = await scene.NudgedAsync();

        Assert.Equal((NudgeState.Completed, 10, 10, 0), (first.State, first.Devices, first.Sent, first.Waiting));
        Assert.All(scene.Got(), got => Assert.Equal(1, got));
        Assert.Equal(10, scene.Messages);
        Assert.Equal(10, (await scene.LedgerAsync())["SendMessage Answered 1"]);
        var devices = await scene.DevicesAsync(first.Id, new NudgeDeviceFilter { Limit = 3 });
        Assert.Equal(scene.Pending, devices.Select(device => device.UemId));
        Assert.All(devices, device => Assert.True(device is { DeviceId: not null, SentAt: not null, Reason: null }));
        var audit = await scene.Client.Audit(new AuditFilter { Action = "nudge.sent" }).FirstAsync(Cancel);
        Assert.Equal($"{first.Id}", audit.Subject);

        var history = await scene.Client.DeviceHistory(devices[0].DeviceId!.Value).FirstAsync(Cancel);
        Assert.Equal(("Message", "Guard", LedgerState.Sent), (history.Kind, history.Name, history.State));

        var second = await scene.NudgedAsync();

        Assert.Equal((NudgeState.Completed, 0, 10), (second.State, second.Sent, second.Skipped));
        Assert.Equal((NudgeSkip.Recent, 10), (second.Skips.Single().Skip, second.Skips.Single().Devices));
        Assert.Equal(10, scene.Messages);

        await scene.AgeAsync(TimeSpan.FromHours(25));
        var third = await scene.NudgedAsync();

        Assert.Equal(10, third.Sent);
        Assert.All(scene.Got(), got => Assert.Equal(2, got));
        var listed = await scene.Client.Nudges(scene.Publication).ToListAsync(Cancel);
        Assert.Equal([third.Id, second.Id, first.Id], listed.Select(nudge => nudge.Id));
    }

    [Fact]
    public async Task Mails_instead_when_that_is_wanted()
    {
        await using var scene = await NudgeScene.StartAsync();

        var nudge = await scene.NudgedAsync(
            NudgeScene.Wish() with
            {
                Channel = NudgeChannel.Mail,
                Subject = "Guard",
                Stage = DeploymentStage.Assigned,
            }
        );

        Assert.Equal(10, nudge.Sent);
        Assert.All(scene.Got("EmailMessage"), got => Assert.Equal(1, got));
    }

    [Fact]
    public async Task Whoever_has_left_the_fleet_gets_none()
    {
        await using var scene = await NudgeScene.StartAsync();
        var gone = scene.Pending[3];
        scene.OnMessage(FaultAction.Slow, times: 1, milliseconds: 1000);
        var asked = await scene.NudgeAsync();
        await using (var db = scene.Picket.OpenDatabase())
        {
            var now = TimeProvider.System.GetUtcNow();
            await db
                .Devices.Where(row => row.RemoteId == gone)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.GoneAt, now), Cancel);
        }

        var nudge = await scene.EndAsync(asked.Id);

        Assert.Equal((9, 1), (nudge.Sent, nudge.Skipped));
        var skipped = await scene.DevicesAsync(nudge.Id, new NudgeDeviceFilter { State = NudgeDeviceState.Skipped });
        Assert.Equal((gone, NudgeSkip.Gone), (skipped.Single().UemId, skipped.Single().Skip));
        Assert.Equal(0, scene.Got()[3]);
    }

    [Fact]
    public async Task Waits_by_itself_when_the_UEM_wants_it_to()
    {
        await using var scene = await NudgeScene.StartAsync(settings: new() { ["Uem:MaxRetries"] = "0" });
        scene.OnMessage(FaultAction.Status, from: 4, times: 1); // 429

        var nudge = await scene.NudgedAsync();

        Assert.Equal((NudgeState.Completed, 10), (nudge.State, nudge.Sent));
        Assert.All(scene.Got(), got => Assert.Equal(1, got));
        var ledger = await scene.LedgerAsync();
        Assert.Equal((10, 1), (ledger["SendMessage Answered 1"], ledger["SendMessage Failed 1"]));
    }

    [Fact]
    public async Task Ends_when_it_is_switched_off_and_leaves_out_who_got_one_when_it_is_sent_again()
    {
        await using var scene = await NudgeScene.StartAsync();
        scene.OnMessage(FaultAction.Slow, from: 4, milliseconds: 1500);
        var nudge = await scene.NudgeAsync();
        await Response.TagScene.UntilAsync(() => Task.FromResult(scene.Uem.FaultHits[0]), hits => hits > 0);
        await SetAsync(on: false);

        var stopped = await scene.EndAsync(nudge.Id);

        Assert.Equal(NudgeState.Stopped, stopped.State);
        Assert.Contains("is off", stopped.Reason);
        Assert.Equal((4, 6), (stopped.Sent, stopped.Skipped));
        Assert.Equal(4, scene.Messages);
        scene.Uem.Faults = new FaultScript();
        var refused = await Assert.ThrowsAsync<PicketApiException>(() => scene.NudgeAsync());
        Assert.Equal(409, (int)refused.Status);

        await SetAsync(on: true);
        var again = await scene.NudgedAsync();

        Assert.Equal((6, 4), (again.Sent, again.Skipped));
        Assert.All(scene.Got(), got => Assert.Equal(1, got));

        async Task SetAsync(bool on)
        {
            await using var db = scene.Picket.OpenDatabase();
            await db.Integrations.ExecuteUpdateAsync(set => set.SetProperty(row => row.DeploymentEnabled, on), Cancel);
        }
    }

    [Fact]
    public async Task A_person_stops_it_even_while_it_waits_and_so_does_taking_the_app_back()
    {
        await using var scene = await NudgeScene.StartAsync();
        scene.OnMessage(FaultAction.LoseAnswer, times: 3);
        var nudge = await scene.NudgeAsync();
        await Response.TagScene.UntilAsync(() => scene.Client.NudgeAsync(nudge.Id, Cancel), view => view.Unclear > 0);
        scene.OnMessage(FaultAction.Slow, milliseconds: 1000);

        var asked = await scene.Client.StopNudgeAsync(nudge.Id, Cancel);
        var stopped = await scene.EndAsync(asked.Id);

        Assert.Equal("A person stopped it.", stopped.Reason);
        Assert.InRange(stopped.Skipped, 1, 9);
        Assert.Equal(stopped.Skipped, stopped.Skips.Single(skip => skip.Skip == NudgeSkip.Stopped).Devices);
        Assert.Equal(stopped.Sent + stopped.Unclear, scene.Messages);
        var twice = await Assert.ThrowsAsync<PicketApiException>(() => scene.Client.StopNudgeAsync(nudge.Id, Cancel));
        Assert.Equal(409, (int)twice.Status);

        scene.OnMessage(FaultAction.Slow, from: 2, milliseconds: 1500);
        var second = await scene.NudgeAsync();
        await Response.TagScene.UntilAsync(() => Task.FromResult(scene.Uem.FaultHits[0]), hits => hits > 0);
        await scene.Client.UndoPublicationAsync(scene.Publication, cancellationToken: Cancel);
        Assert.Contains("taken back", (await scene.EndAsync(second.Id)).Reason);

        await scene.Scene.BecomesAsync(scene.Publication, PublicationState.Undone);
        await scene.Client.RemovePublicationAsync(scene.Publication, Cancel);
        await using var db = scene.Picket.OpenDatabase();
        Assert.False(await db.Nudges.AnyAsync(Cancel) || await db.NudgeDevices.AnyAsync(Cancel));
        Assert.NotEmpty(await scene.LedgerAsync());
    }

    [Fact]
    public async Task Names_the_right_that_is_missing_and_nobody_has_got_one_by_then()
    {
        await using var scene = await NudgeScene.StartAsync();
        var role = scene.Uem.Access.Account(scene.Uem.Credentials.Account).Role!;
        role.Revoke(new Right(Rows.Devices, RightMode.Edit));

        var stopped = await scene.NudgedAsync();

        Assert.Equal((NudgeState.Stopped, 0, 10), (stopped.State, stopped.Sent, stopped.Skipped));
        Assert.Contains("Devices (Edit)", stopped.Reason);
        Assert.Equal(0, scene.Messages);
        Assert.Equal(1, Assert.Single(await scene.LedgerAsync()).Value);

        role.Grant(new Right(Rows.Devices, RightMode.Edit));
        Assert.Equal(10, (await scene.NudgedAsync()).Sent);
        Assert.All(scene.Got(), got => Assert.Equal(1, got));
    }

    [Fact]
    public async Task Many_at_once_need_somebody_who_may_approve_and_far_too_many_nobody_may()
    {
        await using var scene = await NudgeScene.StartAsync();
        using var analyst = await Colleague.JoinAsync(scene.Picket, new Grant(Role.Analyst, null));
        using var auditor = await Colleague.JoinAsync(scene.Picket, new Grant(Role.Auditor, null));
        var wish = NudgeScene.Wish(DeploymentGap.Failed);
        var few = await scene.FabricateAsync(200);
        var many = await scene.FabricateAsync(201);
        var tooMany = await scene.FabricateAsync(10_001);

        Assert.Equal(403, await StatusAsync(auditor.Client, few));
        Assert.Equal(403, await StatusAsync(analyst.Client, many));
        Assert.Equal(422, await StatusAsync(scene.Client, tooMany));
        Assert.Equal(0, scene.Messages);
        var mine = await analyst.Client.NudgeAsync(few, wish, Cancel);
        var approved = await scene.Client.NudgeAsync(many, wish, Cancel);

        Assert.Equal((200, 200), ((await scene.EndAsync(mine.Id)).Refused, mine.Devices)); // The UEM knows none of them.
        Assert.Equal(201, (await scene.EndAsync(approved.Id)).Refused);
        var device = (await scene.DevicesAsync(approved.Id))[0];
        Assert.Equal((NudgeDeviceState.Refused, null), (device.State, device.DeviceId));
        Assert.Contains("404", device.Reason);

        async Task<int> StatusAsync(PicketClient client, Guid publication) =>
            (int)
                (
                    await Assert.ThrowsAsync<PicketApiException>(() => client.NudgeAsync(publication, wish, Cancel))
                ).Status;
    }

    [Fact]
    public async Task Says_all_mistakes_at_once_and_whom_a_message_cannot_help()
    {
        await using var scene = await NudgeScene.StartAsync();

        var wrong = await RefusedAsync(
            new CreateNudge
            {
                Gap = DeploymentGap.NoRing,
                Channel = NudgeChannel.Mail,
                Text = new string('x', 2001),
            }
        );
        var tooLong = await RefusedAsync(NudgeScene.Wish() with { Text = new string('x', 257) });
        var nobody = await RefusedAsync(NudgeScene.Wish(DeploymentGap.Removed));

        Assert.Equal((422, 422, 422), ((int)wrong.Status, (int)tooLong.Status, (int)nobody.Status));
        Assert.Contains("can do nothing", wrong.Problem.Detail);
        Assert.Contains("The text of a mail", wrong.Problem.Detail);
        Assert.Contains("The subject of a mail", wrong.Problem.Detail);
        Assert.Contains("256", tooLong.Problem.Detail);
        Assert.Contains("No device", nobody.Problem.Detail);
        var draft = await scene.Scene.MakeAsync(PublicationScene.Wish("Other"));
        var early = await Assert.ThrowsAsync<PicketApiException>(() =>
            scene.Client.NudgeAsync(draft.Id, NudgeScene.Wish(), Cancel)
        );
        Assert.Equal(409, (int)early.Status);
        Assert.Equal(0, scene.Messages);

        Task<PicketApiException> RefusedAsync(CreateNudge wish) =>
            Assert.ThrowsAsync<PicketApiException>(() => scene.NudgeAsync(wish));
    }
}
