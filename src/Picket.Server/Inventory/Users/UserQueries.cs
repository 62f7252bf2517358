using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Hosting;
using Picket.Server.Risk;
using Picket.Server.Storage;
using Picket.Server.Sync;

namespace Picket.Server.Inventory.Users;

/// <summary>One enrolment user and what is around them. Who may see the user is asked before, by the address.</summary>
public sealed class UserQueries(PicketDatabase database)
{
    /// <returns>Null when there is no such user. One who left the UEM is still shown.</returns>
    public async Task<UserDetails?> GetAsync(Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var row = await db.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == id, cancellation);
        if (row is null)
        {
            return null;
        }

        var groups = await GroupNames.OfAsync(db, [row.IntegrationId], cancellation);
        var erased = await Erased(db, row).SingleOrDefaultAsync(cancellation);
        var devices = db.Devices.AsNoTracking().WhereOf(db, id);
        var present = devices.Where(device => device.GoneAt == null);
        return new UserDetails
        {
            User = PeopleQueries.View(row, groups) with { Erased = erased is not null },
            Devices = await present.CountLevelsAsync(cancellation),
            DevicesGone = await devices.CountAsync(device => device.GoneAt != null, cancellation),
            Findings = await db
                .Findings.Where(finding => finding.ClearedAt == null)
                .CountAsync(finding => present.Any(device => device.Id == finding.DeviceId), cancellation),
            Groups = await GroupsOf(db, row).CountAsync(cancellation),
            FirstSeenAt = row.FirstSeenAt,
            ReadAt = await ReadAtAsync(db, row.IntegrationId, cancellation),
            GoneAt = row.GoneAt,
            ErasedAt = erased?.ErasedAt,
        };
    }

    /// <returns>Null when there is no such user.</returns>
    public async Task<Page<UserGroupView>?> GroupsAsync(
        Guid id,
        string? cursor,
        int? limit,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var row = await db.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == id, cancellation);
        return row is null
            ? null
            : await GroupsOf(db, row)
                .ToPageAsync(group => group.Id, Keyset.Parse(cursor), limit, PeopleQueries.View, cancellation);
    }

    /// <summary>The groups that list the user's sign-in name: the UEM tells members by nothing else.</summary>
    internal static IQueryable<UserGroupRow> GroupsOf(PicketDbContext db, UserRow user)
    {
        var held = new NamesOf(db, user).Members.Select(member => member.UserGroupId);
        return db
            .UserGroups.AsNoTracking()
            .Where(group => group.IntegrationId == user.IntegrationId && group.GoneAt == null)
            .Where(group => held.Contains(group.Id));
    }

    private static IQueryable<ErasedUserRow> Erased(PicketDbContext db, UserRow user) =>
        db
            .ErasedUsers.AsNoTracking()
            .Where(row => row.IntegrationId == user.IntegrationId && row.RemoteId == user.RemoteId);

    /// <summary>A run may have fallen short in another stage; it says so itself.</summary>
    internal static async Task<DateTimeOffset?> ReadAtAsync(
        PicketDbContext db,
        Guid integration,
        CancellationToken cancellation
    ) =>
        await db
            .SyncRuns.Where(run => run.IntegrationId == integration && run.Kind == RunKind.Full && run.EndedAt != null)
            .Where(run => run.State == RunState.Completed || run.State == RunState.Incomplete)
            .OrderByDescending(run => run.Id)
            .Select(run => run.EndedAt)
            .FirstOrDefaultAsync(cancellation);
}
