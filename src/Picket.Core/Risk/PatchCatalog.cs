using System.Collections.Concurrent;
using Picket.Core.Devices;
using Picket.Core.Intelligence;

namespace Picket.Core.Risk;

/// <summary>What the bulletins say about one version of Android at one patch level.</summary>
/// <param name="FirstFixed">The patch level that first fixed one of those that are missing.</param>
/// <param name="Complete">The patch level from which on none is missing.</param>
public sealed record PatchAssessment(
    FeedSource Source,
    int Missing,
    IReadOnlyList<ExploitedCve> Exploited,
    DateOnly? FirstFixed,
    DateOnly? Complete
);

/// <summary>
/// Fixes by version of Android. Of two feeds that cover a version the newest, given first, is followed: to add them up
/// would count twice. A fleet has few combinations of version and patch level, so each answer is remembered.
/// </summary>
internal sealed class PatchCatalog
{
    /// <summary>Bounds the memo against a UEM that reports a different patch level for every device.</summary>
    private const int LargestMemo = 20_000;

    private readonly ConcurrentDictionary<(OsVersion, DateOnly), PatchAssessment?> _memo = new();
    private readonly Dictionary<OsVersion, (FeedSource Source, List<AndroidFix> Fixes)> _versions = [];
    private readonly Func<IEnumerable<string>, List<ExploitedCve>> _exploited;
    private int _remembered;

    public PatchCatalog(IEnumerable<FeedContent> feeds, Func<IEnumerable<string>, List<ExploitedCve>> exploited)
    {
        _exploited = exploited;
        foreach (var feed in feeds)
        {
            foreach (var version in feed.Fixes.GroupBy(fix => fix.Version))
            {
                _versions.TryAdd(version.Key, (feed.Source, [.. version]));
            }
        }
    }

    public bool IsEmpty => _versions.Count == 0;

    /// <summary>Null when no feed knows the version.</summary>
    public PatchAssessment? Assess(OsVersion version, DateOnly patchLevel)
    {
        if (_memo.TryGetValue((version, patchLevel), out var known))
        {
            return known;
        }

        var answer = Answer(version, patchLevel);
        if (Interlocked.Increment(ref _remembered) <= LargestMemo)
        {
            _memo.TryAdd((version, patchLevel), answer);
        }

        return answer;
    }

    private PatchAssessment? Answer(OsVersion version, DateOnly patchLevel)
    {
        // Makers append numbers of their own; bulletins know 8.1 and 12L, which is 12.1, and whole numbers else.
        if (
            !_versions.TryGetValue(new OsVersion(version.Major, version.Minor), out var known)
            && !_versions.TryGetValue(new OsVersion(version.Major), out known)
        )
        {
            return null;
        }

        var missing = known.Fixes.Where(fix => fix.IsLackedBy(patchLevel)).ToList();
        return new PatchAssessment(
            known.Source,
            missing.Select(fix => fix.Vulnerability).Distinct(StringComparer.OrdinalIgnoreCase).Count(),
            _exploited(missing.Select(fix => fix.Vulnerability)),
            missing.Count == 0 ? null : missing.Min(fix => fix.Fixed),
            missing.Count == 0 ? null : missing.Max(fix => fix.Fixed)
        );
    }
}
