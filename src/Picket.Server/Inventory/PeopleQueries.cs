using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Inventory;

/// <summary>Enrolment users, user groups and administrator accounts, as the UEM lists them now.</summary>
public sealed class PeopleQueries(PicketDatabase database)
{
    public async Task<Page<UserView>> UsersAsync(Visible visible, ListFilter filter, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var page = await db
            .Users.AsNoTracking()
            .Where(row => row.GoneAt == null)
            .WhereVisible(visible, row => row.IntegrationId)
            .Where(row => filter.IntegrationId == null || row.IntegrationId == filter.IntegrationId)
            .WhereStartsWith(database, filter.Search, row => row.UserName, row => row.DisplayName)
            .ToPageAsync(row => row.Id, Keyset.Parse(filter.Cursor), filter.Limit, row => row, cancellation);
        var groups = await GroupNames.OfAsync(db, page.Items.Select(row => row.IntegrationId), cancellation);
        var erased = await ErasedAsync(db, page.Items, cancellation);
        return new Page<UserView>(
            [.. page.Items.Select(row => View(row, groups) with { Erased = erased.Contains(row.Id) })],
            page.Next
        );
    }

    private static async Task<HashSet<Guid>> ErasedAsync(
        PicketDbContext db,
        IEnumerable<UserRow> users,
        CancellationToken cancellation
    )
    {
        var nameless = users.Where(row => row.UserName is null).Select(row => row.Id).ToList();
        return nameless.Count == 0
            ? []
            : await (
                from row in db.Users
                where nameless.Contains(row.Id)
                where
                    db.ErasedUsers.Any(erased =>
                        erased.IntegrationId == row.IntegrationId && erased.RemoteId == row.RemoteId
                    )
                select row.Id
            ).ToHashSetAsync(cancellation);
    }

    public async Task<Page<UserGroupView>> UserGroupsAsync(
        Visible visible,
        ListFilter filter,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        return await db
            .UserGroups.AsNoTracking()
            .Where(row => row.GoneAt == null)
            .WhereVisible(visible, row => row.IntegrationId)
            .Where(row => filter.IntegrationId == null || row.IntegrationId == filter.IntegrationId)
            .WhereStartsWith(database, filter.Search, row => row.Name)
            .ToPageAsync(row => row.Id, Keyset.Parse(filter.Cursor), filter.Limit, View, cancellation);
    }

    public async Task<Page<AdministratorView>> AdministratorsAsync(
        Visible visible,
        ListFilter filter,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var page = await db
            .Administrators.AsNoTracking()
            .Where(row => row.GoneAt == null)
            .WhereVisible(visible, row => row.IntegrationId)
            .Where(row => filter.IntegrationId == null || row.IntegrationId == filter.IntegrationId)
            .WhereStartsWith(database, filter.Search, row => row.UserName)
            .ToPageAsync(row => row.Id, Keyset.Parse(filter.Cursor), filter.Limit, row => row, cancellation);
        var groups = await GroupNames.OfAsync(db, page.Items.Select(row => row.IntegrationId), cancellation);
        return new Page<AdministratorView>([.. page.Items.Select(row => View(row, groups))], page.Next);
    }

    internal static UserGroupView View(UserGroupRow row) =>
        new(row.Id, row.IntegrationId, row.RemoteId, row.Name ?? "", row.MemberCount);

    internal static UserView View(UserRow row, GroupNames groups) =>
        new(
            row.Id,
            row.IntegrationId,
            row.RemoteId,
            row.UserName ?? "",
            row.DisplayName,
            row.Email,
            groups.Of(row.IntegrationId, row.OrganizationGroupId),
            row.Active
        );

    private static AdministratorView View(AdministratorRow row, GroupNames groups) =>
        new(
            row.Id,
            row.IntegrationId,
            // The UEM knows most administrators by uuid alone.
            long.TryParse(row.RemoteKey, CultureInfo.InvariantCulture, out var number)
                ? number
                : 0,
            row.UserName ?? "",
            null,
            null,
            [
                .. Roles(row)
                    .Select(role => new AdministratorRole(
                        role.Name ?? "",
                        groups.Of(row.IntegrationId, role.OrganizationGroupUuid),
                        role.IsActive
                    )),
            ]
        );

    private static List<KeptRole> Roles(AdministratorRow row) =>
        JsonSerializer.Deserialize<List<KeptRole>>(row.Roles, JsonSerializerOptions.Web) ?? [];

    private sealed record KeptRole(string? Name, Guid? OrganizationGroupUuid, bool? IsActive);
}
