using System.Collections.Concurrent;
using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.WorkspaceOne.Emulator.Profiles;

internal sealed record Profile(int Id, Guid Uuid, string Name, DevicePlatform Platform, int Version);

/// <summary>Configuration profiles: a few per platform, managed by the topmost group. They can be read and deleted.</summary>
internal sealed class ProfileStore
{
    private readonly ConcurrentDictionary<int, bool> deleted = [];

    private readonly Profile[] seeded =
    [
        Seeded(1, "Passcode", DevicePlatform.Ios, 3),
        Seeded(2, "Wi-Fi Northwind", DevicePlatform.Ios, 1),
        Seeded(3, "Passcode", DevicePlatform.Android, 2),
        Seeded(4, "Restrictions", DevicePlatform.Android, 5),
        Seeded(5, "Disk encryption", DevicePlatform.Windows, 1),
        Seeded(6, "FileVault", DevicePlatform.Macos, 1),
    ];

    public IEnumerable<Profile> All => seeded.Where(profile => !deleted.ContainsKey(profile.Id));

    public Profile? ById(int id) => All.FirstOrDefault(profile => profile.Id == id);

    public void Delete(Profile profile) => deleted[profile.Id] = true;

    public int[] Save() => [.. deleted.Keys];

    public void Load(int[] gone)
    {
        deleted.Clear();
        foreach (var id in gone)
        {
            deleted[id] = true;
        }
    }

    private static Profile Seeded(int number, string name, DevicePlatform platform, int version) =>
        new(1_300 + number, new Guid(number, 0x5072, 0x4F66, 0x9A, 0x11, 0, 0, 0, 0, 0, 1), name, platform, version);
}
