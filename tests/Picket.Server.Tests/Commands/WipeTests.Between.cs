using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Server.Integrations;
using Picket.Server.Tests.Response;
using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Faults;
using Role = Picket.Core.Identity.Role;

namespace Picket.Server.Tests.Commands;

// What becomes of people between the request and the commit of the approval.
public sealed partial class WipeTests
{
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Who_lost_what_counts_while_the_UEM_was_asked_does_not_approve()
    {
        var boss = await scene.MemberAsync(Role.Owner);
        var asker = await scene.MemberAsync(Role.Analyst);
        var (demoted, shutOut, tied, fine) = (
            await scene.MemberAsync(Role.Approver),
            await scene.MemberAsync(Role.Approver),
            await scene.MemberAsync(Role.Approver),
            await scene.MemberAsync(Role.Approver)
        );
        var owner = scene.Picket.Client;
        var first = await boss.RequestAsync(scene.Take());
        var second = await boss.RequestAsync(scene.Take());
        var third = await boss.RequestAsync(scene.Take());
        var fourth = await asker.RequestAsync(scene.Take());
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "admins/search",
                Query = "status=Inactive", // The second look of each: the first one of a client goes alone.
                Action = FaultAction.Slow,
                Milliseconds = (int)Held.TotalMilliseconds,
                Times = 4,
            }
        );

        // Each is allowed when the request comes in, and then waits for the UEM's word about the account.
        var answers = new List<(Task<CommandView> Answer, string Words)>();
        await MeanwhileAsync(
            (demoted, first),
            () => owner.TakeRoleAsync(demoted.Id, null, Cancel),
            "Your role here does not let you."
        );
        await MeanwhileAsync((shutOut, second), () => owner.DeactivatePersonAsync(shutOut.Id, Cancel), "Only a person");
        await MeanwhileAsync(
            (tied, third),
            () => boss.Client.GiveRoleAsync(tied.Id, new RoleGiven(PersonRole.Administrator, null), Cancel),
            "last seven days"
        );
        await MeanwhileAsync(
            (fine, fourth),
            () => owner.TakeRoleAsync(asker.Id, null, Cancel),
            "Whoever asked may not any more"
        );
        foreach (var (answer, words) in answers)
        {
            var refused = await CommandScene.RefusedAsync(403, () => answer);
            Assert.Contains(words, refused.Detail, StringComparison.Ordinal);
        }

        // They are still signed in, and what they may is asked of the database each time.
        await CommandScene.RefusedAsync(403, () => demoted.ApproveAsync(first.Id));
        await CommandScene.RefusedAsync(401, () => shutOut.ApproveAsync(second.Id));
        foreach (var wipe in new[] { first, second, third, fourth })
        {
            var now = await owner.CommandAsync(wipe.Id, Cancel);
            Assert.Equal((DeviceCommandState.Waiting, null), (now.State, now.ApprovedBy));
            await scene.Approver.Client.DeclineCommandAsync(wipe.Id, Cancel);
        }

        scene.Uem.Faults = new FaultScript();

        async Task MeanwhileAsync((Member Who, CommandView Wipe) approval, Func<Task> change, string words)
        {
            var answer = approval.Who.ApproveAsync(approval.Wipe.Id);
            answers.Add((answer, words));
            await TagScene.UntilAsync(() => Task.FromResult(scene.Uem.FaultHits[0]), hits => hits == answers.Count);
            await change();
            Assert.False(answer.IsCompleted, "The UEM answered before anything had changed.");
        }
    }

    [Fact]
    public async Task Who_confirmed_the_others_link_to_a_UEM_account_is_no_other()
    {
        var confirmer = await scene.MemberAsync(Role.Owner);
        var linked = await scene.MemberAsync(Role.Owner, linked: false);
        var request = await AskForLinkAsync(linked);
        await confirmer.Client.ConfirmLinkAsync(scene.Integration, request, Cancel);
        var (mine, theirs) = (await confirmer.RequestAsync(scene.Take()), await linked.RequestAsync(scene.Take()));

        foreach (var (who, wipe) in new[] { (linked, mine), (confirmer, theirs) })
        {
            var refused = await CommandScene.RefusedAsync(403, () => who.ApproveAsync(wipe.Id));
            Assert.Contains("confirmed their link", refused.Detail, StringComparison.Ordinal);
            await scene.Approver.Client.DeclineCommandAsync(wipe.Id, Cancel);
        }
    }

    /// <summary>As if somebody had come back from the provider, which vouched for their address.</summary>
    private async Task<Guid> AskForLinkAsync(Member member)
    {
        var account = scene.Uem.Access.AddAccount(
            member.Colleague.Name,
            "secret",
            SeededRoles.ConsoleAdministrator,
            scene.Uem.OrganizationGroup.Index
        );
        var (issuer, now) = ("https://provider.example", scene.Clock.GetUtcNow());
        var request = new LinkRequestRow
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = scene.Integration,
            PersonId = member.Id,
            AdminUuid = account.Uuid,
            UserName = account.Name,
            Issuer = issuer,
            Subject = member.Colleague.Name,
            AskedAt = now,
            ExpiresAt = now.AddDays(1),
        };
        await using var db = scene.Picket.OpenDatabase();
        db.PersonLogins.Add(
            new()
            {
                UserId = member.Id,
                LoginProvider = issuer,
                ProviderKey = member.Colleague.Name,
            }
        );
        db.LinkRequests.Add(request);
        await db.SaveChangesAsync(Cancel);
        return request.Id;
    }
}
