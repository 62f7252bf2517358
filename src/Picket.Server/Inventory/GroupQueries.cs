using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Inventory;

/// <summary>Organization groups, smart groups and tags, as the UEM lists them now.</summary>
public sealed class GroupQueries(PicketDatabase database)
{
    public async Task<Page<OrganizationGroupView>> OrganizationGroupsAsync(
        Visible visible,
        ListFilter filter,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        return await db
            .OrganizationGroups.AsNoTracking()
            .Where(row => row.GoneAt == null)
            .WhereVisible(visible, row => row.IntegrationId)
            .Where(row => filter.IntegrationId == null || row.IntegrationId == filter.IntegrationId)
            .WhereStartsWith(database, filter.Search, row => row.Name)
            .ToPageAsync(row => row.Id, Keyset.Parse(filter.Cursor), filter.Limit, View, cancellation);
    }

    public async Task<Page<SmartGroupView>> SmartGroupsAsync(
        Visible visible,
        ListFilter filter,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        return await db
            .SmartGroups.AsNoTracking()
            .Where(row => row.GoneAt == null)
            .WhereVisible(visible, row => row.IntegrationId)
            .Where(row => filter.IntegrationId == null || row.IntegrationId == filter.IntegrationId)
            .WhereStartsWith(database, filter.Search, row => row.Name)
            .ToPageAsync(row => row.Id, Keyset.Parse(filter.Cursor), filter.Limit, View, cancellation);
    }

    public async Task<Page<TagView>> TagsAsync(Visible visible, ListFilter filter, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var page = await db
            .Tags.AsNoTracking()
            .Where(row => row.GoneAt == null)
            .WhereVisible(visible, row => row.IntegrationId)
            .Where(row => filter.IntegrationId == null || row.IntegrationId == filter.IntegrationId)
            .WhereStartsWith(database, filter.Search, row => row.Name)
            .ToPageAsync(row => row.Id, Keyset.Parse(filter.Cursor), filter.Limit, row => row, cancellation);

        // Who carries a tag is only known of the few that Picket owns.
        var owned = await db
            .OwnedTags.Select(tag => new
            {
                tag.IntegrationId,
                tag.RemoteId,
                tag.Level,
                Devices = db.DeviceTags.Count(held => held.OwnedTagId == tag.Id),
            })
            .ToListAsync(cancellation);
        return new Page<TagView>(
            [
                .. page.Items.Select(row =>
                {
                    var own = owned.Find(tag => tag.IntegrationId == row.IntegrationId && tag.RemoteId == row.RemoteId);
                    return new TagView(
                        row.Id,
                        row.IntegrationId,
                        row.RemoteId,
                        row.Name ?? "",
                        own?.Devices,
                        own is not null
                    )
                    {
                        Level = (Level?)own?.Level,
                    };
                }),
            ],
            page.Next
        );
    }

    private static OrganizationGroupView View(OrganizationGroupRow row) =>
        new(
            row.Id,
            row.IntegrationId,
            row.RemoteId,
            row.RemoteUuid,
            row.Name ?? "",
            row.GroupCode,
            row.Type,
            row.ParentRemoteId
        );

    internal static SmartGroupView View(SmartGroupRow row) =>
        new(row.Id, row.IntegrationId, row.RemoteId, row.RemoteUuid, row.Name ?? "", row.DeviceCount);
}
