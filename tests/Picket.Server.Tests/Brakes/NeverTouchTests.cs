using System.Net;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Core.Risk;
using Picket.Server.Inventory;
using Picket.Server.Tests.Deployment;
using Picket.Server.Tests.People;
using Picket.Server.Tests.Response;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Brakes;

/// <summary>Devices on the list are left as they are; the UEM's own tags and messages decide.</summary>
public sealed class NeverTouchTests
{
    private const string Why = "Member of the board.";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_device_on_the_list_gets_no_tag_and_all_others_do()
    {
        await using var scene = await TagScene.StartAsync();
        var never = (await scene.DevicesAsync()).First(row => row.Level is RiskLevel.Secure);
        var entry = await AddAsync(scene, NeverTouchKind.Device, never.SerialNumber!);
        Assert.Equal((never.SerialNumber, Why, false), (entry.Value, entry.Reason, entry.Ended));

        var preview = await scene.PreviewAsync();

        var wanted = (await scene.WantedAsync()).Where(line => !Names(line, never)).ToList();
        Assert.Equal((1, 0, wanted.Count), (preview.NeverTouched, preview.NeverTouchedInDoubt, preview.Adds));
        var left = await scene
            .Client.TagDifferences(scene.Integration, new TagDifferenceFilter { NeverTouched = true })
            .ToListAsync(Cancel);
        Assert.Equal((never.Id, true, false), (left.Single().DeviceId, left[0].NeverTouched, left[0].InDoubt));
        Assert.Equal(RunState.Completed, (await scene.AcceptAsync()).State);
        Assert.Equal(wanted, scene.Actual());
        var differences = await scene.Client.TagDifferences(scene.Integration).ToListAsync(Cancel);
        Assert.Empty(differences);
        var tags = await scene.Client.DeviceTagsAsync(never.Id, Cancel);
        Assert.Equal(
            (entry.Id, Why, true),
            (tags.NeverTouched!.EntryId, tags.NeverTouched.Reason, tags.NeverTouched.IsCertain)
        );
    }

