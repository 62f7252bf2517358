using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Picket.Core.Sync;
using Picket.Server.Integrations;
using Picket.Server.Inventory;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Sync.Stages;

/// <summary>Administrators, users, user groups with their members.</summary>
internal static class PeopleStages
{
    /// <summary>Who is linked to one of them is shown what the listing says of their roles, without another call.</summary>
    public static async Task AdministratorsAsync(IServiceProvider services, SyncRun run, CancellationToken cancellation)
    {
        var listing = run.Client.Administrators.Search(organizationGroupId: run.OrganizationGroup);
        await Administrators.WorkAsync(services, run, listing, cancellation);
        if (listing.Report.Complete)
        {
            await services.GetRequiredService<LinkRefresh>().RefreshAsync(run.Integration.Id, cancellation);
        }
    }

    public static Task UsersAsync(IServiceProvider services, SyncRun run, CancellationToken cancellation) =>
        Users.WorkAsync(services, run, run.Client.Users.Search(run.OrganizationGroup), cancellation);

    public static async Task UserGroupsAsync(IServiceProvider services, SyncRun run, CancellationToken cancellation)
    {
        await UserGroups.WorkAsync(services, run, run.Client.UserGroups.Search(run.OrganizationGroup), cancellation);

        var database = services.GetRequiredService<PicketDatabase>();
        await using var db = database.Open();
        var groups = await db
            .UserGroups.AsNoTracking()
            .Where(row => row.IntegrationId == run.Integration.Id && row.GoneAt == null)
            .ToListAsync(cancellation);
        foreach (var group in groups)
        {
            await MembersAsync(database, run, group, cancellation);
        }
    }

    /// <summary>Replaces the members of a group whose listing was whole; keeps them otherwise.</summary>
    private static async Task MembersAsync(
        PicketDatabase database,
        SyncRun run,
        UserGroupRow group,
        CancellationToken cancellation
    )
    {
        var listing = run.Client.UserGroups.Members(group.RemoteId);
        var listed = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        await foreach (var page in listing.WithCancellation(cancellation))
        {
            listed.UnionWith(page.Items.Select(member => member.UserName).OfType<string>());
        }

        if (!listing.Report.Complete)
        {
            run.Incomplete($"the members of \"{group.Name}\" do not add up; those known before stay.");
            return;
        }

        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var change = await MemberChange.OfAsync(db, group, listed, cancellation);
        if (!run.Row.AcceptLosses && change.IsDoubtful(group.MemberCount))
        {
            run.Incomplete(
                $"the members of \"{group.Name}\" went from {change.Stored} to {change.Listed} at once, and the group itself counts {group.MemberCount?.ToString(CultureInfo.InvariantCulture) ?? "nobody"}; those known before stay."
            );
            return;
        }

        await database.Bulk.UpsertAsync(db, [.. change.Added], cancellation);
        foreach (var gone in change.Gone.Chunk(1000))
        {
            await db
                .UserGroupMembers.Where(row => row.UserGroupId == group.Id && gone.Contains(row.UserName))
                .ExecuteDeleteAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    private static readonly SmallListing<UemAdministrator, AdministratorRow, string> Administrators = new(
        "administrators",
        row => row.RemoteKey,
        AdministratorKey,
        admin =>
            RowHash.Of(admin.Username, admin.LocationGroup, admin.OrganizationGroupUuid?.ToString(), RolesOf(admin)),
        (admin, row) =>
            new AdministratorRow
            {
                Id = row.Id,
                IntegrationId = row.IntegrationId,
                RemoteKey = AdministratorKey(admin),
                UserName = admin.Username,
                OrganizationGroup = admin.LocationGroup,
                OrganizationGroupUuid = admin.OrganizationGroupUuid,
                Roles = RolesOf(admin),
                LastSignInAt = admin.LastLoginTimeStamp,
                Hash = row.Hash,
                FirstSeenAt = row.FirstSeenAt,
            }
    );

    private static readonly SmallListing<UemUser, UserRow, int> Users = new(
        "users",
        row => row.RemoteId,
        user => user.Id,
        user =>
            RowHash.Of(
                user.UserName,
                user.FirstName,
                user.LastName,
                user.Email,
                user.LocationGroupId?.ToString(CultureInfo.InvariantCulture),
                user.Status?.ToString(),
                user.Uuid?.ToString()
            ),
        (user, row) =>
            new UserRow
            {
                Id = row.Id,
                IntegrationId = row.IntegrationId,
                RemoteId = user.Id,
                RemoteUuid = user.Uuid,
                UserName = user.UserName,
                DisplayName = $"{user.FirstName} {user.LastName}".Trim(),
                Email = user.Email,
                OrganizationGroupId = user.LocationGroupId,
                Active = user.Status,
                Hash = row.Hash,
                FirstSeenAt = row.FirstSeenAt,
            }
    );

    private static readonly SmallListing<UemUserGroup, UserGroupRow, int> UserGroups = new(
        "userGroups",
        row => row.RemoteId,
        group => group.UserGroupId,
        group => RowHash.Of(group.UserGroupName, group.UserCount?.ToString(CultureInfo.InvariantCulture)),
        (group, row) =>
            new UserGroupRow
            {
                Id = row.Id,
                IntegrationId = row.IntegrationId,
                RemoteId = group.UserGroupId,
                Name = group.UserGroupName,
                MemberCount = group.UserCount,
                Hash = row.Hash,
                FirstSeenAt = row.FirstSeenAt,
            }
    );

    private static string AdministratorKey(UemAdministrator admin) => admin.Uuid?.ToString() ?? admin.Username ?? "";

    private static string RolesOf(UemAdministrator admin) =>
        JsonSerializer.Serialize(
            admin.Roles.Select(role => new
            {
                role.Name,
                role.OrganizationGroupUuid,
                role.IsActive,
            })
        );
}
