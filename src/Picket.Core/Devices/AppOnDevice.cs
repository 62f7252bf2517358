namespace Picket.Core.Devices;

/// <summary>
/// One app on one device. Unmanaged apps of employee-owned devices are kept as a keyed hash only: then
/// <see cref="Identifier"/> is null and <see cref="IdentifierHash"/> is set. Only an exact indicator can reveal the app;
/// patterns were tested while it was read.
/// </summary>
public sealed record AppOnDevice(string? Identifier, string? Version = null, bool? Managed = null)
{
    public string? IdentifierHash { get; init; }

    /// <summary>Of a hashed app: the set of patterns that it was tested against when it was read; null for none.</summary>
    public string? TestedPatterns { get; init; }

    /// <summary>Of a hashed app: keys of the patterns that matched then.</summary>
    public IReadOnlyList<string> MatchedPatterns { get; init; } = [];

    public string? Name { get; init; }

    /// <summary>Hex, of the signing certificate; null where the UEM does not tell.</summary>
    public string? CertificateSha1 { get; init; }

    public string? CertificateSha256 { get; init; }

    public DateTimeOffset? CollectedAt { get; init; }
}

/// <summary>How much of a device's app list the UEM lets us see.</summary>
public enum AppView
{
    All,
    ManagedOnly,
}

public sealed record AppList(IReadOnlyList<AppOnDevice> Apps, AppView View = AppView.All);
