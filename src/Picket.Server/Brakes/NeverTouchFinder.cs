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
    private const int DevicesThatMatter = 50;

    /// <returns>The value that is kept, with the groups that it names now, or what is wrong.</returns>
    public static async Task<(string? Value, IReadOnlyList<NeverTouchGroup> Groups, string? Mistake)> FindAsync(
        PicketDbContext db,
        NeverTouchDraft draft,
        CancellationToken cancellation
    )
    {
        var text = draft.Value.Trim();
        if (draft.Kind is NeverTouchKind.UserGroup or NeverTouchKind.OrganizationGroup)
        {
            return await GroupAsync(db, draft, text, cancellation);
        }

        var (value, mistake) =
            draft.Kind == NeverTouchKind.Device
                ? await DeviceAsync(db, draft.IntegrationId, text, cancellation)
                : await UserAsync(db, draft.IntegrationId, text, cancellation);
        return (value, [], mistake);
    }

    /// <summary>
    /// What is kept is the serial number, or the uuid of a device that has none: the UEM's number, and Picket's id, may be
    /// another device's one day, or none.
    /// </summary>
    private static async Task<(string?, string?)> DeviceAsync(
        PicketDbContext db,
        Guid? integration,
        string text,
        CancellationToken cancellation
    )
    {
        var upper = text.ToUpperInvariant();
        var id = Guid.TryParse(text, out var parsed) ? parsed : (Guid?)null;
        var number = int.TryParse(text, CultureInfo.InvariantCulture, out var told) ? told : (int?)null;
        var found = await db
            .Devices.Where(row => integration == null || row.IntegrationId == integration)
            .Where(row =>
                row.Id == id || row.RemoteUuid == id || row.RemoteId == number || row.SerialNumber!.ToUpper() == upper
            )
            .Select(row => new
            {
                row.RemoteId,
                row.SerialNumber,
                row.RemoteUuid,
            })
            .Take(DevicesThatMatter)
            .ToListAsync(cancellation);
        if (found.Exists(row => string.Equals(row.SerialNumber, text, StringComparison.OrdinalIgnoreCase)))
        {
            return (text, null);
        }

        return found switch
        {
            [] when id is not null => (null, "There is no device with this id or uuid."),
            [] => (text, null), // The serial number of one that may come.
            _ when id is null && integration is null => (
                null,
                "No device has this serial number, and the UEM's number is good for its own integration alone. Name that integration."
            ),
            [{ SerialNumber: { Length: > 0 } serial }, ..] => (serial, null),
            [{ RemoteUuid: { } uuid }, ..] => (uuid.ToString(), null),
            _ => (null, "The device has no serial number and no uuid by which it could be known again. Name its user."),
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

    private static async Task<(string?, IReadOnlyList<NeverTouchGroup>, string?)> GroupAsync(
        PicketDbContext db,
        NeverTouchDraft draft,
        string text,
        CancellationToken cancellation
    )
    {
        var kind = (Core.Response.NeverTouchKind)draft.Kind;
        var groups = new GroupName(text).IsAll
            ? []
            : await NeverTouchGroups.NamedAsync(db, draft.IntegrationId, kind, text, cancellation);
        return (groups, draft.Kind) switch
        {
            ([var one, ..], NeverTouchKind.UserGroup) => (one.Name, groups, null),
            ([_, ..], _) => (text, groups, null),
            (_, NeverTouchKind.UserGroup) => (null, [], "There is no user group of this name."),
            _ => (null, [], "There is no organization group of this name, path or uuid."),
        };
    }
}
