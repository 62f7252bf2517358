using Microsoft.EntityFrameworkCore;
using Picket.Server.Storage;

#pragma warning disable CA1862 // The database compares, and knows no StringComparison.

namespace Picket.Server.Inventory.Users;

/// <summary>Which of the users that were read have some devices. A user who left the UEM has a page still.</summary>
internal sealed class UserIds
{
    private readonly Dictionary<(Guid Integration, int Number), Guid> known;
    private readonly Dictionary<(Guid Integration, string Name), Guid> named;

    private UserIds(Dictionary<(Guid, int), Guid> known, Dictionary<(Guid, string), Guid> named) =>
        (this.known, this.named) = (known, named);

    public static async Task<UserIds> OfAsync(
        PicketDbContext db,
        IEnumerable<DeviceRow> devices,
        CancellationToken cancellation
    )
    {
        var rows = devices.ToList();
        var integrations = rows.Select(row => row.IntegrationId).Distinct().ToList();
        var numbers = rows.Select(row => row.UserRemoteId).OfType<int>().Distinct().ToList();
        var users = await db
            .Users.Where(row => integrations.Contains(row.IntegrationId) && numbers.Contains(row.RemoteId))
            .Select(row => new
            {
                row.Id,
                row.IntegrationId,
                row.RemoteId,
            })
            .ToListAsync(cancellation);
        return new UserIds(
            users.ToDictionary(row => (row.IntegrationId, row.RemoteId), row => row.Id),
            await NamedAsync(db, rows, cancellation)
        );
    }

    /// <summary>Of devices that tell no number. A name that two users have says nothing.</summary>
    private static async Task<Dictionary<(Guid, string), Guid>> NamedAsync(
        PicketDbContext db,
        List<DeviceRow> devices,
        CancellationToken cancellation
    )
    {
        var integrations = devices.Select(row => row.IntegrationId).Distinct().ToList();
        var names = devices.Where(IsNamedOnly).Select(row => row.UserName!.ToUpperInvariant()).Distinct().ToList();
        if (names.Count == 0)
        {
            return [];
        }

        var users = await db
            .Users.Where(row => integrations.Contains(row.IntegrationId) && names.Contains(row.UserName!.ToUpper()))
            .Select(row => new
            {
                row.Id,
                row.IntegrationId,
                row.UserName,
            })
            .ToListAsync(cancellation);
        return users
            .GroupBy(row => (row.IntegrationId, row.UserName!.ToUpperInvariant()))
            .Where(same => same.Count() == 1)
            .ToDictionary(same => same.Key, same => same.Single().Id);
    }

    private static bool IsNamedOnly(DeviceRow device) =>
        device.UserRemoteId is null && !string.IsNullOrWhiteSpace(device.UserName);

    /// <summary>Null where nobody has the device, or somebody who was not read.</summary>
    public Guid? Of(DeviceRow device)
    {
        var found = device.UserRemoteId is { } number
            ? known.TryGetValue((device.IntegrationId, number), out var id)
            : named.TryGetValue((device.IntegrationId, device.UserName?.ToUpperInvariant() ?? ""), out id);
        return found ? id : null;
    }
}

/// <summary>Devices by their users.</summary>
internal static class DevicesOfUser
{
    /// <summary>
    /// Those that the UEM says are the user's, or said when they left: by number, and by name where it gives no number. As
    /// <see cref="NamesOf.Devices"/> has it, which erases by it.
    /// </summary>
    /// <param name="user">Picket's id.</param>
    public static IQueryable<DeviceRow> WhereOf(this IQueryable<DeviceRow> devices, PicketDbContext db, Guid user)
    {
        // Each read once, so that the index of devices by their users serves; SQLite knows no lateral join.
        var they = db.Users.Where(row => row.Id == user);
        var named = they.Where(row => row.UserName != null && row.UserName.Trim() != "");
        return devices.Where(device =>
            device.IntegrationId == they.Select(row => row.IntegrationId).FirstOrDefault()
            && (
                device.UserRemoteId == they.Select(row => row.RemoteId).FirstOrDefault()
                || (
                    device.UserRemoteId == null
                    && device.UserName != null
                    && named.Any()
                    && (
                        device.UserName == named.Select(row => row.UserName).FirstOrDefault()
                        || device.UserName.ToUpper() == named.Select(row => row.UserName!.ToUpper()).FirstOrDefault()
                    )
                )
            )
        );
    }
}
