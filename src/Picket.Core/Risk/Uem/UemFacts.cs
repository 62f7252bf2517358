using Picket.Core.Intelligence;

namespace Picket.Core.Risk.Uem;

/// <summary>A vulnerability of the UEM that is exploited, and the catalogue that says so.</summary>
public sealed record UemExploit(KnownExploited Entry, FeedSource Source);

/// <summary>An administrator of the UEM, as the listing tells.</summary>
/// <param name="Roles">Names of active roles.</param>
/// <param name="LastSignIn">Null: the UEM names none.</param>
/// <param name="FirstSeen">Since when the listing has held it: one without a sign-in is unused since then.</param>
public sealed record UemAdministrator(
    string Name,
    IReadOnlyList<string> Roles,
    DateTimeOffset? LastSignIn,
    DateTimeOffset FirstSeen
);

/// <summary>What is known of a UEM itself. Whatever is null was not read.</summary>
public sealed record UemFacts
{
    public string? Version { get; init; }

    public DateTimeOffset? VersionReadAt { get; init; }

    /// <summary>Null: no catalogue of exploited vulnerabilities is in force.</summary>
    public IReadOnlyList<UemExploit>? Exploits { get; init; }

    /// <summary>The account that Picket signs in with; null for an OAuth client, which is no administrator.</summary>
    public string? Account { get; init; }

    /// <summary>Null: no complete listing was read.</summary>
    public IReadOnlyList<UemAdministrator>? Administrators { get; init; }

    public DateTimeOffset? AdministratorsReadAt { get; init; }
}
