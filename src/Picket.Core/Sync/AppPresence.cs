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

/// <summary>Of which apps a list would tell that they left (law 1): what it could not show is not gone.</summary>
public enum AppListing
{
    /// <summary>Of none: it was cut, failed half-way, or is empty, as no device is.</summary>
    ProvesNothing,

    /// <summary>Of those that the UEM manages; the others are hidden.</summary>
    OfManaged,

    OfAll,
}

/// <summary>What a device's app list changes in the inventory.</summary>
public static class AppPresence
{
    public static AppPlan Plan(IEnumerable<InstalledApp> installed, IEnumerable<StoredApp> stored, AppListing listing)
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

        var removed = before.Values.Where(app => !app.Gone && !now.ContainsKey(app.Identifier) && IsGone(app, listing));
        return new(added, returned, changed, removed.ToList());
    }

    private static bool IsGone(StoredApp lacking, AppListing listing) =>
        listing is AppListing.OfAll || (listing is AppListing.OfManaged && lacking.Managed);

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
