using System.Text.Json.Serialization;

namespace Picket.Api;

/// <summary>A list of indicators or releases with its version in force.</summary>
/// <param name="Id">Picket's id.</param>
/// <param name="Name">Name.</param>
/// <param name="Format">One of <see cref="FeedFormats"/>.</param>
/// <param name="Version">The version in force.</param>
public sealed record FeedView(Guid Id, string Name, string Format, FeedVersion Version)
{
    /// <summary>Picket's id of the version that a rollback would put in force; null where there is none to go back to.</summary>
    public Guid? VersionBefore { get; init; }

    /// <summary>What is wrong with it, e.g. that its stored file cannot be read, or that another feed disagrees.</summary>
    public IReadOnlyList<string> Notices { get; set; } = [];

    /// <summary>The last import of a file for it, when that was refused; null when it was taken over.</summary>
    public FeedFailure? LastFailure { get; init; }

    /// <summary>Where it comes from by itself; null where people import its files.</summary>
    public FeedSourceView? Source { get; init; }

    /// <summary>A version that waits for a person; null where none does.</summary>
    public FeedAside? Aside { get; init; }

    /// <summary>Everything that is not as it should be, the worst first; empty for a feed in good health.</summary>
    public IReadOnlyList<FeedTrouble> Troubles { get; set; } = [];

    /// <summary>From which age on it counts as old, by its own rhythm, in hours.</summary>
    public int OldAfterHours { get; init; }
}

/// <summary>An import that was refused; the version in force stayed.</summary>
/// <param name="At">When.</param>
/// <param name="Reason">Where the file could not be read, and why.</param>
public sealed record FeedFailure(DateTimeOffset At, string Reason);

/// <summary>One imported version of a feed.</summary>
public sealed record FeedVersion
{
    private static readonly string[] Listed = ["indicators", "releases", "trains", "hardware", "exploited", "fixes"];

    /// <summary>Picket's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Version as the feed calls itself, else made from the file's hash.</summary>
    public string? Version { get; init; }

    /// <summary>SHA-256 of the file, hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>When it was imported.</summary>
    public DateTimeOffset ImportedAt { get; init; }

    /// <summary>The date that the feed gives itself.</summary>
    public DateTimeOffset? FeedDate { get; init; }

    /// <summary>Licence.</summary>
    public string? Licence { get; init; }

    /// <summary>Whom to name as the source.</summary>
    public string? Attribution { get; init; }

    /// <summary>
    /// Per kind of row (indicators, releases, …): how many. <c>testable</c> indicators are tested on each device;
    /// <c>notTestableYet</c> are certificates and profiles, which the UEM does not tell of a device.
    /// </summary>
    public IReadOnlyDictionary<string, int> Counts { get; set; } = new Dictionary<string, int>();

    /// <summary>Entries of all kinds: as many as the list of its entries holds.</summary>
    public int CountEntries() => Listed.Sum(kind => Counts.GetValueOrDefault(kind));

    /// <summary>Rows that the version before lacked.</summary>
    public int Added { get; init; }

    /// <summary>Rows that only the version before had.</summary>
    public int Removed { get; init; }

    /// <summary>Rows that both have, and of which this version says something else.</summary>
    public int Changed { get; init; }

    /// <summary>True for a version that waits for a person.</summary>
    public bool Aside { get; init; }

    /// <summary>When a person decided against it; null where nobody did.</summary>
    public DateTimeOffset? RejectedAt { get; init; }

    /// <summary>True for the version that is used for judging.</summary>
    public bool InForce { get; init; }
}

/// <summary>Where a feed file could not be read.</summary>
/// <param name="Line">Line, from 1; null when unknown.</param>
/// <param name="Column">Column, from 1; null when unknown.</param>
/// <param name="Message">What is wrong there.</param>
public sealed record FeedError(int? Line, int? Column, string Message);

/// <summary>One indicator of the version in force.</summary>
/// <param name="Kind">What it matches, e.g. <c>AppId</c>, <c>Certificate</c>, <c>OsRelease</c>.</param>
/// <param name="Value">The value or pattern that it matches.</param>
/// <param name="Name">Name of the threat, app or CVE.</param>
/// <param name="Category">The feed's own category, e.g. <c>stalkerware</c>.</param>
/// <param name="Hits">Devices that match now.</param>
/// <param name="Testable">Whether it is tested on devices; null for what is no indicator.</param>
public sealed record IndicatorView(
    string Kind,
    string Value,
    string? Name,
    string? Category,
    int Hits,
    bool? Testable = null
);

/// <summary>How a version differs from the one that was in force before it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FeedChange>))]
public enum FeedChange
{
    /// <summary>It has what the one before lacks.</summary>
    Added,

    /// <summary>It lacks what the one before has.</summary>
    Removed,

    /// <summary>It says something else of what both have.</summary>
    Changed,
}

/// <summary>Which entries of a feed.</summary>
public sealed record IndicatorFilter
{
    /// <summary>Of this version; of the one in force when absent.</summary>
    public Guid? Version { get; init; }

    /// <summary>Only what this version added, removed or changed; all that it has when absent.</summary>
    public FeedChange? Change { get; init; }

    /// <summary>Where to go on.</summary>
    public string? Cursor { get; init; }

    /// <summary>Rows of one page, 1 to 500; 100 when absent.</summary>
    public int? Limit { get; init; }
}

/// <summary>Names of the feed formats; letter case is ignored.</summary>
public static class FeedFormats
{
    /// <summary>For import: told by the content and the file's name.</summary>
    public const string Auto = "Auto";

    /// <summary>SOFA v2, iOS and iPadOS.</summary>
    public const string SofaIos = "SofaIos";

    /// <summary>endoflife.date release data.</summary>
    public const string EndOfLifeReleases = "EndOfLifeReleases";

    /// <summary>endoflife.date product data.</summary>
    public const string EndOfLifeProduct = "EndOfLifeProduct";

    /// <summary>CISA Known Exploited Vulnerabilities.</summary>
    public const string CisaKev = "CisaKev";

    /// <summary>stalkerware-indicators YAML.</summary>
    public const string StalkerwareIndicators = "StalkerwareIndicators";

    /// <summary>STIX 2.1 bundle with <c>app:id</c> patterns.</summary>
    public const string Stix21 = "Stix21";

    /// <summary>OSV records of Android: one, a list, one on each line, or the ZIP archive of all.</summary>
    public const string OsvAndroid = "OsvAndroid";

    /// <summary>CSV with a header: <c>kind,value,platform,class,family,confidence,reference,validUntil</c>.</summary>
    public const string Csv = "Csv";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [Auto, SofaIos, EndOfLifeReleases, EndOfLifeProduct, CisaKev, StalkerwareIndicators, Stix21, OsvAndroid, Csv];
}
