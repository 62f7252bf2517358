using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Hosting;
using Picket.Server.Storage;
using static Picket.Server.Console.Texts;

namespace Picket.Server.Inventory;

/// <summary>Who is in a user group, and which devices are in a smart group.</summary>
public sealed class MemberQueries(PicketDatabase database, SmartGroupReadings readings, DeviceQueries devices)
{
    public async Task<UserGroupView?> UserGroupAsync(Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open();
        return await db.UserGroups.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation) is { } row
            ? PeopleQueries.View(row)
            : null;
    }

    public async Task<SmartGroupView?> SmartGroupAsync(Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open();
        return await db.SmartGroups.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation) is { } row
            ? GroupQueries.View(row)
            : null;
    }

    /// <returns>Null when there is no such group.</returns>
    public async Task<Page<UserView>?> MembersAsync(Guid id, string? cursor, int? limit, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var group = await db.UserGroups.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (group is null)
        {
            return null;
        }

        var take = Keyset.Limit(limit);
        var members = db.UserGroupMembers.Where(row => row.UserGroupId == id).Select(row => row.UserName);
        if (!string.IsNullOrEmpty(cursor))
        {
            members = members.Where(name => string.Compare(name, cursor) > 0);
        }

        var names = await members.OrderBy(name => name).Take(take + 1).ToListAsync(cancellation);
        var shown = names.Take(take).ToList();
        var users = await db
            .Users.AsNoTracking()
            .Where(row => row.IntegrationId == group.IntegrationId && row.GoneAt == null)
            .Where(row => shown.Contains(row.UserName!))
            .ToListAsync(cancellation);
        var known = users.ToLookup(row => row.UserName!, StringComparer.OrdinalIgnoreCase);
        var groups = await GroupNames.OfAsync(db, [group.IntegrationId], cancellation);
        return new Page<UserView>(
            [
                .. shown.Select(name =>
                    known[name].FirstOrDefault() is { } row
                        ? PeopleQueries.View(row, groups)
                        : new UserView(Guid.Empty, group.IntegrationId, 0, name, null, null, null, null)
                ),
            ],
            names.Count > take ? shown[^1] : null
        );
    }

    /// <returns>Null when there is no such group.</returns>
    /// <exception cref="NotAskedException">The UEM is not asked now.</exception>
    /// <exception cref="Picket.WorkspaceOne.WorkspaceOneException">The UEM could not be asked.</exception>
    public async Task<Page<DeviceSummary>?> DevicesAsync(
        Visible visible,
        Guid id,
        string? cursor,
        int? limit,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var group = await db.SmartGroups.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (group is null)
        {
            return null;
        }

        var reading = await readings.OfAsync(group, cancellation);
        var (after, take) = (Keyset.Parse(cursor) ?? Guid.Empty, Keyset.Limit(limit));
        var ids = reading.Known.Where(device => device.CompareTo(after) > 0).Take(take + 1).ToList();
        var shown = ids.Take(take).ToList();
        var summaries = await devices.SummariesAsync(visible, shown, cancellation);
        return new Page<DeviceSummary>(
            [.. shown.Select(device => summaries.GetValueOrDefault(device)).OfType<DeviceSummary>()],
            ids.Count > take ? Keyset.Format(shown[^1]) : null,
            reading.Others switch
            {
                0 => null,
                1 => T("1 device of this smart group is not in the inventory: it lies outside of what Picket reads."),
                var others => T(
                    "{0} devices of this smart group are not in the inventory: they lie outside of what Picket reads.",
                    $"{others:N0}"
                ),
            }
        );
    }
}
