using System.Collections.Concurrent;
using Picket.Core.Devices;
using Picket.Core.Intelligence;

namespace Picket.Core.Risk;

/// <summary>What the bulletins say about one version of Android at one patch level.</summary>
/// <param name="Source">The feed that tells the most of what is missing, or of the version where nothing is.</param>
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
/// Fixes by version of Android, of all feeds together: a newer feed may hold fewer bulletins than an older one. What two
/// feeds tell of one vulnerability counts once. A fleet has few combinations of version and patch level, so each answer is
/// remembered.
/// </summary>
internal sealed class PatchCatalog
{
    /// <summary>Bounds the memo against a UEM that reports a different patch level for every device.</summary>
    private const int LargestMemo = 20_000;

    private readonly ConcurrentDictionary<(OsVersion, DateOnly), PatchAssessment?> _memo = new();
    private readonly Dictionary<OsVersion, Dictionary<string, SourcedFix>> _versions = [];
    private readonly Func<IEnumerable<string>, List<ExploitedCve>> _exploited;
    private int _remembered;

    /// <param name="feeds">The newest first.</param>
    public PatchCatalog(IEnumerable<FeedContent> feeds, Func<IEnumerable<string>, List<ExploitedCve>> exploited)
    {
        _exploited = exploited;
        foreach (var feed in feeds)
        {
            foreach (var fix in feed.Fixes)
            {
                Add(fix, feed.Source);
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

    private void Add(AndroidFix fix, FeedSource source)
    {
        if (!_versions.TryGetValue(fix.Version, out var fixes))
        {
            _versions[fix.Version] = fixes = new(StringComparer.OrdinalIgnoreCase);
        }

        fixes[fix.Vulnerability] = fixes.TryGetValue(fix.Vulnerability, out var known)
            ? new SourcedFix(known.Fix.JoinedWith(fix), fix.Fixed > known.Fix.Fixed ? source : known.Source)
            : new SourcedFix(fix, source);
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

        var missing = known.Values.Where(each => each.Fix.IsLackedBy(patchLevel)).ToList();
        return new PatchAssessment(
            SourceOf(missing.Count == 0 ? known.Values : missing),
            missing.Count,
            _exploited(missing.Select(each => each.Fix.Vulnerability)),
            missing.Count == 0 ? null : missing.Min(each => each.Fix.Fixed),
            missing.Count == 0 ? null : missing.Max(each => each.Fix.Fixed)
        );
    }

    /// <summary>One feed is named: that which tells the most of it, and of equals the newer.</summary>
    private static FeedSource SourceOf(IEnumerable<SourcedFix> fixes) =>
        fixes
            .GroupBy(each => each.Source)
            .OrderByDescending(same => same.Count())
            .ThenByDescending(same => same.Key.Date ?? DateOnly.MinValue)
            .First()
            .Key;

    private sealed record SourcedFix(AndroidFix Fix, FeedSource Source);
}
