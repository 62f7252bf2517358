namespace Picket.WorkspaceOne.Emulator.Apps;

/// <summary>That installing an app goes wrong on some devices; set by tests, none by itself.</summary>
/// <param name="BundleId">The app.</param>
/// <param name="Share">0 to 1 of all devices, the same ones each time; a larger share holds the smaller one.</param>
/// <param name="Devices">Ids of devices on which it fails besides.</param>
/// <param name="Reason">What the server says about it.</param>
public sealed record InstallFailures(string BundleId, double Share, IReadOnlyList<int> Devices, string Reason)
{
    private const int Parts = 10_000;

    internal bool Hit(int deviceId) => Devices.Contains(deviceId) || Part(deviceId) < Share * Parts;

    // FNV-1a, so that who fails with one app need not fail with another.
    private int Part(int deviceId)
    {
        var hash = 2166136261u;
        foreach (var letter in $"{BundleId}:{deviceId}")
        {
            hash = (hash ^ letter) * 16777619u;
        }

        return (int)(((ulong)hash * Parts) >> 32);
    }
}
