using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Inventory;
using Picket.Server.Risk;
using Picket.WorkspaceOne.Emulator.Faults;
using Role = Picket.Core.Identity.Role;

namespace Picket.Server.Tests.Commands;

/// <summary>Messages to users about findings. What the emulated UEM was given to send decides.</summary>
public sealed class MessageTests(CommandScene scene) : IClassFixture<CommandScene>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_off_until_switched_on_and_then_goes_out_once_and_word_for_word()
    {
        await SwitchAsync(on: false);
        var (device, client) = (scene.Take(), scene.Asker.Client);
        var finding = await FindAsync(device, FindingKinds.OsOutdated);
        var off = await PreviewAsync(device, finding, MessageChannel.Email);
        Assert.Equal(DeviceCommandBrake.MessagesOff, off.Brake);
        await CommandScene.RefusedAsync(409, () => client.SendMessageAsync(device.Id, Wish(off), Cancel));
        var settings = await scene.Picket.Client.SetCommandsAsync(
            scene.Integration,
            new SetCommands { Messages = true },
            Cancel
        );
        Assert.Equal((true, 20), (settings.Messages, settings.MessagesPerHour));

        var preview = await PreviewAsync(device, finding, MessageChannel.Email);
        Assert.Null(preview.WhyNot);
        Assert.StartsWith(FindingKinds.OsOutdated.Description.ForUser, preview.Text, StringComparison.Ordinal);
        var another = Wish(preview) with { Text = "Call me" };
        await CommandScene.RefusedAsync(409, () => client.SendMessageAsync(device.Id, another, Cancel));
        using var service = await scene.Picket.NewHttpAsync(TokenScope.Write);
        await CommandScene.RefusedAsync(
            403,
            () => new PicketClient(service).SendMessageAsync(device.Id, Wish(preview), Cancel)
        );
        Assert.Empty(scene.Got(device));

        var wanted = await client.SendMessageAsync(device.Id, Wish(preview), Cancel);
        var taken = await scene.BecomesAsync(wanted.Id, DeviceCommandState.Taken);

        var sent = Assert.Single(scene.Uem.Commands.Of(scene.Of(device)));
        Assert.Equal(("EmailMessage", preview.Subject, preview.Text), (sent.Name, sent.Subject, sent.Text));
        Assert.Equal(new MessageView(MessageChannel.Email, preview.Text, Insisted: false), taken.Message);
        var entry = await scene.Picket.Client.LedgerEntryAsync(taken.LedgerEntryId!.Value, Cancel);
        Assert.Equal(
            ("SendMessage", LedgerState.Sent, taken.Id),
            (entry.Write.Kind, entry.Write.State, entry.Write.CommandId)
        );
        var again = await PreviewAsync(device, finding);
        Assert.Equal(DeviceCommandBrake.MessageRecent, again.Brake);
        await CommandScene.RefusedAsync(409, () => client.SendMessageAsync(device.Id, Wish(again), Cancel));
    }

    [Fact]
    public async Task A_lost_answer_may_have_gone_out_and_is_never_sent_again()
    {
        await SwitchAsync();
        var device = scene.Take();
        var finding = await FindAsync(device, FindingKinds.NoPasscode);
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "/messages/push",
                Method = "POST",
                Action = FaultAction.LoseAnswer,
                Times = 1,
            }
        );
        var wanted = await SendAsync(device, finding);
        var unclear = await scene.BecomesAsync(wanted.Id, DeviceCommandState.Unclear);
        scene.Clock.Advance(TimeSpan.FromHours(1));
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, Cancel);

        Assert.Contains("may have gone out", unclear.Reason, StringComparison.Ordinal);
        Assert.Equal(["PushMessage"], scene.Got(device));
        await CommandScene.RefusedAsync(409, () => SendAsync(device, finding));
        // Only when a person says that it never came may it be wanted anew.
        await scene.Approver.Client.SettleCommandAsync(wanted.Id, happened: false, Cancel);
        var anew = await SendAsync(device, finding);
        await scene.BecomesAsync(anew.Id, DeviceCommandState.Taken);
        Assert.Equal(["PushMessage", "PushMessage"], scene.Got(device));
    }

    [Fact]
    public async Task The_stop_and_the_never_touch_list_hold_it_and_an_ended_finding_is_not_told()
    {
        await SwitchAsync();
        var (device, never, ended) = (scene.Take(), scene.Take(), scene.Take());
        var finding = await FindAsync(device, FindingKinds.OsOutdated);
        var over = await FindAsync(ended, FindingKinds.OsOutdated);
        await scene.Picket.Client.AddNeverTouchAsync(
            new NeverTouchDraft
            {
                Kind = NeverTouchKind.Device,
                Value = never.SerialNumber!,
                Reason = "Board",
                IntegrationId = scene.Integration,
            },
            Cancel
        );
        var neverFinding = await FindAsync(never, FindingKinds.OsOutdated);
        await CommandScene.RefusedAsync(409, () => SendAsync(never, neverFinding));
        await CommandScene.RefusedAsync(422, () => SendAsync(device, over));

        await scene.Picket.Client.StopWritesAsync("A look around", Cancel);
        var wanted = await SendAsync(device, finding);
        var late = await SendAsync(ended, over);
        await scene.BecomesAsync(wanted.Id, view => view.Brake == DeviceCommandBrake.Stop);
        await using (var db = scene.Picket.OpenDatabase())
        {
            await db
                .Findings.Where(row => row.Id == over)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.ClearedAt, scene.Clock.GetUtcNow()), Cancel);
        }

        Assert.Empty(scene.Got(device));
        await scene.Picket.Client.ReleaseWritesAsync(cancellationToken: Cancel);
        await scene.BecomesAsync(wanted.Id, DeviceCommandState.Taken);
        var refused = await scene.BecomesAsync(late.Id, DeviceCommandState.Refused);
        Assert.Equal(DeviceCommandBrake.FindingEnded, refused.Brake);
        Assert.Empty(scene.Got(never).Concat(scene.Got(ended)));
    }

    [Fact]
    public async Task A_watched_user_is_written_to_only_if_an_administrator_insists_and_never_of_what_was_found()
    {
        await SwitchAsync();
        var device = scene.Take();
        var stalked = await FindAsync(device, FindingKinds.Stalkerware);
        var outdated = await FindAsync(device, FindingKinds.OsOutdated);
        using var admin = (await scene.MemberAsync(Role.Administrator)).Colleague;
        foreach (var finding in new[] { stalked, outdated })
        {
            var analyst = await PreviewAsync(device, finding);
            Assert.Equal((true, false), (analyst.NeedsInsisting, analyst.MayInsist));
            await CommandScene.RefusedAsync(409, () => SendAsync(device, finding));
            var insisted = Wish(analyst) with { Insist = true, Reason = "I want to" };
            await CommandScene.RefusedAsync(
                403,
                () => scene.Asker.Client.SendMessageAsync(device.Id, insisted, Cancel)
            );
            await CommandScene.RefusedAsync(409, () => admin.Client.SendMessageAsync(device.Id, Wish(analyst), Cancel));
            await CommandScene.RefusedAsync(
                422,
                () => admin.Client.SendMessageAsync(device.Id, insisted with { Reason = " " }, Cancel)
            );
        }

        Assert.Empty(scene.Got(device));
        var query = new MessageFilter { FindingId = stalked };
        var preview = await admin.Client.MessagePreviewAsync(device.Id, query, Cancel);
        var wish = Wish(preview) with { Insist = true, Reason = "Agreed with the works council" };
        var taken = await scene.BecomesAsync(
            (await admin.Client.SendMessageAsync(device.Id, wish, Cancel)).Id,
            DeviceCommandState.Taken
        );

        var sent = Assert.Single(scene.Uem.Commands.Of(scene.Of(device)));
        Assert.StartsWith("Please see your help desk in person", sent.Text, StringComparison.Ordinal);
        Assert.True(taken.Message!.Insisted);
        var entry = await scene.Picket.Client.LedgerEntryAsync(taken.LedgerEntryId!.Value, Cancel);
        Assert.Contains("insisted: Agreed with", entry.Write.Subject, StringComparison.Ordinal);
        var audit = await scene
            .Picket.Client.Audit(new AuditFilter { Action = "message.insisted" })
            .ToListAsync(Cancel);
        Assert.Contains(audit, told => told.After!.Contains("works council", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_lost_the_role_before_it_was_sent_does_not_insist_any_more()
    {
        await SwitchAsync();
        var device = scene.Take();
        var finding = await FindAsync(device, FindingKinds.Watchware);
        var member = await scene.MemberAsync(Role.Administrator);
        var query = new MessageFilter { FindingId = finding };
        var preview = await member.Client.MessagePreviewAsync(device.Id, query, Cancel);
        await scene.Picket.Client.StopWritesAsync("A look around", Cancel);
        var wish = Wish(preview) with { Insist = true, Reason = "To meet" };
        var wanted = await member.Client.SendMessageAsync(device.Id, wish, Cancel);
        await using (var db = scene.Picket.OpenDatabase())
        {
            await db
                .Memberships.Where(row => row.PersonId == member.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Role, Role.Analyst), Cancel);
        }

        await scene.Picket.Client.ReleaseWritesAsync(cancellationToken: Cancel);
        var refused = await scene.BecomesAsync(wanted.Id, DeviceCommandState.Refused);

        Assert.Equal(DeviceCommandBrake.Watched, refused.Brake);
        Assert.Empty(scene.Got(device));
    }

    [Fact]
    public async Task No_more_go_out_within_an_hour_than_are_allowed()
    {
        await SwitchAsync();
        scene.Clock.Advance(TimeSpan.FromHours(2));
        await scene.SetAsync(row => row.MessagesPerHour = 1);
        var (first, second) = (scene.Take(), scene.Take());
        var one = await SendAsync(first, await FindAsync(first, FindingKinds.OsOutdated));
        await scene.BecomesAsync(one.Id, DeviceCommandState.Taken);
        var two = await SendAsync(second, await FindAsync(second, FindingKinds.OsOutdated));
        await scene.BecomesAsync(two.Id, view => view.Brake == DeviceCommandBrake.MessageCap);

        Assert.Empty(scene.Got(second));
        scene.Clock.Advance(TimeSpan.FromMinutes(61));
        await scene.BecomesAsync(two.Id, DeviceCommandState.Taken);
        Assert.Equal(["PushMessage"], scene.Got(second));
    }

    private Task SwitchAsync(bool on = true) =>
        scene.SetAsync(row => (row.MessagesEnabled, row.MessagesPerHour) = (on, 20));

    private Task<MessagePreview> PreviewAsync(
        DeviceRow device,
        Guid finding,
        MessageChannel by = MessageChannel.Push
    ) => scene.Asker.Client.MessagePreviewAsync(device.Id, new MessageFilter { FindingId = finding, By = by }, Cancel);

    private async Task<CommandView> SendAsync(DeviceRow device, Guid finding) =>
        await scene.Asker.Client.SendMessageAsync(device.Id, Wish(await PreviewAsync(device, finding)), Cancel);

    private static SendMessage Wish(MessagePreview preview) =>
        new()
        {
            FindingId = preview.FindingId,
            By = preview.By,
            Text = preview.Text,
        };

    private async Task<Guid> FindAsync(DeviceRow device, FindingKind kind)
    {
        var found = new Finding(
            kind.Id,
            kind.RuleVersion,
            $"{kind.Id}|test",
            RiskLevel.High,
            kind.Title,
            "Do something.",
            [],
            FindingProof.Reported,
            new FindingEvidence([])
        );
        var finding = new FindingRow
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = device.IntegrationId,
            DeviceId = device.Id,
            Kind = found.Kind,
            Key = found.Key,
            Level = found.Level,
            Title = found.Title,
            Detail = FindingJson.Write(found),
            FirstTrueAt = device.FirstSeenAt,
            LastTrueAt = device.FirstSeenAt,
        };
        await using var db = scene.Picket.OpenDatabase();
        db.Findings.Add(finding);
        await db.SaveChangesAsync(Cancel);
        return finding.Id;
    }
}
