using Picket.Core.Devices;

namespace Picket.Core.Intelligence;

/// <summary>
/// Answers for apps of which only a keyed hash is kept. The key never enters Core: the caller passes the function that
/// hashes an app id. Patterns cannot be answered here: they are tried while reading (<see cref="AppPatterns"/>). A hash that folds case cannot tell
/// whether the case was the same.
/// </summary>
public sealed class HashedApps
{
    public static readonly HashedApps None = new();

    private readonly Dictionary<string, List<SourcedIndicator>> _byHash = new(StringComparer.Ordinal);

    private HashedApps() { }

    public int Count => _byHash.Count;

    public static HashedApps Build(IEnumerable<FeedContent> feeds, Func<string, string> keyedHash)
    {
        var index = new HashedApps();
        foreach (var feed in feeds)
        {
            foreach (var indicator in feed.Indicators.Where(indicator => indicator.Kind is IndicatorKind.AppId))
            {
                var hash = keyedHash(indicator.Value);
                if (!index._byHash.TryGetValue(hash, out var list))
                {
                    index._byHash[hash] = list = [];
                }

                list.Add(new SourcedIndicator(indicator, feed.Source));
            }
        }

        return index;
    }

    public IEnumerable<IndicatorMatch> Match(DevicePlatform platform, string identifierHash) =>
        _byHash.TryGetValue(identifierHash, out var list)
            ? list.Where(sourced => sourced.Indicator.Concerns(platform))
                .Select(sourced => new IndicatorMatch(sourced, SameCase: true))
            : [];
}
