using Microsoft.EntityFrameworkCore;
using Picket.Server.Storage;

namespace Picket.Server.Inventory.Users;

/// <summary>Which of the users that were read have some devices. A user who left the UEM has a page still.</summary>
internal sealed class UserIds
{
    private readonly Dictionary<(Guid Integration, int Number), Guid> known;

    private UserIds(Dictionary<(Guid, int), Guid> known) => this.known = known;

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
        return new UserIds(users.ToDictionary(row => (row.IntegrationId, row.RemoteId), row => row.Id));
    }

    /// <summary>Null where nobody has the device, or somebody who was not read.</summary>
    public Guid? Of(DeviceRow device) =>
        device.UserRemoteId is { } number && known.TryGetValue((device.IntegrationId, number), out var id) ? id : null;
}

/// <summary>Devices by their users.</summary>
internal static class DevicesOfUser
{
    /// <summary>Those that the UEM says are the user's, or said when they left.</summary>
    /// <param name="user">Picket's id.</param>
    public static IQueryable<DeviceRow> WhereOf(this IQueryable<DeviceRow> devices, PicketDbContext db, Guid user) =>
        from row in db.Users.Where(row => row.Id == user)
        from device in devices.Where(device =>
            device.IntegrationId == row.IntegrationId && device.UserRemoteId == row.RemoteId
        )
        select device;
}
