using Picket.Core.Devices;
using Picket.Core.Intelligence;
using Picket.Core.Policy;

namespace Picket.Core.Risk;

/// <summary>
/// Which apps of a fleet can change a verdict at all. Nearly all of them cannot: whoever judges a whole fleet leaves the
/// others out, and comes to the same verdicts.
/// </summary>
public sealed class RelevantApps
{
    private readonly RiskContext _context;
    private readonly List<PolicyApp> _named;
    private readonly HashSet<string> _namedHashes;
    private readonly bool _deniesByPattern;

    public RelevantApps(RiskContext context)
    {
        var stated = context.Policies.Document.Policies.Select(policy => policy.Values).ToList();
        var denied = stated.SelectMany(values => values.DeniedApps ?? []).ToList();
        _context = context;
        _named = [.. denied, .. stated.SelectMany(values => values.RequiredApps ?? [])];
        _deniesByPattern = denied.Any(app => app.IsPattern);
        _namedHashes = context.AppHash is { } hash
            ? [.. _named.Where(app => !app.IsPattern).Select(app => hash(app.Value))]
            : [];
    }

    public bool Matters(DevicePlatform platform, AppOnDevice app) =>
        app.Identifier is { } id
            ? _named.Any(named => named.Is(id))
                || _context.Indicators.MatchApp(platform, app).Count > 0
                || LookAlikes.Find(platform, id, app.Name) is not null
            : _deniesByPattern
                || IsUntested(platform, app)
                || app.IdentifierHash is { } hash && Matches(platform, app, hash);

    /// <summary>How many of them there are makes a blind spot.</summary>
    private bool IsUntested(DevicePlatform platform, AppOnDevice app) =>
        _context.Indicators.Patterns.VersionFor(platform) is { } inForce && app.TestedPatterns != inForce;

    private bool Matches(DevicePlatform platform, AppOnDevice app, string hash) =>
        _namedHashes.Contains(hash)
        || _context.HashedApps.Match(platform, hash).Any()
        || _context.Indicators.Patterns.OfKeys(platform, app.MatchedPatterns).Any();
}
