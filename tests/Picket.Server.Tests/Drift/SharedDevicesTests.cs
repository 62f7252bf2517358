using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Integrations;
using Picket.Server.Inventory;
using Picket.Server.Tests.Notices;
using Picket.Server.Tests.Response;

namespace Picket.Server.Tests.Drift;

/// <summary>Two integrations of one UEM hold the same devices: the nearer one has them, and in doubt none.</summary>
public sealed class SharedDevicesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Devices_of_a_nearer_integration_are_left_to_it_and_in_doubt_none_writes()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var scene = await TagScene.StartAsync(
            settings: new() { ["Notices:LookEveryMilliseconds"] = "100" },
            integration: row => row.TagBrakePercent = 100
        );
        var devices = await scene.DevicesAsync();
        var top = (await scene.Client.IntegrationAsync(scene.Integration, Cancel)).OrganizationGroup.Id;
        var below = devices
            .Where(row => row.OrganizationGroupId != top)
            .GroupBy(row => row.OrganizationGroupId!.Value)
            .First();
        var nearer = await AddNearerAsync(scene, below.Key, [.. below]);
        var saved = await scene.Client.CreateNoticeChannelAsync(
            new NoticeChannelDraft
            {
                Name = "siem",
                Kind = NoticeChannelKind.Webhook,
                Address = receiver.Address,
                CaCertificatePem = receiver.CaPem,
                Kinds = [NoticeKind.ChangedByOthers],
            },
            Cancel
        );
        receiver.Secrets.Add(saved.Secret!);

        await scene.AcceptAsync();

        var theirs = below.Select(row => $"{row.RemoteId} ").ToList();
        List<string> others =
        [
            .. (await scene.WantedAsync()).Where(line =>
                !theirs.Exists(device => line.StartsWith(device, StringComparison.Ordinal))
            ),
        ];
        Assert.Equal(others, scene.Actual());
        Assert.NotEqual(others.Count, (await scene.WantedAsync()).Count);
        Assert.True((await scene.Client.TaggingAsync(scene.Integration, Cancel)).LeavesSome);
        await ToldAsync(receiver, "are held by another integration, too");

        await using (var db = scene.Picket.OpenDatabase())
        {
            await db.OrganizationGroups.Where(row => row.IntegrationId == nearer).ExecuteDeleteAsync(Cancel);
        }

        await scene.RunAsync();
        Assert.Equal(others, scene.Actual());
        Assert.True((await scene.Client.TaggingAsync(scene.Integration, Cancel)).SomeUndecided);
        await ToldAsync(receiver, "nobody can tell which of two integrations", 2); // By each of them.

        await using (var db = scene.Picket.OpenDatabase())
        {
            await db
                .Integrations.Where(row => row.Id == nearer)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.WritingEnabled, false), Cancel);
        }

        await scene.RunAsync();
        await scene.SettledAsync();
        await ToldAsync(receiver, "Resolved: ", 3);
    }

    /// <summary>It is paused, so that nothing of it runs; whoever may write again owns what it owned.</summary>
    private static async Task<Guid> AddNearerAsync(TagScene scene, int group, DeviceRow[] devices)
    {
        await using var db = scene.Picket.OpenDatabase();
        var id = Guid.CreateVersion7();
        var address = await db.Integrations.Select(row => row.Address).SingleAsync(Cancel);
        db.Integrations.Add(
            new IntegrationRow
            {
                Id = id,
                Name = "Nearer",
                Address = address,
                Account = "nearer",
                ProtectedSecrets = "",
                OrganizationGroupId = group,
                State = IntegrationState.Paused,
                WritingEnabled = true,
            }
        );
        db.OrganizationGroups.Add(
            new OrganizationGroupRow
            {
                Id = Guid.CreateVersion7(),
                IntegrationId = id,
                RemoteId = group,
                Name = "Below",
                Hash = [],
            }
        );
        db.Devices.AddRange(
            devices.Select(device => new DeviceRow
            {
                Id = Guid.CreateVersion7(),
                IntegrationId = id,
                RemoteId = device.RemoteId,
                RemoteUuid = device.RemoteUuid,
                OrganizationGroupId = group,
                Hash = [],
            })
        );
        await db.SaveChangesAsync(Cancel);
        return id;
    }

    private static async Task ToldAsync(WebhookReceiver receiver, string what, int times = 1) =>
        await NoticeScene.UntilAsync(
            () =>
                Task.FromResult(
                    receiver.All.Count(came =>
                        ((string)came.Json["data"]!["title"]!).Contains(what, StringComparison.Ordinal)
                    )
                ),
            count => count == times
        );
}
