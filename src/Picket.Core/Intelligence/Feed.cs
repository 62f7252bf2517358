namespace Picket.Core.Intelligence;

public enum FeedFormat
{
    SofaIos,
    EndOfLifeReleases,
    EndOfLifeProduct,
    CisaKev,
    StalkerwareIndicators,
    Stix21,
    OsvAndroid,
    Csv,

    /// <summary>Typed by people of the organization; never a file.</summary>
    Own,
}

/// <summary>Under which terms a feed's data may be shown, and the line that must stand next to it.</summary>
public sealed record FeedLicence(string Name, string Attribution, bool AttributionRequired);

/// <summary>What the importer knows of a feed besides its bytes.</summary>
/// <param name="FileName">Some formats say in the file's name alone what they are about (<c>ipados.json</c>).</param>
/// <param name="Licence">Null: the format's usual source and its licence.</param>
/// <param name="Version">Null: what the file says of itself, else the hash of its bytes.</param>
public sealed record FeedOrigin(
    string Name,
    string? FileName = null,
    string? Version = null,
    FeedLicence? Licence = null
);

/// <summary>The source that a finding names.</summary>
public sealed record FeedSource(string Name, FeedFormat Format, string Version, DateOnly? Date, FeedLicence Licence);

/// <summary>Where in the file something is wrong; line and column count from 1.</summary>
public sealed record FeedError(int Line, int Column, string Message)
{
    public override string ToString() => $"line {Line}, column {Column}: {Message}";
}

public sealed record FeedCounts(
    int Entries,
    int Indicators,
    int Testable,
    int NotCollected,
    int Duplicates,
    int Releases,
    int Trains,
    int Hardware,
    int Exploited,
    int Fixes
);

/// <summary>What one feed says, in one version.</summary>
public sealed record FeedContent(FeedSource Source)
{
    public IReadOnlyList<Indicator> Indicators { get; init; } = [];

    public IReadOnlyList<OsRelease> Releases { get; init; } = [];

    public IReadOnlyList<OsTrain> Trains { get; init; } = [];

    public IReadOnlyList<HardwareSupport> Hardware { get; init; } = [];

    public IReadOnlyList<KnownExploited> Exploited { get; init; } = [];

    public IReadOnlyList<AndroidFix> Fixes { get; init; } = [];

    /// <summary>Model identifier to the name people know.</summary>
    public IReadOnlyDictionary<string, string> ModelNames { get; init; } = new Dictionary<string, string>();

    /// <summary>Entries as the file counts them (families, vulnerabilities, objects, versions).</summary>
    public int Entries { get; init; }

    /// <summary>Values that occurred again and were taken once.</summary>
    public int Duplicates { get; init; }

    public FeedCounts Counts =>
        new(
            Entries,
            Indicators.Count,
            Indicators.Count(indicator => indicator.IsTestable),
            Indicators.Count(indicator => indicator.IsNotCollected),
            Duplicates,
            Releases.Count,
            Trains.Count,
            Hardware.Count,
            Exploited.Count,
            Fixes.Count
        );
}

/// <summary>Either content or errors. With errors nothing is taken over: the version before stays in force.</summary>
public sealed record FeedParse(FeedContent? Content, IReadOnlyList<FeedError> Errors)
{
    [System.Diagnostics.CodeAnalysis.MemberNotNullWhen(true, nameof(Content))]
    public bool Succeeded => Content is not null;
}
