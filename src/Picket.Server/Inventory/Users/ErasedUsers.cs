using System.Globalization;
using Picket.Core.Sync;
using Picket.WorkspaceOne;

namespace Picket.Server.Inventory.Users;

/// <summary>The erased users of an integration: what is kept of what the UEM tells about them.</summary>
/// <param name="keys">The keyed hashes of their sign-in names as stored, by the UEM's numbers.</param>
/// <param name="names">The hashes of those whom the UEM lists.</param>
internal sealed class ErasedUsers(
    IReadOnlyDictionary<int, string?> keys,
    IReadOnlySet<string> names,
    Func<string?, string?> keyOf
)
{
    /// <summary>Hashes of the names that <see cref="Kept"/> came across and that are not stored yet.</summary>
    public Dictionary<int, string?> Renamed { get; } = [];

    public bool Hold(int? user) => user is { } number && keys.ContainsKey(number);

    /// <summary>For where the UEM gives no number.</summary>
    public bool HoldName(string? userName) => names.Count > 0 && keyOf(userName) is { } key && names.Contains(key);

    /// <summary>The user as it may be kept.</summary>
    public UemUser Kept(UemUser user)
    {
        if (!Hold(user.Id))
        {
            return user;
        }

        if (keyOf(user.UserName) is { } key && keys[user.Id] != key)
        {
            Renamed[user.Id] = key;
        }

        return new UemUser
        {
            Id = user.Id,
            LocationGroupId = user.LocationGroupId,
            Status = user.Status,
        };
    }

    /// <summary>Takes the names off a user that was planned before somebody was erased.</summary>
    public void Strip(UserRow user)
    {
        if (Hold(user.RemoteId))
        {
            (user.UserName, user.DisplayName, user.Email, user.RemoteUuid) = (null, null, null, null);
            user.Hash = HashOf(user).ToBytes();
        }
    }

    /// <summary>
    /// Takes the names off a device of an erased user. Friendly names go whole: to look for the name in them, the name
    /// would have to be kept, and nobody could list its short forms.
    /// </summary>
    public void Strip(DeviceRow device)
    {
        if (Hold(device.UserRemoteId) || (device.UserRemoteId is null && HoldName(device.UserName)))
        {
            (device.UserName, device.FriendlyName) = (null, null);
            device.Hash = DeviceHistory.Hash(device).ToBytes();
        }
    }

    /// <summary>What <see cref="Sync.Stages.PeopleStages"/> makes of a listed user who has no names.</summary>
    public static RowHash HashOf(UserRow nameless) => HashOf(nameless.OrganizationGroupId, nameless.Active);

    private static RowHash HashOf(int? group, bool? active) =>
        RowHash.Of(null, null, null, null, group?.ToString(CultureInfo.InvariantCulture), active?.ToString(), null);
}
