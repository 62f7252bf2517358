using System.Globalization;
using Picket.Core.Sync;
using Picket.Server.Inventory;
using Picket.WorkspaceOne;

namespace Picket.Server.Sync.Stages;

/// <summary>Smart groups and tags.</summary>
internal static class GroupStages
{
    public static Task SmartGroupsAsync(IServiceProvider services, SyncRun run, CancellationToken cancellation) =>
        SmartGroups.WorkAsync(services, run, run.Client.SmartGroups.Search(run.OrganizationGroup), cancellation);

    /// <summary>The preparation's minimum of rights has none for tags: nothing is missing while none are written.</summary>
    public static async Task TagsAsync(IServiceProvider services, SyncRun run, CancellationToken cancellation)
    {
        try
        {
            await Tags.WorkAsync(services, run, run.Client.Tags.Search(run.OrganizationGroup), cancellation);
        }
        catch (PermissionMissingException missing) when (!run.Integration.WritingEnabled)
        {
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            run.Note($"Not read, which only writing them needs. {StageFailure.Explain(missing, now)}");
        }
    }

    private static readonly SmallListing<UemSmartGroup, SmartGroupRow, int> SmartGroups = new(
        "smartGroups",
        row => row.RemoteId,
        group => group.Id,
        group =>
            RowHash.Of(
                group.Name,
                group.Devices?.ToString(CultureInfo.InvariantCulture),
                group.ManagedByOrganizationGroupId?.ToString(CultureInfo.InvariantCulture),
                group.Uuid?.ToString()
            ),
        (group, row) =>
            new SmartGroupRow
            {
                Id = row.Id,
                IntegrationId = row.IntegrationId,
                RemoteId = group.Id,
                RemoteUuid = group.Uuid,
                Name = group.Name,
                DeviceCount = group.Devices,
                ManagedByOrganizationGroupId = group.ManagedByOrganizationGroupId,
                Hash = row.Hash,
                FirstSeenAt = row.FirstSeenAt,
            },
        (client, id, cancellation) => client.SmartGroups.GetAsync(id, cancellation)
    );

    private static readonly SmallListing<UemTag, TagRow, int> Tags = new(
        "tags",
        row => row.RemoteId,
        tag => tag.Id,
        tag => RowHash.Of(tag.Name, tag.Uuid?.ToString()),
        (tag, row) =>
            new TagRow
            {
                Id = row.Id,
                IntegrationId = row.IntegrationId,
                RemoteId = tag.Id,
                RemoteUuid = tag.Uuid,
                Name = tag.Name,
                Hash = row.Hash,
                FirstSeenAt = row.FirstSeenAt,
            }
    );
}
