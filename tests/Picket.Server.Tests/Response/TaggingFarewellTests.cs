using Microsoft.EntityFrameworkCore;
using Picket.Api;

namespace Picket.Server.Tests.Response;

/// <summary>Leaving a UEM as it was found, and coming back.</summary>
public sealed class TaggingFarewellTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cleans_up_before_an_integration_is_removed_and_keeps_the_ledger()
    {
        await using var scene = await TagScene.StartAsync();
        await scene.AcceptAsync();
        var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
            scene.Client.RemoveIntegrationAsync(scene.Integration, cancellationToken: Cancel)
        );
        Assert.Equal(409, (int)refused.Status);

        var run = await scene.EndAsync(await scene.Client.CleanUpTagsAsync(scene.Integration, Cancel));

        Assert.True(run.State == RunState.Completed, string.Join("\n", run.IncompleteReasons));
        Assert.Equal(TagRunKind.CleanUp, run.Kind);
        Assert.Empty(scene.Actual());
        Assert.False((await scene.Client.TaggingAsync(scene.Integration, Cancel)).Writing);
        Assert.All(await scene.WritesAsync("AddTag"), write => Assert.Equal(LedgerState.Undone, write.State));

        var writes = await scene.WritesAsync();
        await scene.Client.RemoveIntegrationAsync(scene.Integration, cancellationToken: Cancel);

        Assert.Equal(writes.Select(write => write.Id), (await scene.WritesAsync()).Select(write => write.Id));
        var entry = await scene.Client.LedgerEntryAsync(writes[0].Id, Cancel);
        Assert.All(entry.Entries, device => Assert.True(device is { DeviceId: null, UemId: > 0 }));
        Assert.NotEmpty(await scene.RunsAsync());
    }

    [Fact]
    public async Task Knows_its_tags_again_after_it_was_removed_with_tags_on_devices()
    {
        await using var scene = await TagScene.StartAsync();
        await scene.AcceptAsync();
        var before = scene.Actual();
        var tags = scene.Uem.Tags.All.Count;
        await scene.Client.RemoveIntegrationAsync(scene.Integration, keepTags: true, Cancel);
        Assert.Equal(before, scene.Actual());

        var again = await scene.Picket.CreateIntegrationAsync(
            scene.Picket.Draft("Again") with
            {
                CaCertificatePem = scene.Uem.CaCertificate.ExportCertificatePem(),
            }
        );
        await ReadAsync(scene, again.Id);
        var preview = await scene.Client.PreviewTagsAsync(again.Id, Cancel);
        Assert.Empty(preview.ForeignTags);
        Assert.Empty(preview.TagsToCreate);
        var run = await scene.EndAsync(await scene.Client.AcceptTagsAsync(again.Id, preview.Id, Cancel));

        Assert.True(run.State == RunState.Completed, string.Join("\n", run.IncompleteReasons));
        Assert.Equal(before, scene.Actual());
        Assert.Equal(tags, scene.Uem.Tags.All.Count);
        Assert.Equal(0, run.Adds); // reading back showed that all of it is there
    }

    [Fact]
    public async Task Moves_its_tags_along_when_the_organization_group_changes()
    {
        await using var scene = await TagScene.StartAsync();
        await scene.AcceptAsync();
        var former = scene.Uem.OrganizationGroup;
        var group = scene.Uem.Groups.All.First(group =>
            group.ParentIndex == former.Index && scene.Uem.Fleet.All.Any(device => device.Group == group.Index)
        );

        scene.Picket.LetAdministratorManage(group);
        var changed = await scene.ChangeAsync(
            new ChangeIntegration { OrganizationGroup = group.GroupId, Credential = scene.Picket.BasicCredential() }
        );
        Assert.False(changed.Writing);
        await scene.ReadAsync();
        var run = await scene.AcceptAsync();

        Assert.True(run.State == RunState.Completed, string.Join("\n", run.IncompleteReasons));
        var wanted = await scene.WantedAsync();
        Assert.NotEmpty(wanted);
        Assert.Equal(wanted, scene.Actual());
        Assert.All(
            scene.Uem.Tags.All.Where(tag => tag.Name.StartsWith(TagScene.Prefix, StringComparison.Ordinal)),
            tag => Assert.True(tag.Group == group.Index || !scene.Carriers(tag).Any())
        );
    }

    [Fact]
    public async Task Takes_its_tag_off_a_device_that_the_inventory_does_not_know()
    {
        await using var scene = await TagScene.StartAsync();
        await scene.AcceptAsync();
        var (device, line) = await ForgetOneAsync(scene);

        await scene.RunAsync();

        Assert.DoesNotContain(line, scene.Actual());
        Assert.Contains(
            await scene.WritesAsync("RemoveTag"),
            write => write is { Devices: 1, State: LedgerState.Confirmed }
        );
        Assert.NotNull(scene.Uem.Fleet.ById(device));
    }

    private static async Task<(int Device, string Line)> ForgetOneAsync(TagScene scene)
    {
        var line = scene.Actual()[0];
        var device = int.Parse(line.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        await using var db = scene.Picket.OpenDatabase();
        await db.Devices.Where(row => row.RemoteId == device).ExecuteDeleteAsync(Cancel);
        return (device, line);
    }

    private static async Task ReadAsync(TagScene scene, Guid integration)
    {
        var run = await scene.Client.StartRunAsync(integration, new StartRun(), Cancel);
        await TagScene.UntilAsync(
            () => scene.Client.RunAsync(run.Id, Cancel),
            view => view.State is not (RunState.Queued or RunState.Running)
        );
        await using var db = scene.Picket.OpenDatabase();
        await TagScene.UntilAsync(() => db.Devices.AnyAsync(row => row.JudgingDue, Cancel), due => !due);
    }
}
