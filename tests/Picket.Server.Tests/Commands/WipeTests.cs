using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Core.Risk;
using Picket.Server.Inventory;
using Picket.Server.Risk;
using Picket.WorkspaceOne.Emulator.Commands;
using Picket.WorkspaceOne.Emulator.Faults;
using AuditFilter = Picket.Api.AuditFilter;
using Role = Picket.Core.Identity.Role;

namespace Picket.Server.Tests.Commands;

/// <summary>
/// Destruction takes two people (law 4), and each brake is tried: by the API, which is the console's way too, and by doing
/// things at once. The UEM's own list of what devices were sent decides.
/// </summary>
public sealed partial class WipeTests(CommandScene scene) : IClassFixture<CommandScene>
{
    private const string Wipe = "EnterpriseWipe";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_people_wipe_a_device_and_the_ledger_follows_it_until_it_has_left()
    {
        var device = scene.Take();
        await scene.SetAsync(row => row.WipeDelayMinutes = 15);
        var preview = await scene.Asker.Client.WipePreviewAsync(device.Id, Cancel);
        Assert.Equal((DeviceCommandBrake.None, null, null), (preview.Brake, preview.WhyNot, preview.WhyNotYou));
        Assert.True(preview is { NeedsSecondFactor: true, DelayMinutes: 15, OpenCommandId: null, AlsoLost.Count: > 0 });

        var asked = await scene.Asker.RequestAsync(device);

        Assert.Equal((DeviceCommandState.Waiting, DeviceCommandBrake.TwoPeople), (asked.State, asked.Brake));
        var inbox = await scene.Approver.Client.ApprovalsAsync(Cancel);
        var item = Assert.Single(inbox.Items, each => each.Id == asked.Id);
        Assert.Equal(("Stolen at the station", null, true), (item.Cause, item.WhyNotYou, item.NeedsSecondFactor));
        Assert.NotNull(
            (await scene.Asker.Client.ApprovalsAsync(Cancel)).Items.Single(each => each.Id == asked.Id).WhyNotYou
        );

        var approved = await scene.Approver.ApproveAsync(asked.Id);
        Assert.Equal(DeviceCommandState.Delayed, approved.State);
        await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Cancel);
        Assert.Empty(scene.Got(device));

        scene.Clock.Advance(TimeSpan.FromMinutes(15));
        await scene.BecomesAsync(asked.Id, DeviceCommandState.Sent);
        Assert.Equal([Wipe], scene.Got(device));
        scene.Report(device);
        var done = await scene.BecomesAsync(asked.Id, DeviceCommandState.Confirmed);

