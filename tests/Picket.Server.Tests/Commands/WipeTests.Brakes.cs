using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Core.Risk;
using Picket.Server.Brakes;
using Picket.Server.Inventory;
using Picket.Server.Risk;
using Picket.WorkspaceOne.Emulator.Commands;
using Picket.WorkspaceOne.Emulator.Faults;
using AuditFilter = Picket.Api.AuditFilter;
using Role = Picket.Core.Identity.Role;

namespace Picket.Server.Tests.Commands;

// What happens between the approval and the end.
public sealed partial class WipeTests
{
    [Fact]
    public async Task It_is_not_sent_when_somebody_was_demoted_or_unlinked_in_between()
    {
        foreach (var unlink in new[] { false, true })
        {
            var (device, approver) = (scene.Take(), await scene.MemberAsync(Role.Approver));
            await scene.SetAsync(row => row.WipeDelayMinutes = 15);
            var asked = await scene.Asker.RequestAsync(device);
            await approver.ApproveAsync(asked.Id);
            await using (var db = scene.Picket.OpenDatabase())
            {
                await (
                    unlink
                        ? db.AdminLinks.Where(row => row.PersonId == approver.Id).ExecuteDeleteAsync(Cancel)
                        : db.Memberships.Where(row => row.PersonId == approver.Id).ExecuteDeleteAsync(Cancel)
                );
            }

            scene.Clock.Advance(TimeSpan.FromMinutes(15));
            var refused = await scene.BecomesAsync(asked.Id, DeviceCommandState.Refused);

            Assert.Equal(DeviceCommandBrake.TwoPeople, refused.Brake);
            Assert.Empty(scene.Got(device));
        }
    }

    [Fact]
    public async Task It_is_not_sent_to_a_device_that_was_enrolled_anew_or_has_another_user_by_then()
    {
        foreach (var anew in new[] { true, false })
        {
            var device = scene.Take();
            var approved = await scene.ApprovedAsync(device, delay: 15);
            scene.Uem.Fleet.Change(
                device.RemoteId,
                had =>
                    anew
                        ? had with
                        {
                            EnrolledOn = scene.Clock.GetUtcNow().UtcDateTime,
                        }
                        : had with
                        {
                            User = had.User + 1,
                        }
            );

            scene.Clock.Advance(TimeSpan.FromMinutes(15));
            var refused = await scene.BecomesAsync(approved.Id, DeviceCommandState.Refused);

            Assert.Equal(DeviceCommandBrake.AnotherEnrollment, refused.Brake);
            Assert.Empty(scene.Got(device));
            // Nor can it be asked for, while what is shown is of the time before.
            await CommandScene.RefusedAsync(409, () => scene.Asker.RequestAsync(device));
        }
    }

    [Fact]
    public async Task A_stop_after_the_approval_takes_that_back_and_it_is_asked_for_again()
    {
        var device = scene.Take();
        var approved = await scene.ApprovedAsync(device, delay: 15);
        await scene.Picket.Client.StopWritesAsync("A look around", Cancel);
        var asked = await scene.BecomesAsync(approved.Id, DeviceCommandState.Waiting);
        Assert.Null(asked.ApprovedBy);
        Assert.Contains("stopped after it was approved", asked.Reason, StringComparison.Ordinal);

        await scene.Picket.Client.ReleaseWritesAsync(cancellationToken: Cancel);
        scene.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(DeviceCommandState.Waiting, (await scene.BecomesAsync(approved.Id, _ => true)).State);
        Assert.Empty(scene.Got(device));

        await scene.Approver.ApproveAsync(approved.Id);
        scene.Clock.Advance(TimeSpan.FromMinutes(15));
        await scene.BecomesAsync(approved.Id, DeviceCommandState.Sent);
        Assert.Equal([Wipe], scene.Got(device));
    }

    [Fact]
    public async Task A_stop_that_met_it_on_its_way_takes_the_word_back_where_it_did_not_leave()
    {
        var device = scene.Take();
        var approved = await scene.ApprovedAsync(device, delay: 15);
        scene.Clock.Advance(TimeSpan.FromMinutes(1));
        // It was marked when the stop came, and put back with the word that it had.
        await using (var db = scene.Picket.OpenDatabase())
        {
            var newest = await db.WriteStops.MaxAsync(row => (long?)row.Number, Cancel) ?? 0;
            db.WriteStops.Add(
                new WriteStopRow
                {
                    Number = newest + 1,
                    Id = Guid.CreateVersion7(),
                    StoppedBy = "test",
                    StoppedAt = scene.Clock.GetUtcNow(),
                    Reason = "A look around",
                    ReleasedBy = "test",
                    ReleasedAt = scene.Clock.GetUtcNow(),
                }
            );
            await db.SaveChangesAsync(Cancel);
        }

        scene.Clock.Advance(TimeSpan.FromMinutes(15));
        var asked = await scene.BecomesAsync(approved.Id, DeviceCommandState.Waiting);
        Assert.Null(asked.ApprovedBy);
        Assert.Empty(scene.Got(device));

        await scene.Approver.ApproveAsync(approved.Id);
        scene.Clock.Advance(TimeSpan.FromMinutes(15));
        await scene.BecomesAsync(approved.Id, DeviceCommandState.Sent);
        Assert.Equal([Wipe], scene.Got(device));
    }

