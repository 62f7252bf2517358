using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Picket.Server.Enrollment;
using Picket.Server.Storage;

#pragma warning disable CA1862 // The database compares, and knows no StringComparison.

namespace Picket.Server.Inventory.Users;

/// <summary>Where the names of a user stand, beside the user's own row.</summary>
internal sealed class NamesOf(PicketDbContext db, UserRow user)
{
    /// <summary>Shorter names stand within too many words to be looked for.</summary>
    private const int ShortestLookedFor = 3;

    /// <summary>Sign-in names are one whatever their letter case; SQLite knows the case of ASCII letters alone.</summary>
    private readonly string? name = string.IsNullOrWhiteSpace(user.UserName) ? null : user.UserName;
    private readonly string upper = user.UserName?.ToUpperInvariant() ?? "";

    public UserRow User { get; } = user;

    private bool IsLookedFor => name is { Length: >= ShortestLookedFor };

    /// <summary>The groups' own lists tell members by sign-in name and nothing else.</summary>
    public IQueryable<UserGroupMemberRow> Members =>
        db
            .UserGroupMembers.Where(row =>
                db.UserGroups.Any(group => group.Id == row.UserGroupId && group.IntegrationId == User.IntegrationId)
            )
            .Where(row => name != null && (row.UserName == name || row.UserName.ToUpper() == upper));

    /// <summary>Theirs now, or when they left the fleet: by number, and by name where the UEM gave no number.</summary>
    public IQueryable<DeviceRow> Devices =>
        Fleet.Where(device =>
            device.UserRemoteId == User.RemoteId
            || (
                device.UserRemoteId == null
                && name != null
                && (device.UserName == name || device.UserName!.ToUpper() == upper)
            )
        );

    /// <summary>Devices that have a name to lose.</summary>
    public IQueryable<DeviceRow> NamedDevices =>
        Devices.Where(device => device.UserName != null || device.FriendlyName != null);

    /// <summary>Devices of others that left the fleet and are called after them: no reading brings that back.</summary>
    public IQueryable<DeviceRow> GoneElsewhere => CalledAfterThem.Where(device => device.GoneAt != null);

    /// <summary>Devices of others that are called after them still.</summary>
    public IQueryable<DeviceRow> Elsewhere => CalledAfterThem.Where(device => device.GoneAt == null);

    /// <summary>Entries that say who had a device, and name them.</summary>
    public IQueryable<DeviceChangeRow> UserChanges =>
        Changes
            .Where(row => row.Attribute == DeviceHistory.User && name != null)
            .Where(row =>
                row.Before == name
                || row.Before!.ToUpper() == upper
                || row.After == name
                || row.After!.ToUpper() == upper
            );

    /// <summary>
    /// Entries that say what a device was called: of devices that are theirs or were all of them, as any may hold a name; of
    /// others those that hold the sign-in name.
    /// </summary>
    public IQueryable<DeviceChangeRow> NameChanges
    {
        get
        {
            var number = User.RemoteId.ToString(CultureInfo.InvariantCulture);
            var theirs = Devices.Select(device => device.Id);
            var were = Changes
                .Where(row => row.Attribute == DeviceHistory.UserId && (row.Before == number || row.After == number))
                .Select(row => row.DeviceId);
            var named = UserChanges.Select(row => row.DeviceId);
            return Changes
                .Where(row => row.Attribute == DeviceHistory.FriendlyName && (row.Before != null || row.After != null))
                .Where(row =>
                    theirs.Contains(row.DeviceId)
                    || were.Contains(row.DeviceId)
                    || named.Contains(row.DeviceId)
                    || (IsLookedFor && (row.Before!.ToUpper().Contains(upper) || row.After!.ToUpper().Contains(upper)))
                );
        }
    }

    /// <summary>Lines of imports that are about them, or about a device of theirs.</summary>
    public IQueryable<ImportLineRow> ImportLines =>
        db
            .ImportLines.Where(row =>
                db.Imports.Any(import => import.Id == row.ImportId && import.IntegrationId == User.IntegrationId)
            )
            .Where(row => name != null && row.UserKey == upper);

    private IQueryable<DeviceRow> Fleet =>
        db.Devices.AsNoTracking().Where(row => row.IntegrationId == User.IntegrationId);

    private IQueryable<DeviceRow> CalledAfterThem =>
        Fleet
            .Where(device => device.UserRemoteId != null && device.UserRemoteId != User.RemoteId)
            .Where(device =>
                IsLookedFor && (device.FriendlyName!.Contains(name!) || device.FriendlyName.ToUpper().Contains(upper))
            );

    private IQueryable<DeviceChangeRow> Changes =>
        db.DeviceChanges.Where(row =>
            db.Devices.Any(device => device.Id == row.DeviceId && device.IntegrationId == User.IntegrationId)
        );
}
