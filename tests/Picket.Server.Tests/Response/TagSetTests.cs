using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Inventory;
using Picket.Server.Tests.Storage;
using Picket.WorkspaceOne.Emulator.Tags;

namespace Picket.Server.Tests.Response;

/// <summary>Tags of several purposes, named by the policy. The UEM's own truth decides.</summary>
public sealed class TagSetTests(TestPostgres postgres)
{
    private const string Quarantine = "Acme Quarantine";
    private const string Watch = "Acme Watch";
    private const string Trusted = "Acme Trusted";

    private const string Sets = """
        tags:
          - set: Access
            tags:
              - {tag: Acme Quarantine, level: [high, critical]}
              - {tag: Acme Watch, finding: [device.no-passcode, os.outdated]}
          - set: Trust
            tags:
              - {tag: Acme Trusted, level: [secure]}

        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Each_device_carries_one_tag_of_each_set_that_its_verdict_asks_for(string kind)
    {
        await using var scene = await StartAsync(kind);
        var foreign = Foreign(scene);

        var plan = await ApplyAsync(scene, Sets);
        var wanted = await WantedAsync(scene);
        Assert.All([Quarantine, Watch, Trusted], tag => Assert.Contains(wanted, line => line.EndsWith(tag)));
        Assert.Equal(
            [.. new[] { Quarantine, Watch, Trusted }.Select(tag => (0, wanted.Count(line => line.EndsWith(tag))))],
            plan.Tags.Select(tag => (tag.Before, tag.After))
        );

        var preview = await scene.PreviewAsync();
        Assert.Equal([Quarantine, Watch, Trusted], preview.TagsToCreate.Where(IsOfSets));
        Assert.Equal(wanted.Count, preview.PerTag.Where(line => line.Set is not null).Sum(line => line.Adds));
        Assert.Equal((await scene.WantedAsync()).Union(wanted).Select(Number).Distinct().Count(), preview.Changed);
        var run = await scene.EndAsync(await scene.Client.AcceptTagsAsync(scene.Integration, preview.Id, Cancel));

        Assert.True(run.State == RunState.Completed, string.Join("\n", run.IncompleteReasons));
        Assert.Equal(wanted, Actual(scene));
        Assert.Equal(await scene.WantedAsync(), scene.Actual());
        Assert.Equal(wanted.Concat(scene.Actual()).Order(StringComparer.Ordinal), await scene.ConfirmedAsync());
        Assert.Equal(await scene.ConfirmedAsync(), await scene.LedgerAsync());
        Assert.Equal(foreign, Foreign(scene));

        // A secure device is broken into: the verdict moves it in both sets, with one run.
        var device = await DeviceAsync(scene, RiskLevel.Secure);
        Assert.Contains($"{device.RemoteId} {Trusted}", Actual(scene));
        scene.Uem.Fleet.Change(device.RemoteId, had => had with { Compromised = true });
        await scene.ReadAsync(device.Id);
        await SettledAsync(scene);
        Assert.Equal([$"{device.RemoteId} {Quarantine}"], Of(scene, device));
        await ShownAsync(scene, device);

        // Better again: what was put on is taken back, and the ledger says so.
        scene.Uem.Fleet.Change(device.RemoteId, had => had with { Compromised = false });
        await scene.ReadAsync(device.Id);
        await SettledAsync(scene);
        Assert.Equal([$"{device.RemoteId} {Trusted}"], Of(scene, device));
        Assert.Equal(await scene.ConfirmedAsync(), await scene.LedgerAsync());

        // A set that leaves the policy, and a tag of another name in one that stays.
        await ApplyAsync(
            scene,
            "tags: [{set: Access, tags: [{tag: Acme Locked, level: [high, critical]}]}]\n",
            comment: "Trust is gone"
        );
        var held = await scene.NewestAsync(run => run.State == RunState.Held);
        Assert.NotNull(held.FirstUnderPolicy);
        await scene.Client.ApproveTagsAsync(held.Id, Cancel);
        await SettledAsync(scene);
        Assert.NotEmpty(Actual(scene));
        Assert.All(Actual(scene), line => Assert.EndsWith("Acme Locked", line));
        var writes = await scene.WritesAsync();
        Assert.True(
            writes.Where(write => write is { Kind: "AddTag", Subject: "Acme Locked" }).Max(write => write.SentAt)
                < writes.Where(write => write is { Kind: "RemoveTag", Subject: Quarantine }).Max(write => write.SentAt)
        );
        Assert.Equal(foreign, Foreign(scene));

        var end = await scene.EndAsync(await scene.Client.CleanUpTagsAsync(scene.Integration, Cancel));
        Assert.True(end.State == RunState.Completed, string.Join("\n", end.IncompleteReasons));
        Assert.Empty(Actual(scene));
        Assert.Empty(scene.Actual());
        Assert.Equal(foreign, Foreign(scene));
    }

    [Fact]
    public async Task What_is_excepted_or_in_grace_has_no_weight_for_a_tag_either()
    {
        await using var scene = await StartAsync("sqlite");
        await ApplyAsync(scene, Sets);
        var before = await WantedAsync(scene);
        await ApplyAsync(
            scene,
            """
                levels: {device.no-passcode: medium}
                grace: {os.outdated: 30d}
            exceptions:
              - {name: x, finding: device.no-passcode, everywhere: true, owner: a, reason: b, ends: ENDS}

