using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Response;
using Picket.Core.Risk;
using Picket.Server.Integrations;
using Picket.Server.Inventory;
using Picket.Server.Response;
using Picket.Server.Tests.Storage;
using Picket.Server.Tests.Sync;
using Picket.WorkspaceOne;
using Picket.WorkspaceOne.Emulator;
using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Faults;
using Picket.WorkspaceOne.Emulator.Tags;

namespace Picket.Server.Tests.Policy;

/// <summary>Policies for a smart group and for a tag, from the UEM to the verdict.</summary>
public sealed class MembershipTests(TestPostgres postgres)
{
    private const string SmartGroupCalls = "GET mdm/smartgroups/{id}/devices";
    private const string TagCalls = "GET mdm/tags/{id}/devices";
    private const string Missing = "app.required-missing";

    private const string ForBoth = """
        version: 1
        policies:
          - name: Early
            group: "*"
            when: {smartGroup: [EARLY DEVICES]}
            apps: {required: [{id: com.example.early}]}
          - name: Lent
            group: "*"
            when: {tag: [lent]}
            apps: {required: [{id: com.example.lent}]}
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Who_is_in_them_is_read_soon_after_applying_and_judged_by_until_the_device_leaves(
        DatabaseKind kind
    )
    {
        await using var scene = await SyncScene.StartAsync(
            settings: kind is DatabaseKind.Sqlite
                ? null
                : new() { ["Storage:Postgres"] = await postgres.NewDatabaseAsync(Cancel) }
        );
        var uem = await FleetAsync(scene);
        Assert.Equal(0, Calls(scene, SmartGroupCalls) + Calls(scene, TagCalls));
        string[] unread =
        [
            "Members of the smart group EARLY DEVICES are not read yet, so it is open for which devices it holds. They are "
                + "read with the next sync after applying.",
            "Which devices carry the tag lent is not read yet, so it is open for which it holds. It is read with the next "
                + "sync after applying.",
        ];

        var tried = await scene.Picket.Client.WhatIfAsync(new WhatIfWish { Policy = ForBoth, Days = 0 }, Cancel);
        Assert.Equal(unread, tried.Notes);
        Assert.Equal(unread, await ApplyAsync(scene, ForBoth));
        await NewestRunAsync(scene);

        Assert.Equal((1, 1), (Calls(scene, SmartGroupCalls), Calls(scene, TagCalls)));
        Assert.Equal(uem.Early.Order(), await JudgedByAsync(scene, "com.example.early"));
        Assert.Equal([uem.Lent], await JudgedByAsync(scene, "com.example.lent"));
        var lent = await IdAsync(scene, uem.Lent);
        var file = await scene.Picket.Client.EvidenceAsync(lent, Cancel);
        var again = await scene.Picket.Client.CheckEvidenceAsync(file, Cancel);
        Assert.True(again.Same, string.Join('\n', again.Differences));
        Assert.Contains(file.Findings, finding => finding.Kind == Missing);
        Assert.Empty(await ApplyAsync(scene, ForBoth + "# read by now\n"));

        await uem.Client.UserGroups.RemoveMemberAsync(uem.UserGroup, uem.People[1].User, Cancel);
        scene.Uem.Tags.Detach(uem.Tag, scene.Uem.Fleet.All.Single(device => device.Id == uem.Lent));
        var run = await scene.RunAsync(RunKind.Incremental);
        await scene.JudgedAsync();

        Assert.True(run.State == RunState.Completed, string.Join('\n', run.IncompleteReasons));
        Assert.Equal(uem.People[0].Devices.Order(), await JudgedByAsync(scene, "com.example.early"));
        Assert.Empty(await JudgedByAsync(scene, "com.example.lent"));
        Assert.Equal(
            [("Early", false), ("Lent", false)],
            (await scene.Picket.Client.DevicePolicyAsync(lent, Cancel))
                .Steps.OrderBy(step => step.Name)
                .Select(step => (step.Name, step.Holds ?? true))
        );
    }

    [Fact]
    public async Task What_cannot_be_read_or_is_in_doubt_stays_as_it_was_and_the_run_says_so()
    {
        await using var scene = await SyncScene.StartAsync(settings: new() { ["Uem:MaxRetries"] = "0" });
        var uem = await FleetAsync(scene);
        await ApplyAsync(scene, ForBoth);
        await NewestRunAsync(scene);
        var known = await JudgedByAsync(scene, "com.example.early");
        scene.Uem.Tags.Attach(uem.Tag, scene.Uem.Fleet.All.Single(device => device.Id == uem.People[3].Devices[0]));

        scene.Uem.Faults = FaultScript.Of(
            new FaultRule { Path = $"smartgroups/{uem.SmartGroup}/devices", Action = FaultAction.Status }
        );
        var failed = await scene.RunAsync(RunKind.Incremental);
        await scene.JudgedAsync();
        Assert.Contains(
            "\"Early devices\" were not read; those known before stay.",
            Assert.Single(failed.IncompleteReasons)
        );
        Assert.Equal(known, await JudgedByAsync(scene, "com.example.early"));
        Assert.Equal(
            new[] { uem.Lent, uem.People[3].Devices[0] }.Order(),
            await JudgedByAsync(scene, "com.example.lent")
        );

        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = $"smartgroups/{uem.SmartGroup}/devices",
                Action = FaultAction.Nothing,
                Times = 1,
            }
        );
        var doubted = await scene.RunAsync(RunKind.Incremental);
        await scene.JudgedAsync();
        Assert.Contains("a second reading said otherwise", Assert.Single(doubted.IncompleteReasons));
        Assert.Equal(known, await JudgedByAsync(scene, "com.example.early"));

        var role = scene.Uem.Access.Account(scene.Uem.Credentials.Account).Role;
        role.Revoke(new(Rows.Tags, RightMode.Read));
        var refused = await scene.RunAsync(RunKind.Incremental);
        await scene.JudgedAsync();
        Assert.Contains("Grant \"Settings > Tags\" (Read)", Assert.Single(refused.IncompleteReasons));
        Assert.Equal(2, (await JudgedByAsync(scene, "com.example.lent")).Count);
    }

    [Fact]
    public async Task Without_the_right_to_read_tags_it_is_not_known_who_carries_one()
    {
        await using var scene = await SyncScene.StartAsync(new() { Devices = 60, Role = SeededRoles.Minimum });
        await scene.RunAsync();
        await scene.JudgedAsync();
        var device = (await scene.DevicesAsync()).First(row => row.AppsState == DetailState.Known);

        Assert.Equal(
            [
                "No smart group is called EARLY DEVICES.",
                "No tag is called lent. Tags of an integration's own organization " + "group are read.",
            ],
            await ApplyAsync(scene, ForBoth)
        );
        var run = await scene.RunAsync();
        await scene.JudgedAsync();

        Assert.Contains("Settings > Tags", Assert.Single(run.IncompleteReasons));
        var steps = (await scene.Picket.Client.DevicePolicyAsync(device.Id, Cancel)).Steps;
        Assert.Equal(
            (false, "The device is in none of the smart groups: EARLY DEVICES."),
            steps.Where(step => step.Name == "Early").Select(step => (step.Holds ?? true, step.Why)).Single()
        );
        Assert.Equal(
            (null, "Not known yet: which tags the device carries."),
            steps.Where(step => step.Name == "Lent").Select(step => (step.Holds, step.Why)).Single()
        );
        var view = await scene.Picket.Client.DeviceAsync(device.Id, Cancel);
        Assert.Contains(view.Unknowns, unknown => unknown is { Fact: "Membership", Required: true });
        Assert.NotEqual(RiskLevel.Secure, (await scene.DevicesAsync()).Single(row => row.Id == device.Id).Level);
    }

    [Fact]
    public async Task A_policy_does_not_judge_by_a_tag_that_Picket_sets()
    {
        await using var scene = await SyncScene.StartAsync();
        var uem = await FleetAsync(scene);
        var integration = await scene.IntegrationAsync();
        var own = TagSet.Name(integration.TagPrefix, "High");
        var text = ForBoth.Replace("[lent]", $"['{own}']", StringComparison.Ordinal);

        var plan = await scene.Picket.Client.PlanPolicyAsync(text, false, Cancel);
        var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
            scene.Picket.Client.ApplyPolicyAsync(new ApplyPolicy(text, plan.BasedOn), Cancel)
        );
        Assert.Contains("a tag that Picket sets by its verdicts", Assert.Single(plan.Mistakes).Message);
        Assert.Equal(9, Assert.Single(refused.Problem.PolicyMistakes!).Line);

        // One that was somebody's when the policy was applied, and that Picket was told to own since.
        await ApplyAsync(scene, ForBoth);
        await NewestRunAsync(scene);
        await using (var db = scene.Picket.OpenDatabase())
        {
            db.OwnedTags.Add(
                new OwnedTagRow
                {
                    Id = Guid.CreateVersion7(),
                    IntegrationId = integration.Id,
                    Uem = integration.Address,
                    OrganizationGroupId = integration.OrganizationGroupId,
                    RemoteId = uem.Tag.Id,
                    Name = uem.Tag.Name,
                }
            );
            await db.SaveChangesAsync(Cancel);
        }

        var run = await scene.RunAsync(RunKind.Incremental);
        await scene.JudgedAsync();
        Assert.Contains("Name another tag in the policy", Assert.Single(run.IncompleteReasons));
        var device = await IdAsync(scene, uem.Lent);
        var lent = (await scene.Picket.Client.DevicePolicyAsync(device, Cancel)).Steps.Single(each =>
            each.Name == "Lent"
        );
        Assert.Null(lent.Holds);
        Assert.Equal([uem.Lent], await JudgedByAsync(scene, "com.example.lent")); // What is not known clears nothing.
    }

    [Fact]
    public async Task A_device_that_came_after_the_reading_is_open_until_the_next()
    {
        await using var scene = await SyncScene.StartAsync();
        await FleetAsync(scene);
        await ApplyAsync(scene, ForBoth);
        await NewestRunAsync(scene);
        var other = (await scene.DevicesAsync()).First(row => row.AppsState == DetailState.Known).Id;
        await using var db = scene.Picket.OpenDatabase();
        var now = TimeProvider.System.GetUtcNow();
        await db
            .Devices.Where(row => row.Id == other)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.FirstSeenAt, now), Cancel);
        var before = await scene.Picket.Client.DevicePolicyAsync(other, Cancel);

        await scene.RunAsync(RunKind.Incremental);
        await scene.JudgedAsync();
        var after = await scene.Picket.Client.DevicePolicyAsync(other, Cancel);

        Assert.All(before.Steps, step => Assert.NotEqual(false, step.Holds));
        Assert.Contains(before.Steps, step => step.Holds is null);
        Assert.DoesNotContain(after.Steps, step => step.Holds is null);
        Assert.True((await scene.DevicesAsync()).Single(row => row.Id == other).JudgedAt > now);
    }

    [Fact]
    public async Task What_no_policy_names_any_more_and_what_an_integration_had_is_not_kept()
    {
        await using var scene = await SyncScene.StartAsync();
        await FleetAsync(scene);
        await ApplyAsync(scene, ForBoth);
        await NewestRunAsync(scene);
        await using var db = scene.Picket.OpenDatabase();
        Assert.Equal(2, await db.MembershipReadings.CountAsync(Cancel));

        await ApplyAsync(
            scene,
            "version: 1\npolicies:\n" + ForBoth[ForBoth.IndexOf("  - name: Lent", StringComparison.Ordinal)..]
        );
        await scene.RunAsync(RunKind.Incremental);
        Assert.Equal(1, await db.MembershipReadings.CountAsync(Cancel));
        Assert.Equal(1, await db.DeviceMemberships.CountAsync(Cancel));

        await scene.Picket.Service<InventoryRemoval>().RemoveAsync(scene.Integration, Cancel);
        Assert.Equal(0, await db.MembershipReadings.CountAsync(Cancel));
        Assert.Equal(0, await db.DeviceMemberships.CountAsync(Cancel));
    }

    /// <summary>A smart group of two people's devices, and a tag on another device, all read into the inventory.</summary>
    private static async Task<Uem> FleetAsync(SyncScene scene)
    {
        scene.Uem.Access.Account(scene.Uem.Credentials.Account).Role = scene.Uem.Access.Role("Console Administrator");
        await scene.RunAsync();
        var devices = (await scene.DevicesAsync()).Where(row => row.EnrollmentStatus == "Enrolled").ToList();
        var people = devices
            .Where(row => row.UserName is not null)
            .GroupBy(row => row.UserName!)
            .Where(group => group.All(HasApps))
            .Take(4)
            .Select(group => new Person(
                scene.Uem.Users.Single(user => user.UserName == group.Key).Id,
                [.. group.Select(row => row.RemoteId)]
            ))
            .ToList();
        var client = (await scene.Picket.Service<UemConnections>().OpenAsync(scene.Integration, Cancel)).Client;
        var top = scene.Uem.OrganizationGroup;
        var userGroup = await client.UserGroups.CreateAsync(
            "Early birds",
            organizationGroupId: top.Id,
            cancellationToken: Cancel
        );
        await client.UserGroups.AddMemberAsync(userGroup, people[0].User, Cancel);
        await client.UserGroups.AddMemberAsync(userGroup, people[1].User, Cancel);
        var smartGroup = await client.SmartGroups.CreateOfUserGroupsAsync(
            "Early devices",
            top.Id,
            [(userGroup, "Early birds")],
            Cancel
        );
        var tag = scene.Uem.Tags.Create("Lent", top.Index);
        var lent = people[2].Devices[0];
        scene.Uem.Tags.Attach(tag, scene.Uem.Fleet.All.Single(device => device.Id == lent));
        await scene.RunAsync();
        await scene.JudgedAsync();
        return new Uem(client, userGroup, (int)smartGroup.Id!.Value, tag, people, lent);
    }

    /// <summary>Of which a missing app is seen.</summary>
    private static bool HasApps(DeviceRow row) => row is { AppsState: DetailState.Known, Ownership: "C" };

    private static async Task<IReadOnlyList<string>> ApplyAsync(SyncScene scene, string text)
    {
        var plan = await scene.Picket.Client.PlanPolicyAsync(text, false, Cancel);
        Assert.True(plan.Mistakes.Count == 0, string.Join('\n', plan.Mistakes));
        await scene.Picket.Client.ApplyPolicyAsync(new ApplyPolicy(text, plan.BasedOn), Cancel);
        return plan.Notes;
    }

    private static async Task NewestRunAsync(SyncScene scene)
    {
        var newest = await scene.Picket.Client.Runs().FirstAsync(Cancel);
        Assert.Equal(RunKind.Incremental, newest.Kind);
        var ended = await scene.EndAsync(newest.Id);
        Assert.True(ended.State == RunState.Completed, string.Join('\n', ended.IncompleteReasons));
        await scene.JudgedAsync();
    }

    private static long Calls(SyncScene scene, string route) => scene.Uem.RequestLog.Count(route);

    /// <summary>UEM ids of the devices that the policy which requires an app holds for.</summary>
    private static async Task<IReadOnlyList<int>> JudgedByAsync(SyncScene scene, string app)
    {
        await using var db = scene.Picket.OpenDatabase();
        return await db
            .Findings.Where(row => row.Kind == Missing && row.ClearedAt == null && row.Key.Contains(app))
            .Join(db.Devices, finding => finding.DeviceId, device => device.Id, (_, device) => device.RemoteId)
            .Order()
            .ToListAsync(Cancel);
    }

    private static async Task<Guid> IdAsync(SyncScene scene, int remoteId) =>
        (await scene.DevicesAsync()).Single(row => row.RemoteId == remoteId).Id;

    private sealed record Person(int User, IReadOnlyList<int> Devices);

    private sealed record Uem(
        WorkspaceOneClient Client,
        int UserGroup,
        int SmartGroup,
        Tag Tag,
        IReadOnlyList<Person> People,
        int Lent
    )
    {
        public IReadOnlyList<int> Early { get; } = [.. People.Take(2).SelectMany(person => person.Devices)];
    }
}
