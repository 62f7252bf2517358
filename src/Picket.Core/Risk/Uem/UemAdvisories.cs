using Picket.Core.Intelligence;

namespace Picket.Core.Risk.Uem;

public enum Affected
{
    No,
    Yes,

    /// <summary>Picket does not know which versions are affected, or does not understand this one.</summary>
    Maybe,
}

/// <summary>Which versions of the UEM a vulnerability is in: facts of the maker's advisories, by CVE.</summary>
public static class UemAdvisories
{
    private static readonly string[] Makers = ["VMware", "Omnissa", "AirWatch", "Broadcom"];

    /// <summary>From which patch on each release is mended; later releases never had it.</summary>
    private sealed record Advisory(IReadOnlyDictionary<(int, int), Version> Mended, Version NeverSince);

    private static readonly Dictionary<string, Advisory> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        // VMSA-2021-0029: server-side request forgery by whoever reaches the console. The maker writes 2008 as 20.0.8, too.
        ["CVE-2021-22054"] = new(
            new Dictionary<(int, int), Version>
            {
                [(20, 0)] = new(20, 0, 8, 37),
                [(20, 8)] = new(20, 8, 0, 37),
                [(20, 11)] = new(20, 11, 0, 40),
                [(21, 2)] = new(21, 2, 0, 27),
                [(21, 5)] = new(21, 5, 0, 37),
            },
            new Version(21, 9)
        ),
    };

    /// <summary>The catalogue calls the product by the names that it had over the years, and other products by like ones.</summary>
    public static bool IsOfUem(KnownExploited entry) =>
        Makers.Contains(entry.Vendor.Trim(), StringComparer.OrdinalIgnoreCase)
        && (
            entry.Product.Contains("AirWatch", StringComparison.OrdinalIgnoreCase)
            || entry.Product.Contains("Workspace ONE UEM", StringComparison.OrdinalIgnoreCase)
            || entry.Product.Contains("Unified Endpoint Management", StringComparison.OrdinalIgnoreCase)
        );

    public static Affected IsAffected(string cve, string version)
    {
        if (!Known.TryGetValue(cve, out var advisory) || !Version.TryParse(version.Trim(), out var parsed))
        {
            return Affected.Maybe;
        }

        return advisory.Mended.TryGetValue((parsed.Major, parsed.Minor), out var mended)
                ? (parsed < mended ? Affected.Yes : Affected.No)
            : parsed >= advisory.NeverSince ? Affected.No
            : Affected.Maybe; // Older or between: no longer cared for, and named by no advisory.
    }
}