            """.Replace("ENDS", $"{TimeProvider.System.GetUtcNow().AddDays(30):yyyy-MM-dd}", StringComparison.Ordinal)
                + Sets
        );
        Assert.Contains(before, line => line.EndsWith(Watch));

        Assert.DoesNotContain(await WantedAsync(scene), line => line.EndsWith(Watch));
        await scene.AcceptAsync();

        Assert.Equal(await WantedAsync(scene), Actual(scene));
    }

    [Fact]
    public async Task A_tag_that_somebody_else_made_is_left_alone_until_an_administrator_says_otherwise()
    {
        await using var scene = await StartAsync("sqlite");
        var tag = scene.Uem.Tags.Create("ACME watch", scene.Uem.OrganizationGroup.Index);
        var carrier = scene.Uem.Fleet.ById((await DeviceAsync(scene, RiskLevel.Secure)).RemoteId)!;
        scene.Uem.Tags.Attach(tag, carrier);
        await scene.ReadAsync();

        var plan = await ApplyAsync(scene, Sets);

        Assert.Contains(plan.Notes, note => note.Contains("ACME watch", StringComparison.Ordinal));
        var preview = await scene.PreviewAsync();
        Assert.Equal(["ACME watch"], preview.ForeignTags);
        var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
            scene.Client.AcceptTagsAsync(scene.Integration, preview.Id, Cancel)
        );
        Assert.Contains("another name in the policy", refused.Problem.Detail, StringComparison.Ordinal);
        Assert.Contains(carrier.Id, scene.Carriers(tag));
        var tagging = await scene.Client.TaggingAsync(scene.Integration, Cancel);
        Assert.Equal(TagState.Foreign, tagging.Sets.Single(own => own.Name == Watch).State);

        var adopted = await scene.Client.AdoptTagAsync(scene.Integration, "acme WATCH", Cancel);
        var run = await scene.AcceptAsync();

        Assert.Equal(TagState.Adopted, adopted.Sets.Single(own => own.Name == Watch).State);
        Assert.True(run.State == RunState.Completed, string.Join("\n", run.IncompleteReasons));
        Assert.DoesNotContain(carrier.Id, scene.Carriers(tag));
        Assert.Equal(await WantedAsync(scene), Actual(scene));
    }

    [Fact]
    public async Task No_tag_has_two_purposes_and_no_policy_goes_by_its_own_tags()
    {
        await using var scene = await StartAsync("sqlite");
        await ApplyAsync(scene, Sets);

        var circle = await scene.Client.PlanPolicyAsync(
            Document("    when: {tag: [acme trusted]}\n"),
            checkOnly: true,
            Cancel
        );
        var level = await scene.Client.PlanPolicyAsync(
            Document("tags: [{set: A, tags: [{tag: 'PICKET: high', level: [high]}]}]\n"),
            checkOnly: true,
            Cancel
        );
        await ApplyAsync(scene, "tags: [{set: A, tags: [{tag: 'Risk: High', level: [high]}]}]\n");
        var prefix = await Assert.ThrowsAsync<PicketApiException>(() =>
            scene.ChangeAsync(new ChangeIntegration { TagPrefix = "risk: " })
        );

        Assert.Contains("a tag that Picket sets", Assert.Single(circle.Mistakes).Message, StringComparison.Ordinal);
        Assert.Contains("is the tag of a level", Assert.Single(level.Mistakes).Message, StringComparison.Ordinal);
        Assert.Contains("\"Risk: High\"", prefix.Problem.Detail, StringComparison.Ordinal);
    }

    private async Task<TagScene> StartAsync(string kind) =>
        await TagScene.StartAsync(
            settings: kind == "postgres"
                ? new() { ["Storage:Postgres"] = await postgres.NewDatabaseAsync(Cancel) }
                : [],
            integration: row => row.TagBrakePercent = 100
        );

    /// <summary>The device's page and the lists say why, and how many.</summary>
    private static async Task ShownAsync(TagScene scene, DeviceRow device)
    {
        var view = await scene.Client.DeviceTagsAsync(device.Id, Cancel);
        var shown = view.Tags.Single(tag => tag.Name == Quarantine);
        Assert.Equal((true, "Access", "Critical"), (shown.Wanted, shown.Set, shown.Cause));
        Assert.NotNull(shown.ConfirmedAt);
        Assert.Equal([TagScene.Prefix + "Critical", Quarantine], view.Tags.Select(tag => tag.Name));

        var carried = Actual(scene).Count(line => line.EndsWith(Quarantine));
        var tagging = await scene.Client.TaggingAsync(scene.Integration, Cancel);
        var listed = await scene.Client.Devices(new DeviceFilter { Tag = Quarantine }).ToListAsync(Cancel);
        var policy = await scene.Client.PolicyAsync(Cancel);
        Assert.Equal(carried, tagging.Sets.Single(tag => tag.Name == Quarantine).Devices);
        Assert.Equal(carried, listed.Count);
        Assert.Equal(
            ("Access", "level high or critical", carried),
            policy.Tags.Where(tag => tag.Tag == Quarantine).Select(tag => (tag.Set, tag.Rule, tag.Devices)).Single()
        );
    }

    private static async Task<PolicyPlan> ApplyAsync(TagScene scene, string parts, string? comment = null)
    {
        var text = Document(parts);
        var plan = await scene.Client.PlanPolicyAsync(text, cancellationToken: Cancel);
        Assert.Empty(plan.Mistakes);
        await scene.Client.ApplyPolicyAsync(new ApplyPolicy(text, plan.BasedOn, comment), Cancel);
        await JudgedAsync(scene);
        return plan;
    }

    private static string Document(string parts) =>
        $"version: 1\npolicies:\n  - name: Everyone\n    group: '*'\n{parts}";

    private static async Task JudgedAsync(TagScene scene)
    {
        await using var db = scene.Picket.OpenDatabase();
        await TagScene.UntilAsync(() => db.Devices.CountAsync(row => row.JudgingDue, Cancel), left => left == 0);
    }

    /// <summary>Until the UEM is as the verdicts of now want it, in all sets.</summary>
    private static async Task SettledAsync(TagScene scene)
    {
        await TagScene.UntilAsync(
            async () => (Wanted: await WantedAsync(scene), Actual: Actual(scene)),
            now => now.Wanted.SequenceEqual(now.Actual)
        );
        await scene.SettledAsync();
    }

    /// <summary>By the story's own reading of levels and findings, as the documents here say it.</summary>
    private static async Task<List<string>> WantedAsync(TagScene scene)
    {
        await using var db = scene.Picket.OpenDatabase();
        var named = await db.PolicyTags.Select(tag => tag.Name).ToListAsync(Cancel);
        var weighing = await db
            .Findings.Where(row => row.ClearedAt == null && row.Standing == FindingStanding.Counts)
            .Where(row => row.Kind == "device.no-passcode" || row.Kind == "os.outdated")
            .Select(row => row.DeviceId)
            .ToHashSetAsync(Cancel);
        var lines = new List<string>();
        foreach (var device in (await scene.DevicesAsync()).Where(row => row.GoneAt is null))
        {
            var access =
                device.Level is RiskLevel.High or RiskLevel.Critical
                    ? named.Find(tag => tag is Quarantine or "Acme Locked")
                : weighing.Contains(device.Id) ? Watch
                : null;
            var trust = device.Level is RiskLevel.Secure ? Trusted : null;
            lines.AddRange(
                new[] { access, trust }
                    .Where(tag => tag is not null && named.Contains(tag))
                    .Select(tag => $"{device.RemoteId} {tag}")
            );
        }

        return [.. lines.Order(StringComparer.Ordinal)];
    }

    private static List<string> Of(TagScene scene, DeviceRow device) =>
        Actual(scene).FindAll(line => Number(line) == $"{device.RemoteId}");

    /// <summary>Tags of the sets as the UEM has them, by the names that the documents here have.</summary>
    private static List<string> Actual(TagScene scene) =>
        [
            .. scene
                .Uem.Tags.All.Where(tag => IsOfSets(tag.Name))
                .SelectMany(tag => scene.Carriers(tag).Select(device => $"{device} {Named(tag)}"))
                .Order(StringComparer.Ordinal),
        ];

    private static string Named(Tag tag) =>
        tag.Name.Equals(Watch, StringComparison.OrdinalIgnoreCase) ? Watch : tag.Name;

    private static bool IsOfSets(string name) => name.StartsWith("Acme ", StringComparison.OrdinalIgnoreCase);

    private static string Number(string line) => line.Split(' ')[0];

    private static List<string> Foreign(TagScene scene) =>
        [
            .. scene
                .Uem.Tags.All.Where(tag =>
                    !IsOfSets(tag.Name) && !tag.Name.StartsWith(TagScene.Prefix, StringComparison.Ordinal)
                )
                .SelectMany(tag => scene.Carriers(tag).Select(device => $"{device} {tag.Name}"))
                .Order(StringComparer.Ordinal),
        ];

    private static async Task<DeviceRow> DeviceAsync(TagScene scene, RiskLevel level) =>
        (await scene.DevicesAsync()).First(row => row.Level == level);
}
