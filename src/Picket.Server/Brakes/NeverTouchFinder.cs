using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Policy;
using Picket.Server.Storage;

#pragma warning disable CA1862 // The database compares, and knows no StringComparison. SQLite folds only the letters A to Z.

namespace Picket.Server.Brakes;

/// <summary>
/// From what somebody writes to what an entry names. A device may be one that comes later; a user, a user group and an
/// organization group have to be there, since a name with a slip would protect nobody.
/// </summary>
internal static class NeverTouchFinder
{
    /// <returns>The value that is kept, or what is wrong.</returns>
    public static Task<(string? Value, string? Mistake)> FindAsync(
        PicketDbContext db,
        NeverTouchDraft draft,
        CancellationToken cancellation
    )
    {
        var text = draft.Value.Trim();
        return draft.Kind switch
        {
            NeverTouchKind.Device => DeviceAsync(db, draft.IntegrationId, text, cancellation),
            NeverTouchKind.User => UserAsync(db, draft.IntegrationId, text, cancellation),
            NeverTouchKind.UserGroup => UserGroupAsync(db, draft.IntegrationId, text, cancellation),
            _ => OrganizationGroupAsync(db, draft.IntegrationId, text, cancellation),
        };
    }

    private static async Task<(string?, string?)> DeviceAsync(
        PicketDbContext db,
        Guid? integration,
        string text,
        CancellationToken cancellation
    )
    {
        if (!Guid.TryParse(text, out var id))
        {
            return (text, null);
        }

        var device = await db
            .Devices.Where(row => row.Id == id && (integration == null || row.IntegrationId == integration))
            .Select(row => new { row.SerialNumber, row.RemoteId })
            .SingleOrDefaultAsync(cancellation);
        return device switch
        {
            null => (null, "There is no device with this id at the integration."),
            { SerialNumber: { Length: > 0 } serial } => (serial, null),
            _ when integration is null => (
                null,
                "The device has no serial number, and its number is good for its own integration alone. Name that integration."
            ),
            _ => (device.RemoteId.ToString(CultureInfo.InvariantCulture), null),
        };
    }

    private static async Task<(string?, string?)> UserAsync(
        PicketDbContext db,
        Guid? integration,
        string text,
        CancellationToken cancellation
    )
    {
        if (integration is null)
        {
            return (null, "A user is one of an integration. Name it, or name a user group.");
        }

        var upper = text.ToUpperInvariant();
        var number = int.TryParse(text, CultureInfo.InvariantCulture, out var told) ? told : (int?)null;
        var found = await db
            .Users.Where(row => row.IntegrationId == integration && row.GoneAt == null)
            .Where(row => row.UserName == text || row.UserName!.ToUpper() == upper || row.RemoteId == number)
            .Select(row => row.RemoteId)
            .Take(2)
            .ToListAsync(cancellation);
        return found switch
        {
            [var one] => (one.ToString(CultureInfo.InvariantCulture), null),
            [] => (null, "No user of the integration has this sign-in name or number."),
            _ => (null, "Several users are called so. Give the UEM's number of the one who is meant."),
        };
    }

    private static async Task<(string?, string?)> UserGroupAsync(
        PicketDbContext db,
        Guid? integration,
        string text,
        CancellationToken cancellation
    )
    {
        var names = await db
            .UserGroups.Where(row => row.GoneAt == null && (integration == null || row.IntegrationId == integration))
            .Select(row => row.Name)
            .ToListAsync(cancellation);
        var name = names.Find(name => string.Equals(name, text, StringComparison.OrdinalIgnoreCase));
        return name is null ? (null, "There is no user group of this name.") : (name, null);
    }

    private static async Task<(string?, string?)> OrganizationGroupAsync(
        PicketDbContext db,
        Guid? integration,
        string text,
        CancellationToken cancellation
    )
    {
        var group = new GroupName(text);
        if (!group.IsAll && await NeverTouchLost.IsThereAsync(db, integration, group, cancellation))
        {
            return (text, null);
        }

        return (null, "There is no organization group of this name, path or uuid.");
    }
}
