using System.Text.Json.Nodes;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Tests.Response;
using Picket.Server.Tests.Storage;
using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Faults;
using Picket.WorkspaceOne.Emulator.Tags;

namespace Picket.Server.Tests.Drift;

/// <summary>Somebody changes smart groups that name Picket's tags: seen by a second look, told, and put back by a word.</summary>
public sealed class ReferenceStoryTests(TestPostgres postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_smart_group_that_lost_a_tag_gets_it_back_by_a_word_and_all_else_stays_as_it_was(string kind)
    {
        await using var scene = await StartAsync(kind);
        using var admin = new AdministratorOfUem(scene.Uem);
        var (tag, other) = (Tag(scene, "Secure"), scene.Uem.Tags.Create("Loaner", 0));
        var group = await admin.MakeGroupAsync("Cleared phones", other.Id, tag.Id);
        var was = await admin.ReadGroupAsync(group);

        var seen = await LookAsync(scene);
        var named = Assert.Single(seen.Named);
        Assert.Equal(
            ("Cleared phones", tag.Name, seen.SmartGroups, null),
            (named.SmartGroup, named.Tag, seen.Read, named.MissedAt)
        );

        await admin.ChooseTagsAsync(group, other.Id);
        Assert.NotNull((await LookAsync(scene)).Named[0].MissedAt);
        Assert.Empty(await scene.Client.Drift().ToListAsync(Cancel));
        await LookAsync(scene);
        var lost = await OneAsync(scene, DriftKind.NotNamed);
        Assert.Equal(
            ("Cleared phones", group, true, true),
            (lost.SmartGroup, lost.SmartGroupId, lost.Asks, lost.MayRepair)
        );
        await OneAsync(scene, DriftKind.Unused);

        var role = scene.Uem.Access.Account(scene.Uem.Credentials.Account).Role!;
        role.Revoke(new Right(Rows.SmartGroups, RightMode.Edit));
        await scene.Client.RepairDriftAsync(lost.Id, Cancel);
        var refused = await UntilAsync(scene, lost.Id, view => view.Trouble is not null);
        Assert.True(refused.Asks);
        Assert.Contains("Smart Groups (Edit)", refused.Trouble, StringComparison.Ordinal);
        Assert.Equal([other.Id], await admin.TagsOfAsync(group));

        role.Grant(new Right(Rows.SmartGroups, RightMode.Edit));
        await scene.Client.RepairDriftAsync(lost.Id, Cancel);
        var repaired = await UntilAsync(scene, lost.Id, view => view.EndedAt is not null);
        Assert.Equal((DriftState.Repaired, null), (repaired.State, repaired.Trouble));
        Assert.True(JsonNode.DeepEquals(was, await admin.ReadGroupAsync(group)));
        var write = Assert.Single(await scene.WritesAsync("NameTag"));
        Assert.Equal(("Cleared phones", LedgerState.Confirmed), (write.Subject, write.State));
        Assert.Empty(await scene.Client.Drift(new() { Lasting = true }).ToListAsync(Cancel));

        await ApplyAsync(scene, "references: repair");
        await admin.ChooseTagsAsync(group);
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Method = "PUT",
                Path = $"smartgroups/{group}",
                Action = FaultAction.LoseAnswer,
                Times = 1,
            }
        );
        await LookAsync(scene);
        await LookAsync(scene);
        var byItself = (await scene.Client.Drift().ToListAsync(Cancel)).First(one => one.Kind == DriftKind.NotNamed);
        Assert.Equal((DriftState.Repaired, false, null), (byItself.State, byItself.Asks, byItself.DecidedBy));
        Assert.Equal([tag.Id], await admin.TagsOfAsync(group));
    }

    [Fact]
    public async Task A_tag_made_anew_takes_its_new_number_into_the_smart_group_and_a_stop_takes_the_word_back()
    {
        await using var scene = await StartAsync("sqlite");
        using var admin = new AdministratorOfUem(scene.Uem);
        var old = Tag(scene, "Secure");
        var group = await admin.MakeGroupAsync("Cleared phones", old.Id);
        await LookAsync(scene);
        scene.Uem.Tags.Delete(old);
        await scene.RunAsync();
        await scene.SettledAsync();
        await LookAsync(scene);
        await LookAsync(scene);
        var stale = await OneAsync(scene, DriftKind.OldNumber);

        await scene.Client.StopWritesAsync("a test", Cancel);
        await scene.Client.RepairDriftAsync(stale.Id, Cancel);
        await scene.Client.StopWritesAsync("a test, once more", Cancel);
        Assert.True((await scene.Client.DriftAsync(stale.Id, Cancel)).Asks);
        await scene.Client.ReleaseWritesAsync(cancellationToken: Cancel);
        await LookAsync(scene);
        Assert.Equal([old.Id], await admin.TagsOfAsync(group));

        await scene.Client.RepairDriftAsync(stale.Id, Cancel);
        await UntilAsync(scene, stale.Id, view => view is { State: DriftState.Repaired, EndedAt: not null });
        Assert.Equal([Tag(scene, "Secure").Id], await admin.TagsOfAsync(group));
    }

    [Fact]
    public async Task A_smart_group_is_gone_when_two_looks_say_so_and_no_failed_listing_and_a_word_ends_it()
    {
        await using var scene = await StartAsync("sqlite");
        using var admin = new AdministratorOfUem(scene.Uem);
        var group = await admin.MakeGroupAsync("Cleared phones", Tag(scene, "Secure").Id);
        await LookAsync(scene);
        await admin.DeleteGroupAsync(group);
        await LookAsync(scene);
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "smartgroups/search",
                Action = FaultAction.Status,
                Status = 403,
            }
        );
        var failed = await LookAsync(scene, failing: true);
        Assert.Contains("Smart Groups", failed.Trouble, StringComparison.Ordinal);
        Assert.Empty(await scene.Client.Drift().ToListAsync(Cancel));

        scene.Uem.Faults = FaultScript.Of();
        await LookAsync(scene);
        var gone = await OneAsync(scene, DriftKind.GroupGone);
        var unused = await OneAsync(scene, DriftKind.Unused);
        Assert.False(gone.MayRepair);
        Assert.True(unused.Count > 0);
        var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
            scene.Client.RepairDriftAsync(gone.Id, Cancel)
        );
        Assert.Equal(409, (int)refused.Status);

        await scene.Client.AcceptDriftAsync(gone.Id, Cancel);
        await scene.Client.AcceptDriftAsync(unused.Id, Cancel);
        Assert.Empty((await LookAsync(scene)).Named);
        Assert.Empty(await scene.Client.Drift(new() { Lasting = true }).ToListAsync(Cancel));
    }

    [Fact]
    public async Task That_less_hangs_on_a_smart_group_is_told_when_two_looks_say_so_and_until_it_is_back()
    {
        await using var scene = await StartAsync("sqlite");
        using var admin = new AdministratorOfUem(scene.Uem);
        var group = await admin.MakeGroupAsync("Cleared phones", Tag(scene, "Secure").Id);
        var app = await admin.AssignAppAsync(group);
        await LookAsync(scene);

        await admin.TakeBackAppAsync(app, group);
        await LookAsync(scene);
        Assert.Empty(await scene.Client.Drift().ToListAsync(Cancel));
        await admin.AssignAppAsync(group);
        await LookAsync(scene); // A count that lagged behind: nothing was taken back.
        await admin.TakeBackAppAsync(app, group);
        await LookAsync(scene);
        Assert.Empty(await scene.Client.Drift().ToListAsync(Cancel));
        await LookAsync(scene);

        var fewer = await OneAsync(scene, DriftKind.FewerAssignments);
        Assert.Equal(("Cleared phones", 1, 0, true), (fewer.SmartGroup, fewer.Before, fewer.Count, fewer.MayAccept));
        await LookAsync(scene);
        Assert.Equal(fewer.Id, (await OneAsync(scene, DriftKind.FewerAssignments)).Id);
        await admin.AssignAppAsync(group);
        await LookAsync(scene);
        Assert.Equal(DriftState.Gone, (await scene.Client.DriftAsync(fewer.Id, Cancel)).State);
    }

    [Fact]
    public async Task That_compliance_policies_cannot_be_read_keeps_no_smart_group_from_its_tag()
    {
        await using var scene = await StartAsync("sqlite");
        using var admin = new AdministratorOfUem(scene.Uem);
        await ApplyAsync(scene, "references: repair");
        var tag = Tag(scene, "Secure");
        var group = await admin.MakeGroupAsync("Cleared phones", tag.Id);
        var policies = await scene.Client.CompliancePoliciesAsync(scene.Integration, Cancel);
        await scene.Client.WatchPoliciesAsync(scene.Integration, new([policies[0].Id, policies[1].Id]), Cancel);
        await LookAsync(scene);

        // Nor does a repair that cannot go keep a policy from being looked at.
        await admin.ChooseTagsAsync(group);
        scene.Uem.CompliancePolicies.Change(policies[0].Id, new() { IsActive = false });
        await scene.Client.StopWritesAsync("a test", Cancel);
        await LookAsync(scene);
        await LookAsync(scene);
        await OneAsync(scene, DriftKind.PolicyInactive);
        Assert.Empty(await admin.TagsOfAsync(group));
        await scene.Client.ReleaseWritesAsync(cancellationToken: Cancel);

        scene
            .Uem.Access.Account(scene.Uem.Credentials.Account)
            .Role!.Revoke(new Right(Rows.Compliance, RightMode.Read));
        var failed = await LookAsync(scene, failing: true);
        Assert.Contains("Compliance Policy (Read)", failed.Trouble, StringComparison.Ordinal);
        Assert.Equal([tag.Id], await admin.TagsOfAsync(group));
    }

    [Fact]
    public async Task A_watched_compliance_policy_that_does_nothing_about_tags_is_told_until_it_acts_again()
    {
        await using var scene = await StartAsync("sqlite");
        var (client, uem) = (scene.Client, scene.Uem.CompliancePolicies);
        var listed = await client.CompliancePoliciesAsync(scene.Integration, Cancel);
        var (idle, lost) = (listed[0], listed[1]);
        var view = await client.WatchPoliciesAsync(scene.Integration, new([idle.Id, lost.Id]), Cancel);
        Assert.Equal([idle.Id, lost.Id], view.Policies.Select(policy => policy.Id));

        uem.Change(idle.Id, new() { IsActive = false });
        uem.Change(lost.Id, new() { IsDeleted = true });
        await LookAsync(scene);
        Assert.Empty(await client.Drift().ToListAsync(Cancel));
        await LookAsync(scene);
        var inactive = await OneAsync(scene, DriftKind.PolicyInactive);
        var gone = await OneAsync(scene, DriftKind.PolicyGone);
        Assert.Equal((idle.Name, "", false), (inactive.CompliancePolicy, inactive.Tag, inactive.MayRepair));

        await client.AcceptDriftAsync(gone.Id, Cancel);
        uem.Change(idle.Id, new() { Name = "Another", Assigned = 0 });
        await LookAsync(scene);
        await LookAsync(scene);
        Assert.Equal(DriftState.Gone, (await client.DriftAsync(inactive.Id, Cancel)).State);
        var unassigned = await OneAsync(scene, DriftKind.PolicyUnassigned);
        Assert.Null((await client.AcceptDriftAsync(unassigned.Id, Cancel)).EndedAt);

        uem.Change(idle.Id, new() { Name = "Another" });
        await LookAsync(scene);
        await LookAsync(scene);
        var renamed = await OneAsync(scene, DriftKind.PolicyRenamed);
        Assert.Equal("Another", renamed.NewName);
        await client.AcceptDriftAsync(renamed.Id, Cancel);
        Assert.Equal(["Another"], (await LookAsync(scene)).Policies.Select(policy => policy.Name));
        Assert.Empty(await client.Drift(new() { Lasting = true }).ToListAsync(Cancel));

        var role = scene.Uem.Access.Account(scene.Uem.Credentials.Account).Role!;
        role.Revoke(new Right(Rows.Compliance, RightMode.Read));
        var failed = await LookAsync(scene, failing: true);
        Assert.Contains("Compliance Policy (Read)", failed.Trouble, StringComparison.Ordinal);
    }

    private async Task<TagScene> StartAsync(string kind)
    {
        Dictionary<string, string?> settings =
            kind == "postgres" ? new() { ["Storage:Postgres"] = await postgres.NewDatabaseAsync(Cancel) } : [];
        var scene = await TagScene.StartAsync(settings: settings, integration: row => row.TagBrakePercent = 100);
        scene.Uem.Access.Account(scene.Uem.Credentials.Account).Role = scene.Uem.Access.Role("Console Administrator");
        await scene.AcceptAsync();
        return scene;
    }

    private static Tag Tag(TagScene scene, string level) =>
        scene.Uem.Tags.All.Single(tag => tag.Name == $"{TagScene.Prefix}{level}");

    private static async Task<TagReferencesView> LookAsync(TagScene scene, bool failing = false)
    {
        var before = await scene.Client.TagReferencesAsync(scene.Integration, Cancel);
        var asked = await scene.Client.ReadTagReferencesAsync(scene.Integration, Cancel);
        return await TagScene.UntilAsync(
            () => scene.Client.TagReferencesAsync(scene.Integration, Cancel),
            view => view.NextAt > asked.NextAt && (failing ? view.Trouble is not null : view.ReadAt != before.ReadAt)
        );
    }

    private static async Task<DriftView> OneAsync(TagScene scene, DriftKind kind)
    {
        var lasting = await scene.Client.Drift(new() { Lasting = true }).ToListAsync(Cancel);
        return Assert.Single(lasting, one => one.Kind == kind);
    }

    private static Task<DriftView> UntilAsync(TagScene scene, Guid drift, Func<DriftView, bool> reached) =>
        TagScene.UntilAsync(() => scene.Client.DriftAsync(drift, Cancel), reached);

    private static async Task ApplyAsync(TagScene scene, string drift)
    {
        var text = $"version: 1\ndrift: {{{drift}}}\npolicies: []\n";
        var plan = await scene.Client.PlanPolicyAsync(text, cancellationToken: Cancel);
        await scene.Client.ApplyPolicyAsync(new ApplyPolicy(text, plan.BasedOn, "a test"), Cancel);
    }
}
