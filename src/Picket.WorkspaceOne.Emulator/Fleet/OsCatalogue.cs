namespace Picket.WorkspaceOne.Emulator.Fleet;

/// <summary>Releases in the field in autumn 2026, most on the newest branch, a long tail behind.</summary>
internal static class OsCatalogue
{
    public static readonly OsRelease[] Apple =
    [
        new(26, "26.6.1", "23G83", 48),
        new(26, "26.6", "23G71", 12),
        new(26, "26.5.2", "23F84", 9),
        new(26, "26.4.2", "23E261", 6),
        new(26, "26.2", "23C55", 4),
        new(26, "26.0.1", "23A355", 2),
        new(18, "18.7.10", "22H352", 8),
        new(18, "18.7.2", "22H124", 4),
        new(18, "18.5", "22F76", 3),
        new(18, "18.2.1", "22C161", 2),
        new(17, "17.7.11", "21H6461", 2),
        new(17, "17.7.10", "21H450", 1),
        new(17, "17.4.1", "21E236", 1),
        new(16, "16.7.12", "20H364", 2),
        new(16, "16.7.10", "20H350", 1),
        new(16, "16.3.1", "20D67", 1),
    ];

    public static readonly OsRelease[] Android =
    [
        .. Patched(16, "16", "BP4A.251205.006", [(2026, 11, 12), (2026, 10, 9), (2026, 8, 3), (2026, 2, 2)]),
        .. Patched(15, "15", "AP3A.240905.015", [(2026, 10, 14), (2026, 9, 8), (2026, 6, 4), (2025, 11, 3)]),
        .. Patched(14, "14", "UP1A.231005.007", [(2026, 9, 9), (2026, 6, 6), (2025, 12, 4), (2025, 3, 3)]),
        .. Patched(13, "13", "TP1A.220624.014", [(2026, 5, 4), (2025, 10, 4), (2025, 1, 3), (2023, 8, 2)]),
        .. Patched(12, "12", "SP1A.210812.016", [(2024, 12, 1), (2023, 2, 1)]),
    ];

    public static readonly OsRelease[] Windows =
    [
        new(11, "10.0.26200", "8037", 5),
        new(11, "10.0.26100", "6899", 9),
        new(11, "10.0.22631", "5909", 4),
        new(10, "10.0.19045", "6456", 3),
    ];

    public static readonly OsRelease[] Macos =
    [
        new(26, "26.6", "25G72", 8),
        new(26, "26.3", "25D125", 3),
        new(15, "15.7.4", "24G517", 4),
        new(14, "14.8.2", "23J126", 2),
    ];

    public static OsRelease[] Of(DevicePlatform platform) =>
        platform switch
        {
            DevicePlatform.Android => Android,
            DevicePlatform.Windows => Windows,
            DevicePlatform.Macos => Macos,
            _ => Apple,
        };

    /// <summary>The release that a device runs after so many updates: those of its hardware, in the catalogue's order.</summary>
    public static OsRelease Later(Device device, int updates)
    {
        var fitting = Of(device.Platform)
            .Where(release => release.Branch >= device.Model.Oldest && release.Branch <= device.Model.Newest)
            .ToList();
        var at = fitting.FindIndex(release =>
            release.Version == device.OperatingSystem && release.Patch == device.SecurityPatch
        );
        return at < 0
            ? new OsRelease(0, device.OperatingSystem, device.Build, 0, device.SecurityPatch)
            : fitting[updates >= at ? 0 : at - updates];
    }

    private static IEnumerable<OsRelease> Patched(
        int branch,
        string version,
        string build,
        (int Year, int Month, int Weight)[] levels
    ) =>
        levels.Select(level => new OsRelease(
            branch,
            version,
            build,
            level.Weight,
            new DateOnly(level.Year, level.Month, level.Month % 2 == 0 ? 5 : 1)
        ));
}
