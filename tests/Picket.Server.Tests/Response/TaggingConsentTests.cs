using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Inventory;
using Picket.WorkspaceOne.Emulator.Faults;
using Picket.WorkspaceOne.Emulator.Tags;

namespace Picket.Server.Tests.Response;

/// <summary>What a person agreed to, and what not.</summary>
public sealed class TaggingConsentTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Accepts_a_preview_only_for_the_settings_that_it_was_shown_for()
    {
        await using var scene = await TagScene.StartAsync();
        var preview = await scene.PreviewAsync();
        await scene.ChangeAsync(new ChangeIntegration { TagPrefix = "Risk: ", TagBatchSize = 20 });

        var refused = await RefusedAsync(() => scene.Client.AcceptTagsAsync(scene.Integration, preview.Id, Cancel));

        Assert.Contains("the tag prefix and the batch size", refused.Detail, StringComparison.Ordinal);
        Assert.Equal(0, scene.TagWrites);
        Assert.False((await scene.Client.TaggingAsync(scene.Integration, Cancel)).Writing);
    }

    [Fact]
    public async Task Accepts_no_preview_of_a_fleet_that_has_moved_on()
    {
        await using var scene = await TagScene.StartAsync();
        await scene.AcceptAsync();
        await scene.Client.SetWritingAsync(scene.Integration, false, Cancel);
        var preview = await scene.PreviewAsync();
        await scene.JudgeAsync(RiskLevel.High, (await scene.DevicesAsync()).Where(Better).Take(12));

        var refused = await RefusedAsync(() => scene.Client.AcceptTagsAsync(scene.Integration, preview.Id, Cancel));

        Assert.Contains("12 devices would change now, 0 were shown", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Switches_writing_off_when_the_scope_changes_and_on_only_after_a_new_preview()
    {
        await using var scene = await TagScene.StartAsync();
        await scene.AcceptAsync();
        var group = scene.Uem.Groups.All.First(group => group.ParentIndex == scene.Uem.OrganizationGroup.Index);

        var changed = await scene.ChangeAsync(
            new ChangeIntegration { Scope = new IntegrationScope { ExcludedOrganizationGroups = [group.GroupId] } }
        );

        Assert.False(changed.Writing);
        var refused = await RefusedAsync(() => scene.Client.SetWritingAsync(scene.Integration, true, Cancel));
        Assert.Contains("the scope changed", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_our_tags_off_devices_that_left_the_scope()
    {
        await using var scene = await TagScene.StartAsync();
        await scene.AcceptAsync();
        var group = scene.Uem.Groups.All.First(group =>
            group.ParentIndex == scene.Uem.OrganizationGroup.Index
            && scene.Uem.Fleet.All.Any(device => device.Group == group.Index)
        );
        await scene.ChangeAsync(
            new ChangeIntegration { Scope = new IntegrationScope { ExcludedOrganizationGroups = [group.GroupId] } }
        );
        var before = scene.Actual().Count;
        await LeaveAsync(scene);

        var preview = await scene.PreviewAsync();
        await scene.EndAsync(await scene.Client.AcceptTagsAsync(scene.Integration, preview.Id, Cancel));

        Assert.NotEqual(0, preview.Removes);
        Assert.Equal(await scene.WantedAsync(), scene.Actual());
        Assert.Equal(before - preview.Removes, scene.Actual().Count);
    }

    [Fact]
    public async Task Touches_no_tag_that_was_there_before_until_it_is_told_to_own_it()
    {
        await using var scene = await TagScene.StartAsync();
        var tag = scene.Uem.Tags.Create("PICKET: high", scene.Uem.OrganizationGroup.Index);
        var carrier = scene.Uem.Fleet.ById((await scene.DevicesAsync()).First(Better).RemoteId)!;
        scene.Uem.Tags.Attach(tag, carrier);

        var preview = await scene.PreviewAsync();
        Assert.Equal(["PICKET: high"], preview.ForeignTags);
        var refused = await RefusedAsync(() => scene.Client.AcceptTagsAsync(scene.Integration, preview.Id, Cancel));
        Assert.Contains("PICKET: high", refused.Detail, StringComparison.Ordinal);
        Assert.Contains(carrier.Id, scene.Carriers(tag));

        var tagging = await scene.Client.AdoptTagAsync(scene.Integration, "PICKET: high", Cancel);
        Assert.Equal(TagState.Adopted, tagging.Tags.Single(own => own.Level == Level.High).State);
        var run = await scene.AcceptAsync();

        Assert.True(run.State == RunState.Completed, string.Join("\n", run.IncompleteReasons));
        Assert.DoesNotContain(carrier.Id, scene.Carriers(tag));
        Assert.Single(scene.Uem.Tags.All, own => IsHigh(own));
    }

    [Fact]
    public async Task Can_be_told_to_own_a_tag_that_somebody_deleted_and_made_anew()
    {
        await using var scene = await TagScene.StartAsync();
        await scene.AcceptAsync();
        scene.Uem.Tags.Delete(scene.Uem.Tags.All.Single(IsHigh));
        var anew = scene.Uem.Tags.Create(TagScene.Prefix + "High", scene.Uem.OrganizationGroup.Index);

        var refused = await scene.RunAsync();
        Assert.Equal(RunState.Incomplete, refused.State);
        Assert.Empty(scene.Carriers(anew));
        await scene.Client.AdoptTagAsync(scene.Integration, anew.Name, Cancel);
        var next = await scene.NewestAsync(run => run.State is RunState.Held or RunState.Completed);
        if (next.State == RunState.Held)
        {
            await scene.Client.ApproveTagsAsync(next.Id, Cancel);
        }

        await scene.SettledAsync();
    }

    [Fact]
    public async Task Says_that_the_UEM_could_not_be_asked_about_a_tag()
    {
        await using var scene = await TagScene.StartAsync();
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "mdm/tags/search",
                Action = FaultAction.Status,
                Status = 503,
            }
        );

        var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
            scene.Client.AdoptTagAsync(scene.Integration, TagScene.Prefix + "High", Cancel)
        );

        Assert.Equal(502, (int)refused.Status);
    }

    private static bool Better(DeviceRow row) => row.Level is RiskLevel.Secure or RiskLevel.Low or RiskLevel.Medium;

    private static bool IsHigh(Tag tag) =>
        tag.Name.Equals(TagScene.Prefix + "High", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the smaller fleet, and agrees to the loss.</summary>
    private static async Task LeaveAsync(TagScene scene)
    {
        var read = await scene.ReadAsync();
        if (read.State == RunState.Held)
        {
            await scene.Client.ApproveRunAsync(read.Id, Cancel);
            await TagScene.UntilAsync(
                () => scene.Client.RunAsync(read.Id, Cancel),
                run => run.State == RunState.Completed
            );
        }

        await using var db = scene.Picket.OpenDatabase();
        Assert.NotEqual(0, await db.Devices.CountAsync(row => row.GoneAt != null, Cancel));
    }

    private static async Task<Problem> RefusedAsync(Func<Task> act)
    {
        var refused = await Assert.ThrowsAsync<PicketApiException>(act);
        Assert.Equal(409, (int)refused.Status);
        return refused.Problem!;
    }
}