    [Fact]
    public async Task Of_a_device_that_is_shown_no_more_nobody_says_that_it_did_not_happen()
    {
        var device = scene.Take();
        var approved = await scene.ApprovedAsync(device);
        await scene.BecomesAsync(approved.Id, DeviceCommandState.Sent);
        scene.Uem.Fleet.Remove(scene.Of(device));
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Method = "GET",
                Path = "wipe",
                Action = FaultAction.Status,
                Status = 404,
            }
        );
        await using (var db = scene.Picket.OpenDatabase())
        {
            DateTimeOffset? now = scene.Clock.GetUtcNow();
            await db
                .DeviceCommands.Where(row => row.Id == approved.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.FollowUntil, now), Cancel);
        }

        scene.Clock.Advance(TimeSpan.FromMinutes(2));
        var unclear = await scene.BecomesAsync(approved.Id, DeviceCommandState.Unclear, DeviceCommandState.NotDone);

        Assert.True(unclear.State == DeviceCommandState.Unclear, unclear.Reason);
        Assert.Contains("does not show the device any more", unclear.Reason, StringComparison.Ordinal);
        scene.Uem.Faults = new FaultScript();
    }

    [Fact]
    public async Task Not_more_go_within_an_hour_than_are_allowed()
    {
        var (first, second) = (scene.Take(), scene.Take());
        await scene.SetAsync(row => row.WipesPerHour = 0);
        var one = await scene.ApprovedAsync(first);
        await scene.BecomesAsync(one.Id, view => view.Brake == DeviceCommandBrake.WipeCap);
        Assert.Empty(scene.Got(first));
        await scene.SetAsync(row => row.WipesPerHour = 1);
        scene.Clock.Advance(TimeSpan.FromMinutes(61));
        await scene.BecomesAsync(one.Id, DeviceCommandState.Sent);

        var two = await scene.ApprovedAsync(second);
        await scene.BecomesAsync(two.Id, view => view.Brake == DeviceCommandBrake.WipeCap);
        Assert.Empty(scene.Got(second));
        scene.Clock.Advance(TimeSpan.FromMinutes(61));
        var sent = await scene.BecomesAsync(two.Id, DeviceCommandState.Sent);
        await scene.SetAsync(row => row.WipesPerHour = 50);
        var entry = await scene.Picket.Client.LedgerEntryAsync(sent.LedgerEntryId!.Value, Cancel);
        Assert.Equal("TwoPeople, WipeCap", entry.Trail!.HeldBy);
    }

    [Fact]
    public async Task The_UEMs_wipe_lock_is_respected_and_told_and_followed_where_it_comes_too_late()
    {
        var (first, second, group) = (scene.Take(), scene.Take(), scene.Uem.OrganizationGroup.Index);
        scene.Uem.WipeLock.Set(group, on: true);
        var one = await scene.ApprovedAsync(first);
        var refused = await scene.BecomesAsync(one.Id, DeviceCommandState.Refused);
        Assert.Equal(DeviceCommandBrake.WipeLock, refused.Brake);
        Assert.Contains("wipe lock", refused.Reason, StringComparison.Ordinal);
        Assert.Empty(scene.Got(first));
        scene.Uem.WipeLock.Set(group, on: false);

        scene.Uem.WipeLock.Threshold = 1; // One more locks it, behind our look.
        scene.Uem.Life.Issue(scene.Of(first), CommandKind.EnterpriseWipe, "somebody", CommandSource.Console);
        var two = await scene.ApprovedAsync(second);
        var held = await scene.BecomesAsync(two.Id, DeviceCommandState.HeldByUem);
        Assert.Contains("UEM's console", held.Reason, StringComparison.Ordinal);
        scene.Uem.Life.Reject(scene.Uem.Commands.Of(scene.Of(second))[0]);
        scene.Clock.Advance(TimeSpan.FromMinutes(2));
        var rejected = await scene.BecomesAsync(two.Id, DeviceCommandState.NotDone);
        Assert.Contains("rejected", rejected.Reason, StringComparison.Ordinal);
        scene.Uem.WipeLock.Threshold = 0;
        scene.Uem.WipeLock.Set(group, on: false);
    }

    [Fact]
    public async Task A_lost_answer_is_settled_by_reading_back_and_never_by_a_second_wipe()
    {
        var device = scene.Take();
        scene.On(FaultAction.LoseAnswer);
        var approved = await scene.ApprovedAsync(device);

        await scene.BecomesAsync(approved.Id, DeviceCommandState.Sent);
        scene.Report(device);
        await scene.BecomesAsync(approved.Id, DeviceCommandState.Confirmed);

        Assert.Equal([Wipe], scene.Got(device));
        scene.Uem.Faults = new FaultScript();
    }

    [Fact]
    public async Task A_request_expires_and_a_finding_by_name_alone_is_no_cause()
    {
        var device = scene.Take();
        await scene.SetAsync(row => row.WipeApprovalHours = 1);
        var asked = await scene.Asker.RequestAsync(device);
        scene.Clock.Advance(TimeSpan.FromHours(1));
        await scene.BecomesAsync(asked.Id, DeviceCommandState.Expired);
        await CommandScene.RefusedAsync(409, () => scene.Approver.ApproveAsync(asked.Id));
        await scene.SetAsync(row => row.WipeApprovalHours = 24);

        var (byName, computed) = (
            await FindAsync(device, FindingProof.NameMatch),
            await FindAsync(device, FindingProof.Computed)
        );
        var refused = await CommandScene.RefusedAsync(409, () => scene.Asker.RequestAsync(device, byName));
        Assert.Contains("name alone", refused.Detail, StringComparison.Ordinal);
        await CommandScene.RefusedAsync(422, () => scene.Asker.RequestAsync(device, Guid.NewGuid()));
        Assert.Equal(
            [computed],
            (await scene.Asker.Client.WipePreviewAsync(device.Id, Cancel))
                .Causes.Select(each => each.FindingId)
                .Where(id => id == byName || id == computed)
        );
        var wanted = await scene.Asker.RequestAsync(device, computed);
        Assert.Equal(computed, wanted.FindingId);
        Assert.Empty(scene.Got(device));
        await scene.Asker.Client.CancelCommandAsync(wanted.Id, Cancel);
    }

    [Fact]
    public async Task A_wipe_ends_with_the_finding_that_it_was_asked_for_before_and_after_the_second_word()
    {
        var device = scene.Take();
        await scene.SetAsync(row => row.WipeDelayMinutes = 15);
        var cause = await FindAsync(device, FindingProof.Computed);
        var asked = await scene.Asker.RequestAsync(device, cause);
        await ChangeAsync(row => row.ClearedAt = scene.Clock.GetUtcNow());
        var early = await CommandScene.RefusedAsync(409, () => scene.Approver.ApproveAsync(asked.Id));
        Assert.Contains("not true any more", early.Detail, StringComparison.Ordinal);

        await ChangeAsync(row => row.ClearedAt = null);
        await scene.Approver.ApproveAsync(asked.Id);
        await ChangeAsync(row =>
            row.Detail = FindingJson.Write(FindingJson.Read(row.Detail) with { Proof = FindingProof.NameMatch })
        );
        scene.Clock.Advance(TimeSpan.FromMinutes(15));
        var refused = await scene.BecomesAsync(asked.Id, DeviceCommandState.Refused);
        Assert.Equal(DeviceCommandBrake.NameAlone, refused.Brake);
        Assert.Empty(scene.Got(device));

        async Task ChangeAsync(Action<FindingRow> change)
        {
            await using var db = scene.Picket.OpenDatabase();
            change(await db.Findings.SingleAsync(row => row.Id == cause, Cancel));
            await db.SaveChangesAsync(Cancel);
        }
    }

    [Fact]
    public async Task Wipes_may_sign_in_with_an_account_of_their_own_which_is_not_tried_again_once_it_was_refused()
    {
        var (first, second) = (scene.Take(), scene.Take());
        var client = scene.Picket.Client;
        var key = scene.Uem.Credentials.ApiKey;
        var account = scene.Uem.Access.AddAccount(
            "wiper",
            "of its own",
            "Console Administrator",
            scene.Uem.OrganizationGroup.Index
        );
        await CommandScene.RefusedAsync(
            422,
            () => client.SetWipeCredentialAsync(scene.Integration, new BasicCredential("wiper", "wrong", key), Cancel)
        );
        var set = await client.SetWipeCredentialAsync(
            scene.Integration,
            new BasicCredential("wiper", "of its own", key),
            Cancel
        );
        Assert.Equal("wiper", set.WipeAccount);
        await using (var db = scene.Picket.OpenDatabase())
        {
            var row = await db.Integrations.AsNoTracking().SingleAsync(each => each.Id == scene.Integration, Cancel);
            Assert.DoesNotContain("of its own", row.ProtectedWipeSecrets!, StringComparison.Ordinal);
            Assert.NotEqual(row.ProtectedSecrets, row.ProtectedWipeSecrets);
        }

        var one = await scene.ApprovedAsync(first);
        await scene.BecomesAsync(one.Id, DeviceCommandState.Sent);
        Assert.Equal("wiper", scene.Uem.Commands.Of(scene.Of(first))[0].RequestedBy);

        account.Active = false;
        var two = await scene.ApprovedAsync(second);
        await scene.BecomesAsync(two.Id, view => view.Reason is not null && view.State == DeviceCommandState.Due);
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, Cancel);
        Assert.NotNull((await client.CommandSettingsAsync(scene.Integration, Cancel)).WipeAccountRefused);
        Assert.Empty(scene.Got(second));
        await client.CancelCommandAsync(two.Id, Cancel);
        await client.RemoveWipeCredentialAsync(scene.Integration, Cancel);
        Assert.Null((await client.CommandSettingsAsync(scene.Integration, Cancel)).WipeAccount);
    }
}
