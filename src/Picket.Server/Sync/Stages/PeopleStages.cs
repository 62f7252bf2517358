using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Picket.Core.Sync;
using Picket.Server.Integrations;
using Picket.Server.Inventory;
using Picket.Server.Inventory.Users;
using Picket.Server.Policy;
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

        await UemVersionAsync(services, run, listing.Report.Complete, cancellation);
    }

    /// <summary>One call more: with its administrators the version is what the UEM itself is judged by.</summary>
    private static async Task UemVersionAsync(
        IServiceProvider services,
        SyncRun run,
        bool listed,
        CancellationToken cancellation
    )
    {
        var version = (await run.Client.GetSystemInfoAsync(cancellation)).ProductVersion;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        await run.WriteAsync(
            services.GetRequiredService<PicketDatabase>(),
            async db =>
            {
                var integration = db.Integrations.Where(row => row.Id == run.Integration.Id);
                if (!string.IsNullOrWhiteSpace(version))
                {
                    await integration.ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(row => row.UemVersion, version)
                                .SetProperty(row => row.UemVersionReadAt, now),
                        cancellation
                    );
                }

                if (listed)
                {
                    await integration.ExecuteUpdateAsync(
                        set => set.SetProperty(row => row.AdministratorsListedAt, now),
                        cancellation
                    );
                }
            },
            cancellation
        );
    }

    /// <summary>Who was erased is compared and kept without a name, so that a run neither brings it back nor counts a change.</summary>
    public static async Task UsersAsync(IServiceProvider services, SyncRun run, CancellationToken cancellation)
    {
        var erasures = services.GetRequiredService<Erasures>();
        var erased = await erasures.OfAsync(run.Integration.Id, cancellation);
        var listing = run.Client.Users.Search(run.OrganizationGroup);
        await Users(erasures, erased).WorkAsync(services, run, listing, cancellation);
        await erasures.RenameAsync(run.Integration.Id, erased, cancellation);
    }

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
            await MembersAsync(services, run, group, cancellation);
        }
    }

    /// <summary>Replaces the members of a group whose listing was whole; keeps them otherwise.</summary>
    private static async Task MembersAsync(
        IServiceProvider services,
        SyncRun run,
        UserGroupRow group,
        CancellationToken cancellation
    )
    {
        var database = services.GetRequiredService<PicketDatabase>();
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
        var erased = await services.GetRequiredService<Erasures>().HeldAsync(db, run.Integration.Id, cancellation);
        var nameless = listed.RemoveWhere(erased.HoldName);
        var change = await MemberChange.OfAsync(db, group, listed, nameless, cancellation);
        if (!run.Row.AcceptLosses && change.IsDoubtful(group.MemberCount))
        {
            run.Incomplete(
                $"the members of \"{group.Name}\" went from {change.Stored} to {change.Listed} at once, and the group itself counts {group.MemberCount?.ToString(CultureInfo.InvariantCulture) ?? "nobody"}; those known before stay."
            );
            return;
        }

        List<UserGroupMemberRow> added = [.. change.Added];
        await database.Bulk.UpsertAsync(db, added, cancellation);
        foreach (var gone in change.Gone.Chunk(1000))
        {
            await db
                .UserGroupMembers.Where(row => row.UserGroupId == group.Id && gone.Contains(row.UserName))
                .ExecuteDeleteAsync(cancellation);
        }

        var moved = added.Select(row => row.UserName).Concat(change.Gone).ToList();
        await services
            .GetRequiredService<PlaceChanges>()
            .MembersMovedAsync(db, group, moved, first: change.Stored == 0, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static readonly SmallListing<UemAdministrator, AdministratorRow, string> Administrators = new(
        "administrators",
        row => row.RemoteKey,
        AdministratorKey,
        admin =>
            RowHash.Of(
                admin.Username,
                admin.LocationGroup,
                admin.OrganizationGroupUuid?.ToString(),
                RolesOf(admin),
                DayOf(admin.LastLoginTimeStamp)
            ),
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

    private static SmallListing<UemUser, UserRow, int> Users(Erasures erasures, ErasedUsers erased) =>
        new(
            "users",
            row => row.RemoteId,
            user => user.Id,
            user => HashOf(erased.Kept(user)),
            (user, row) => RowOf(erased.Kept(user), row),
            Settle: async (db, integration, rows, cancellation) =>
            {
                var now = await erasures.HeldAsync(db, integration, cancellation);
                rows.ForEach(now.Strip);
            }
        );

    private static RowHash HashOf(UemUser user) =>
        RowHash.Of(
            user.UserName,
            user.FirstName,
            user.LastName,
            user.Email,
            user.LocationGroupId?.ToString(CultureInfo.InvariantCulture),
            user.Status?.ToString(),
            user.Uuid?.ToString()
        );

    private static UserRow RowOf(UemUser user, RowIdentity row) =>
        new()
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
        };

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

    /// <summary>Whether an account is in use is told by the day: its hour would change the row at each sign-in.</summary>
    private static string? DayOf(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

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
