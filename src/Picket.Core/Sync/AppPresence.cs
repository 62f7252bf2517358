namespace Picket.Core.Sync;

/// <summary>One app on one device: its identifier (or the keyed hash of it) and version.</summary>
public readonly record struct InstalledApp(string Identifier, string? Version, bool Managed = false);

/// <summary>The same as stored; a row whose app has left stays, for "who had this app last month".</summary>
public readonly record struct StoredApp(string Identifier, string? Version, bool Managed = false, bool Gone = false);

public readonly record struct AppChange(StoredApp Before, InstalledApp After);

public sealed record AppPlan(
    IReadOnlyList<InstalledApp> Added,
    IReadOnlyList<InstalledApp> Returned,
    IReadOnlyList<AppChange> Changed,
    IReadOnlyList<StoredApp> Removed
)
{
    public bool WritesNothing => Added.Count + Returned.Count + Changed.Count + Removed.Count == 0;
}

/// <summary>What a device's app list changes in the inventory.</summary>
public static class AppPresence
{
    /// <param name="complete">False when the list was cut or failed half-way: then nothing is taken as removed.</param>
    public static AppPlan Plan(IEnumerable<InstalledApp> installed, IEnumerable<StoredApp> stored, bool complete)
    {
        var now = ByIdentifier(installed);
        var before = stored.ToDictionary(app => app.Identifier, StringComparer.Ordinal);
        List<InstalledApp> added = [];
        List<InstalledApp> returned = [];
        List<AppChange> changed = [];

        foreach (var app in now.Values)
        {
            if (!before.TryGetValue(app.Identifier, out var known))
            {
                added.Add(app);
            }
            else if (known.Gone)
            {
                returned.Add(app);
            }
            else if (known.Version != app.Version || known.Managed != app.Managed)
            {
                changed.Add(new(known, app));
            }
        }

        var removed = complete
            ? before.Values.Where(app => !app.Gone && !now.ContainsKey(app.Identifier)).ToList()
            : [];
        return new(added, returned, changed, removed);
    }

    /// <summary>A device can list one app twice (two versions, a work and a personal copy); the last one counts.</summary>
    private static Dictionary<string, InstalledApp> ByIdentifier(IEnumerable<InstalledApp> installed)
    {
        var apps = new Dictionary<string, InstalledApp>(StringComparer.Ordinal);
        foreach (var app in installed)
        {
            apps[app.Identifier] = app;
        }

        return apps;
    }
}