        Assert.Equal("Unenrolled", scene.Of(device).EnrollmentStatus);
        Assert.Equal([Wipe], scene.Got(device));
        var entry = await scene.Picket.Client.LedgerEntryAsync(done.LedgerEntryId!.Value, Cancel);
        Assert.Equal(
            (scene.Asker.Colleague.Name, "TwoPeople", scene.Approver.Colleague.Name, 1),
            (entry.Trail!.WantedBy, entry.Trail.HeldBy, entry.Trail.ApprovedBy, entry.Trail.Sends)
        );
        Assert.True(
            entry.Write is { State: LedgerState.Confirmed, SentAt: not null } && entry.Trail.AnsweredAt is not null
        );
        await using var db = scene.Picket.OpenDatabase();
        var row = await db.DeviceCommands.SingleAsync(each => each.Id == asked.Id, Cancel);
        Assert.Equal((null, null, null), (row.BoundUuid, row.BoundSerial, row.BoundUser));
        foreach (var action in new[] { "wipe.requested", "wipe.approved" })
        {
            var told = await scene.Picket.Client.Audit(new AuditFilter { Action = action }).ToListAsync(Cancel);
            Assert.Contains(told, each => each.Subject == $"{asked.Id}");
        }
    }

    [Fact]
    public async Task Who_does_not_count_neither_asks_nor_approves()
    {
        var device = scene.Take();
        var asked = await scene.Asker.RequestAsync(device);
        var noFactor = await scene.MemberAsync(Role.Owner, factor: false);
        var notLinked = await scene.MemberAsync(Role.Owner, linked: false);
        var elsewhere = await scene.MemberAsync(Role.Owner, where: Guid.CreateVersion7());
        var auditor = await scene.MemberAsync(Role.Auditor);
        var tied = await scene.MemberAsync(Role.Owner, givenBy: await scene.ActorAsync(scene.Asker));
        var child = await scene.MemberAsync(Role.Owner);
        await scene.Picket.Client.GiveRoleAsync(child.Id, new RoleGiven(PersonRole.Approver, null), Cancel);
        using var service = await scene.Picket.NewHttpAsync(TokenScope.Write);
        var token = new PicketClient(service);

        await CommandScene.RefusedAsync(403, () => token.RequestWipeAsync(device.Id, new() { Reason = "x" }, Cancel));
        await CommandScene.RefusedAsync(403, () => token.ApproveCommandAsync(asked.Id, new(), Cancel));
        await CommandScene.RefusedAsync(403, () => scene.Asker.ApproveAsync(asked.Id)); // No right to.
        foreach (
            var (who, words) in new[]
            {
                (noFactor, "no second factor"),
                (notLinked, "not linked"),
                (tied, "last seven days"),
            }
        )
        {
            var refused = await CommandScene.RefusedAsync(403, () => who.ApproveAsync(asked.Id));
            Assert.Contains(words, refused.Detail, StringComparison.Ordinal);
        }

        foreach (var who in new[] { noFactor, notLinked })
        {
            await CommandScene.RefusedAsync(403, () => who.RequestAsync(device));
        }

        await CommandScene.RefusedAsync(403, () => elsewhere.ApproveAsync(asked.Id));
        await CommandScene.RefusedAsync(403, () => auditor.ApproveAsync(asked.Id));
        await CommandScene.RefusedAsync(403, () => scene.Approver.RequestAsync(device));

        // A token is not enough without a code, and no code is good twice.
        await CommandScene.RefusedAsync(422, () => scene.Approver.Client.ApproveCommandAsync(asked.Id, new(), Cancel));
        await CommandScene.RefusedAsync(
            422,
            () => scene.Approver.Client.ApproveCommandAsync(asked.Id, new() { SecondFactor = "000000" }, Cancel)
        );
        Assert.Equal(DeviceCommandState.Waiting, (await scene.Picket.Client.CommandAsync(asked.Id, Cancel)).State);

        // Whose UEM account was switched off does not count either; nobody hears of it here but the UEM.
        scene.Uem.Access.Account(scene.Approver.Colleague.Name).Active = false;
        var off = await CommandScene.RefusedAsync(403, () => scene.Approver.ApproveAsync(asked.Id));
        Assert.Contains("not active", off.Detail, StringComparison.Ordinal);
        scene.Uem.Access.Account(scene.Approver.Colleague.Name).Active = true;

        // Who is linked to the UEM account that the requester was linked to is not another.
        await using (var db = scene.Picket.OpenDatabase())
        {
            var approver = await db.AdminLinks.SingleAsync(row => row.PersonId == scene.Approver.Id, Cancel);
            await db
                .DeviceCommands.Where(row => row.Id == asked.Id)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.WantedByAccount, (Guid?)approver.AdminUuid),
                    Cancel
                );
        }

        var same = await CommandScene.RefusedAsync(403, () => scene.Approver.ApproveAsync(asked.Id));
        Assert.Contains("same UEM account", same.Detail, StringComparison.Ordinal);
        Assert.Empty(scene.Got(device));
        await scene.Approver.Client.DeclineCommandAsync(asked.Id, Cancel);
    }

    [Fact]
    public async Task Who_asked_never_approves_and_of_two_who_approve_at_once_one_does()
    {
        var (device, boss) = (scene.Take(), await scene.MemberAsync(Role.Owner));
        await scene.SetAsync(row => row.WipeDelayMinutes = 0);
        var own = await boss.RequestAsync(device);
        var refused = await CommandScene.RefusedAsync(403, () => boss.ApproveAsync(own.Id));
        Assert.Contains("another person", refused.Detail, StringComparison.Ordinal);

        var second = await scene.MemberAsync(Role.Approver);
        var codes = (First: scene.Approver.Code(), Second: second.Code());
        var answers = await Task.WhenAll(
            Outcome(() =>
                scene.Approver.Client.ApproveCommandAsync(own.Id, new() { SecondFactor = codes.First }, Cancel)
            ),
            Outcome(() => second.Client.ApproveCommandAsync(own.Id, new() { SecondFactor = codes.Second }, Cancel)),
            Outcome(() => boss.Client.ApproveCommandAsync(own.Id, new(), Cancel))
        );

        Assert.Equal([200, 409], answers.Where(status => status != 403).Order());
        await scene.BecomesAsync(own.Id, DeviceCommandState.Sent);
        Assert.Equal([Wipe], scene.Got(device));

        static async Task<int> Outcome(Func<Task> ask)
        {
            try
            {
                await ask();
                return 200;
            }
            catch (PicketApiException refused)
            {
                return (int)refused.Status;
            }
        }
    }

    [Fact]
    public async Task One_of_two_who_ask_at_once_finds_it_under_way_and_one_code_is_good_once()
    {
        var (device, other) = (scene.Take(), await scene.MemberAsync(Role.Administrator));
        var code = scene.Asker.Code();
        var asked = await scene.Asker.Client.RequestWipeAsync(
            device.Id,
            new() { Reason = "x", SecondFactor = code },
            Cancel
        );

        await CommandScene.RefusedAsync(409, () => other.RequestAsync(device));
        await CommandScene.RefusedAsync(
            422,
            () =>
                scene.Asker.Client.RequestWipeAsync(
                    scene.Take().Id,
                    new() { Reason = "x", SecondFactor = code },
                    Cancel
                )
        );
        await scene.Asker.Client.CancelCommandAsync(asked.Id, Cancel);
        Assert.Equal(DeviceCommandState.Cancelled, (await scene.Picket.Client.CommandAsync(asked.Id, Cancel)).State);
    }

    [Fact]
    public async Task It_is_cancelled_within_its_delay_by_either_and_not_afterwards()
    {
        var device = scene.Take();
        var approved = await scene.ApprovedAsync(device, delay: 15);

        var cancelled = await scene.Asker.Client.CancelCommandAsync(approved.Id, Cancel);
        scene.Clock.Advance(TimeSpan.FromMinutes(16));
        await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Cancel);

        Assert.Equal((DeviceCommandState.Cancelled, scene.Asker.Colleague.Name), (cancelled.State, cancelled.EndedBy));
        Assert.Empty(scene.Got(device));
        var entry = await scene.Picket.Client.LedgerEntryAsync(cancelled.LedgerEntryId!.Value, Cancel);
        Assert.Equal(LedgerState.Discarded, entry.Write.State);
        await CommandScene.RefusedAsync(409, () => scene.Approver.ApproveAsync(approved.Id));

        var gone = await scene.ApprovedAsync(device);
        await scene.BecomesAsync(gone.Id, DeviceCommandState.Sent);
        await CommandScene.RefusedAsync(409, () => scene.Asker.Client.CancelCommandAsync(gone.Id, Cancel));
    }

    private async Task<Guid> FindAsync(DeviceRow device, FindingProof proof)
    {
        var found = new Finding(
            $"test-{proof}",
            1,
            $"test-{proof}",
            RiskLevel.High,
            $"{proof}",
            "Do something.",
            [],
            proof,
            new FindingEvidence([], MatchedValue: "yes")
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
