namespace Picket.Core.Preparation;

public enum RightAccess
{
    Read,
    Edit,
}

/// <summary>What a right is for. A feature that is off needs no right.</summary>
public enum PicketFeature
{
    /// <summary>Reading the fleet: always on.</summary>
    Inventory,
    Tagging,
    Registration,
    AppDeployment,
    EnterpriseWipe,

    /// <summary>Granted by the usual role, not used by Picket.</summary>
    Unused,
}

/// <summary>How far a row can be trusted: the vendor's page names the rows, but its tick marks are lost.</summary>
public enum RightTrust
{
    /// <summary>Documented.</summary>
    Documented,

    /// <summary>Inferred from the page's own hints and from other products' tables.</summary>
    Inferred,
}

/// <summary>One row of the role editor that some feature needs.</summary>
/// <param name="Routes">The routes that stop working without it.</param>
/// <param name="Probe">A harmless reading that needs it; null when no public route tells.</param>
/// <param name="Since">The catalogue's version that brought it.</param>
public sealed record RightRow(
    string Id,
    string ConsolePath,
    RightAccess Access,
    PicketFeature Feature,
    IReadOnlyList<string> Routes,
    RightTrust Trust,
    DoctorProbe? Probe,
    int Since = 1
)
{
    /// <summary>Rights that each use of this one needs as well: a refusal cannot tell which of them is missing.</summary>
    public IReadOnlyList<string> UsedWith { get; init; } = [];

    public ConsoleSteps Grant => ConsolePaths.Grant(ConsolePath, Access);
}

/// <summary>The rights that an integration's role needs, as data, with a version: see the rows in RightsRows.</summary>
public static class RightsCatalogue
{
    public const int Version = 1;

    public static IReadOnlyList<RightRow> Rows => RightsRows.All;

    public static RightRow Row(string id) =>
        Rows.FirstOrDefault(row => row.Id == id) ?? throw new ArgumentException($"No right is called \"{id}\".");

    /// <summary>The rows that a refused use of this right may be for want of, the likeliest first.</summary>
    public static IReadOnlyList<RightRow> Suspects(RightRow row) => [row, .. row.UsedWith.Select(Row)];

    /// <summary>The id of the check that tells about a row.</summary>
    public static string CheckId(RightRow row) => RightChecks.Prefix + row.Id;

    /// <summary>After an upgrade: what a hand-made role does not have yet, since its last pass.</summary>
    public static IReadOnlyList<RightRow> NewSince(int version) => [.. Rows.Where(row => row.Since > version)];
}