    [Fact]
    public async Task A_device_that_carries_a_tag_keeps_it_through_another_verdict_a_run_under_way_and_cleaning_up()
    {
        await using var scene = await TagScene.StartAsync(integration: row => row.TagBatchSize = 1);
        await scene.AcceptAsync();
        var (never, other) = (await scene.DevicesAsync()).Where(row => row.Level is RiskLevel.Secure).Take(2).ToArray()
            is [var one, var two]
            ? (one, two)
            : throw new InvalidOperationException("The fleet has two that are secure.");
        // By the UEM's number: kept is what stays the device's own.
        var kept = await AddAsync(scene, NeverTouchKind.Device, $"{never.RemoteId}");
        Assert.Equal(never.SerialNumber, kept.Value);

        await scene.JudgeAsync(RiskLevel.High, [never, other]);
        await TagScene.UntilAsync(() => Task.FromResult(TagOf(scene, other)), tag => tag == "High");

        Assert.Equal("Secure", TagOf(scene, never));
        var runs = (await scene.RunsAsync()).Count;
        await Task.Delay(TimeSpan.FromMilliseconds(600), TimeProvider.System, Cancel);
        Assert.Equal(runs, (await scene.RunsAsync()).Count); // What is left as it is starts no run after run.

        var late = (await scene.DevicesAsync())
            .Where(row => row.Level is RiskLevel.Secure or RiskLevel.Low && row.Id != never.Id)
            .Take(2)
            .ToList();
        var carried = LinesOf(scene, late);
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "/adddevices",
                Action = FaultAction.Slow,
                Milliseconds = 1000,
                Times = 1,
            }
        );
        await scene.JudgeAsync(RiskLevel.High, late);
        await TagScene.UntilAsync(() => Task.FromResult(scene.Uem.FaultHits[0]), hits => hits > 0);
        foreach (var device in late)
        {
            await AddAsync(scene, NeverTouchKind.Device, $"{device.Id}");
        }

        await scene.NewestAsync(run => run.State is not (RunState.Queued or RunState.Running));
        // The call that was under way ended; nothing more was put on, and nothing was taken off.
        Assert.Equal(carried.Count + 1, LinesOf(scene, late).Count);
        Assert.Subset(LinesOf(scene, late).ToHashSet(), carried.ToHashSet());

        var left = LinesOf(scene, [never, .. late]);
        await scene.EndAsync(await scene.Client.CleanUpTagsAsync(scene.Integration, Cancel));

        Assert.Equal(left, scene.Actual());
    }

    [Fact]
    public async Task A_device_that_comes_off_the_list_gets_its_tag_by_itself()
    {
        await using var scene = await TagScene.StartAsync();
        var never = (await scene.DevicesAsync()).First(row => row.Level is RiskLevel.Secure);
        var entry = await AddAsync(scene, NeverTouchKind.Device, never.SerialNumber!);
        await scene.AcceptAsync();
        Assert.Null(TagOf(scene, never));

        await scene.Client.RemoveNeverTouchAsync(entry.Id, Cancel);

        await scene.SettledAsync();
        Assert.Equal("Secure", TagOf(scene, never));
        Assert.Equal(404, await StatusAsync(() => scene.Client.RemoveNeverTouchAsync(entry.Id, Cancel)));
    }

    [Fact]
    public async Task An_entry_ends_by_itself()
    {
        await using var scene = await TagScene.StartAsync();
        var never = (await scene.DevicesAsync()).First(row => row.Level is RiskLevel.Secure);
        var ends = TimeProvider.System.GetUtcNow().AddSeconds(4);
        await AddAsync(scene, NeverTouchKind.Device, never.SerialNumber!, ends: ends);
        await scene.AcceptAsync();
        Assert.Null(TagOf(scene, never));

        await scene.SettledAsync();

        Assert.True(TimeProvider.System.GetUtcNow() >= ends);
        Assert.True(Assert.Single(await scene.Client.NeverTouch().ToListAsync(Cancel)).Ended);
        Assert.Null((await scene.Client.DeviceTagsAsync(never.Id, Cancel)).NeverTouched);
    }

    [Fact]
    public async Task A_user_a_user_group_and_an_organization_group_name_all_of_their_devices()
    {
        await using var scene = await TagScene.StartAsync();
        await using var db = scene.Picket.OpenDatabase();
        var devices = await scene.DevicesAsync();
        var owned = devices.First(row =>
            row is { UserName: not null, UserRemoteId: not null, Level: not RiskLevel.Unknown }
        );
        await AddAsync(scene, NeverTouchKind.User, owned.UserName!);
        var byUser = devices.Where(row => row.UserRemoteId is null || row.UserRemoteId == owned.UserRemoteId);

        Assert.Equal(Numbers(byUser), await LeftOutAsync(scene));

        await ClearAsync(scene);
        var group = await db
            .UserGroups.Where(row => db.UserGroupMembers.Any(member => member.UserGroupId == row.Id))
            .OrderBy(row => row.RemoteId)
            .FirstAsync(Cancel);
        var members = await db
            .UserGroupMembers.Where(row => row.UserGroupId == group.Id)
            .Select(row => row.UserName)
            .ToListAsync(Cancel);
        await AddAsync(scene, NeverTouchKind.UserGroup, group.Name!.ToUpperInvariant());
        var byGroup = devices.Where(row =>
            row.UserName is null || members.Contains(row.UserName, StringComparer.OrdinalIgnoreCase)
        );

        Assert.NotEmpty(members);
        Assert.Equal(Numbers(byGroup), await LeftOutAsync(scene));

        await ClearAsync(scene);
        var whole = await db.OrganizationGroups.SingleAsync(
            row => row.RemoteId == scene.Uem.OrganizationGroup.Id,
            Cancel
        );
        await AddAsync(scene, NeverTouchKind.OrganizationGroup, whole.Name!);

        Assert.Equal(Numbers(devices), await LeftOutAsync(scene));
    }

    [Fact]
    public async Task Whoever_may_be_meant_counts_as_meant()
    {
        await using var scene = await TagScene.StartAsync();
        await using var db = scene.Picket.OpenDatabase();
        var group = await db
            .UserGroups.Where(row => row.MemberCount > 0)
            .OrderBy(row => row.RemoteId)
            .FirstAsync(Cancel);
        await AddAsync(scene, NeverTouchKind.UserGroup, group.Name!);
        // As if its members had never been read.
        await db.UserGroupMembers.Where(row => row.UserGroupId == group.Id).ExecuteDeleteAsync(Cancel);

        Assert.Equal(Numbers(await scene.DevicesAsync()), await LeftOutAsync(scene));

        var some = (await scene.DevicesAsync()).First(row => row.Level is not RiskLevel.Unknown);
        Assert.False((await scene.Client.DeviceTagsAsync(some.Id, Cancel)).NeverTouched!.IsCertain);
        var preview = await scene.PreviewAsync();
        Assert.Equal(
            ((await scene.WantedAsync()).Count, preview.NeverTouched),
            (preview.NeverTouched, preview.NeverTouchedInDoubt)
        );

        // As if it had none, and were called otherwise in the UEM since: nobody knows whom the entry means now.
        await db
            .UserGroups.Where(row => row.Id == group.Id)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Name, "Führung").SetProperty(row => row.MemberCount, 0),
                Cancel
            );
        var lost = Assert.Single(await scene.Client.NeverTouch().ToListAsync(Cancel));
        Assert.Equal((true, $"{group.Name} ({group.RemoteId})"), (lost.Lost, Assert.Single(lost.Gone)));
        Assert.Equal(Numbers(await scene.DevicesAsync()), await LeftOutAsync(scene));

        await ClearAsync(scene);
        // Two of one name, of which one goes: that the other still has the name does not end the protection unseen.
        var twin = await db
            .UserGroups.AsNoTracking()
            .OrderBy(row => row.RemoteId)
            .FirstAsync(row => row.Id != group.Id, Cancel);
        await NameAsync(twin.Id, "Führung");
        await AddAsync(scene, NeverTouchKind.UserGroup, "Führung");
        await NameAsync(twin.Id, "Vorstand");
        lost = Assert.Single(await scene.Client.NeverTouch().ToListAsync(Cancel));
        Assert.Equal($"Führung ({twin.RemoteId})", Assert.Single(lost.Gone));
        Assert.Equal(Numbers(await scene.DevicesAsync()), await LeftOutAsync(scene));

        await ClearAsync(scene);
        var anew = await AddAsync(scene, NeverTouchKind.UserGroup, "führung");
        Assert.Equal(("Führung", false), (anew.Value, anew.Lost));
        Assert.Equal(
            Numbers((await scene.DevicesAsync()).Where(row => row.UserName is null)),
            await LeftOutAsync(scene)
        );

        Task NameAsync(Guid id, string name) =>
            db
                .UserGroups.Where(row => row.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Name, name), Cancel);
    }

    [Fact]
    public async Task No_message_goes_to_a_device_on_the_list()
    {
        await using var scene = await NudgeScene.StartAsync();
        var never = scene.Pending[3];
        await scene.Client.AddNeverTouchAsync(
            new NeverTouchDraft
            {
                Kind = NeverTouchKind.Device,
                Value = $"{never}",
                Reason = Why,
                IntegrationId = scene.Scene.Integration,
            },
            Cancel
        );

        var nudge = await scene.NudgedAsync();

        Assert.Equal((9, 1), (nudge.Sent, nudge.Skipped));
        Assert.Contains("never-touch list", nudge.Skips.Single().Reason);
        var skipped = await scene.DevicesAsync(nudge.Id, new NudgeDeviceFilter { State = NudgeDeviceState.Skipped });
        Assert.Equal((never, NudgeSkip.NeverTouched), (skipped.Single().UemId, skipped.Single().Skip));
        Assert.Equal(0, scene.Got()[3]);
    }

    [Fact]
    public async Task What_if_leaves_them_out_of_the_figures_of_tags()
    {
        await using var scene = await TagScene.StartAsync();
        const string Policy = """
            version: 1
            policies:
              - name: Strict
                group: "*"
                levels:
                  device.no-passcode: critical
                  device.not-encrypted: critical
                  device.not-compliant: critical
            """;
        var before = await scene.Client.WhatIfAsync(new WhatIfWish { Policy = Policy }, Cancel);

        await AddAsync(scene, NeverTouchKind.OrganizationGroup, scene.Uem.OrganizationGroup.Name);
        var after = await scene.Client.WhatIfAsync(new WhatIfWish { Policy = Policy }, Cancel);

        Assert.Equal(before.Moves.Sum(move => move.Devices), after.Moves.Sum(move => move.Devices));
        Assert.NotEmpty(before.Tags);
        Assert.Empty(after.Tags);
        Assert.Contains(after.Notes, note => note.Contains("never-touch list"));
    }

    [Fact]
    public async Task Only_administrators_of_the_integration_manage_its_entries_and_of_all_those_of_all()
    {
        await using var scene = await TagScene.StartAsync();
        using var analyst = await Colleague.JoinAsync(scene.Picket, new Grant(Role.Analyst, null));
        using var there = await Colleague.JoinAsync(scene.Picket, new Grant(Role.Administrator, scene.Integration));
        var draft = new NeverTouchDraft
        {
            Kind = NeverTouchKind.Device,
            Value = "SERIAL",
            Reason = Why,
            IntegrationId = scene.Integration,
        };

        Assert.Equal(403, await StatusAsync(() => analyst.Client.AddNeverTouchAsync(draft, Cancel)));
        // Not linked to an administrator of the UEM: law 6.
        Assert.Equal(403, await StatusAsync(() => there.Client.AddNeverTouchAsync(draft, Cancel)));
        Assert.Equal(
            400,
            await StatusAsync(() => there.Client.AddNeverTouchAsync(draft with { IntegrationId = null }, Cancel))
        );
        var own = await scene.Client.AddNeverTouchAsync(draft, Cancel);
        var all = await scene.Client.AddNeverTouchAsync(draft with { IntegrationId = null }, Cancel);
        Assert.Equal(403, await StatusAsync(() => there.Client.RemoveNeverTouchAsync(own.Id, Cancel)));
        Assert.Equal(404, await StatusAsync(() => there.Client.RemoveNeverTouchAsync(all.Id, Cancel)));
        // What holds for all may be about another integration: that it is there is shown, what it says is not.
        var shown = await there.Client.NeverTouch().ToListAsync(Cancel);
        Assert.Equal([(all.Id, true, "", ""), (own.Id, false, "SERIAL", Why)], shown.Select(Told));
        Assert.Equal((all.Id, false, "SERIAL", Why), Told((await scene.Client.NeverTouch().ToListAsync(Cancel))[0]));
        var some = (await scene.DevicesAsync())[0];
        var wide = await scene.Client.AddNeverTouchAsync(
            draft with
            {
                Value = some.SerialNumber!,
                IntegrationId = null,
            },
            Cancel
        );
        var told = (await there.Client.DeviceTagsAsync(some.Id, Cancel)).NeverTouched!;
        Assert.Equal((wide.Id, true, ""), (told.EntryId, told.Hidden, told.Reason));

        // Who holds all of them may still not change one of them in its UEM (law 6).
        using var unlinked = await Colleague.JoinAsync(scene.Picket, new Grant(Role.Administrator, null));
        var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
            unlinked.Client.AddNeverTouchAsync(draft with { IntegrationId = null }, Cancel)
        );
        Assert.Equal(403, (int)refused.Status);
        var name = (await scene.Client.IntegrationAsync(scene.Integration, Cancel)).Name;
        Assert.StartsWith($"At {name}: ", refused.Problem.Detail);
        Assert.Equal(403, await StatusAsync(() => unlinked.Client.RemoveNeverTouchAsync(wide.Id, Cancel)));
        await scene.Client.RemoveNeverTouchAsync(wide.Id, Cancel);
        await scene.Client.RemoveNeverTouchAsync(own.Id, Cancel);
        Assert.Single(await scene.Client.NeverTouch(scene.Integration).ToListAsync(Cancel));
        var audit = await scene.Client.Audit(new AuditFilter { Action = "never-touch.added" }).ToListAsync(Cancel);
        Assert.Equal(3, audit.Count);

        static (Guid, bool, string, string) Told(NeverTouchView entry) =>
            (entry.Id, entry.Hidden, entry.Value, entry.Reason);
    }

    [Fact]
    public async Task A_name_with_a_slip_is_refused_since_it_would_protect_nobody()
    {
        await using var scene = await TagScene.StartAsync();
        foreach (
            var (kind, value) in new[]
            {
                (NeverTouchKind.User, "nobody.there"),
                (NeverTouchKind.UserGroup, "No such group"),
                (NeverTouchKind.OrganizationGroup, "No such group"),
                (NeverTouchKind.OrganizationGroup, "*"),
                (NeverTouchKind.Device, " "),
                (NeverTouchKind.Device, $"{Guid.NewGuid()}"),
            }
        )
        {
            var refused = await Assert.ThrowsAsync<PicketApiException>(() => AddAsync(scene, kind, value));

            Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
            Assert.Equal("value", Assert.Single(refused.Problem.Errors!.Keys));
        }

        Assert.Empty(await scene.Client.NeverTouch().ToListAsync(Cancel));
    }

    private static Task<NeverTouchView> AddAsync(
        TagScene scene,
        NeverTouchKind kind,
        string value,
        DateTimeOffset? ends = null
    ) =>
        scene.Client.AddNeverTouchAsync(
            new NeverTouchDraft
            {
                Kind = kind,
                Value = value,
                Reason = Why,
                IntegrationId = scene.Integration,
                EndsAt = ends,
            },
            Cancel
        );

    private static async Task ClearAsync(TagScene scene)
    {
        foreach (var entry in await scene.Client.NeverTouch().ToListAsync(Cancel))
        {
            await scene.Client.RemoveNeverTouchAsync(entry.Id, Cancel);
        }
    }

    /// <summary>Numbers of the devices that would get a tag and, being on the list, do not.</summary>
    private static async Task<List<int>> LeftOutAsync(TagScene scene)
    {
        var shown = (await scene.Client.TagDifferences(scene.Integration).ToListAsync(Cancel))
            .Select(difference => difference.UemId)
            .ToHashSet();
        var preview = await scene.PreviewAsync();
        var left = (await scene.DevicesAsync())
            .Where(row => row.GoneAt is null && row.Level is not RiskLevel.Unknown && !shown.Contains(row.RemoteId))
            .Select(row => row.RemoteId)
            .ToList();
        Assert.Equal(left.Count, preview.NeverTouched);
        return left;
    }

    private static List<int> Numbers(IEnumerable<DeviceRow> devices) =>
        [.. devices.Where(row => row.GoneAt is null && row.Level is not RiskLevel.Unknown).Select(row => row.RemoteId)];

    /// <summary>Two of them while one is put on and the other is not taken off yet; null for none.</summary>
    private static string? TagOf(TagScene scene, DeviceRow device) =>
        string.Join(
            '+',
            scene.Actual().Where(line => Names(line, device)).Select(line => line.Split(TagScene.Prefix)[1])
        )
            is { Length: > 0 } tags
            ? tags
            : null;

    private static List<string> LinesOf(TagScene scene, IEnumerable<DeviceRow> devices) =>
        [.. scene.Actual().Where(line => devices.Any(device => Names(line, device)))];

    private static bool Names(string line, DeviceRow device) =>
        line.StartsWith($"{device.RemoteId} ", StringComparison.Ordinal);

    private static async Task<int> StatusAsync(Func<Task> ask) =>
        (int)(await Assert.ThrowsAsync<PicketApiException>(ask)).Status;
}
