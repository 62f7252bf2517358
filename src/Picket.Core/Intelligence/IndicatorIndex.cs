using System.Collections.Frozen;
using Picket.Core.Devices;
using Picket.Core.Risk;

namespace Picket.Core.Intelligence;

/// <summary>An indicator with the feed that brought it.</summary>
public sealed record SourcedIndicator(Indicator Indicator, FeedSource Source);

/// <param name="SameCase">
/// False when only the case of the letters differs. Android tells such packages apart, so it is a weaker match;
/// Apple does not.
/// </param>
public sealed record IndicatorMatch(SourcedIndicator Sourced, bool SameCase)
{
    public Indicator Indicator => Sourced.Indicator;
}

/// <summary>
/// All indicators that can match, of all feeds in force, built once per change of the feeds and then only read. Looking up an
/// app costs one dictionary access, however many indicators there are; patterns (few) are tried one by one.
/// </summary>
public sealed class IndicatorIndex
{
    public static readonly IndicatorIndex Empty = new([]);

    private readonly FrozenDictionary<string, SourcedIndicator[]> _apps;
    private readonly FrozenDictionary<string, SourcedIndicator[]> _certificates;
    private readonly FrozenDictionary<string, SourcedIndicator[]> _profiles;

    private readonly FrozenDictionary<string, SourcedIndicator[]> _models;
    private readonly List<(SourcedIndicator Sourced, ValueRange<OsVersion> Range)> _versions = [];
    private readonly List<(SourcedIndicator Sourced, ValueRange<DateOnly> Range)> _patchLevels = [];
    private readonly HashSet<DevicePlatform> _covered;

    private IndicatorIndex(IReadOnlyCollection<SourcedIndicator> indicators)
    {
        _apps = Frozen(indicators, each => each.Kind is IndicatorKind.AppId, value => value);
        _certificates = Frozen(
            indicators,
            each => each.Kind is IndicatorKind.AppCertificateSha1 or IndicatorKind.AppCertificateSha256,
            value => value
        );
        _profiles = Frozen(indicators, each => each.Kind is IndicatorKind.ProfileId, value => value);
        _models = Frozen(indicators, each => each.Kind is IndicatorKind.DeviceModel, ModelNames.Normalise);
        foreach (var sourced in indicators)
        {
            AddRange(sourced);
        }

        _covered =
        [
            .. Enum.GetValues<DevicePlatform>()
                .Where(platform =>
                    indicators.Any(sourced => sourced.Indicator.IsOfApps && sourced.Indicator.Concerns(platform))
                ),
        ];
        Patterns = new AppPatterns(indicators.Where(sourced => sourced.Indicator.Kind is IndicatorKind.AppIdPattern));
        Count = Patterns.Count + indicators.Count(sourced => sourced.Indicator.Kind is not IndicatorKind.AppIdPattern);
    }

    public int Count { get; }

    public AppPatterns Patterns { get; }

    /// <summary>The app ids that can match exactly: what a store is asked for when a new feed comes.</summary>
    public IReadOnlyCollection<string> AppIds => _apps.Keys;

    /// <summary>Whether an app on such a device can match anything at all.</summary>
    public bool CoversApps(DevicePlatform platform) => _covered.Contains(platform);

    public bool CoversModels(DevicePlatform platform) =>
        _models.Count > 0
        && _models.Values.Any(same => Array.Exists(same, sourced => sourced.Indicator.Concerns(platform)));

    public bool HasProfiles => _profiles.Count > 0;

    public static IndicatorIndex Build(IEnumerable<FeedContent> feeds) =>
        new([
            .. from feed in feeds
            from indicator in feed.Indicators
            where indicator.IsMatchable
            select new SourcedIndicator(indicator, feed.Source),
        ]);

    public IReadOnlyList<IndicatorMatch> MatchApp(DevicePlatform platform, AppOnDevice app)
    {
        List<IndicatorMatch>? found = null;
        AddAppId(platform, app.Identifier, ref found);
        AddExact(_certificates, platform, app.CertificateSha1, ref found);
        AddExact(_certificates, platform, app.CertificateSha256, ref found);
        return found ?? (IReadOnlyList<IndicatorMatch>)[];
    }

    /// <summary>Takes no memory where nothing matches: it is asked for each app of each device.</summary>
    public IReadOnlyList<IndicatorMatch> MatchAppId(DevicePlatform platform, string identifier)
    {
        List<IndicatorMatch>? found = null;
        AddAppId(platform, identifier, ref found);
        return found ?? (IReadOnlyList<IndicatorMatch>)[];
    }

    public IReadOnlyList<IndicatorMatch> MatchProfile(DevicePlatform platform, string profileId)
    {
        List<IndicatorMatch>? found = null;
        AddExact(_profiles, platform, profileId, ref found);
        return found ?? (IReadOnlyList<IndicatorMatch>)[];
    }

    public IEnumerable<IndicatorMatch> MatchVersion(DevicePlatform platform, OsVersion version) =>
        Within(_versions, platform, version);

    public IEnumerable<IndicatorMatch> MatchPatchLevel(DevicePlatform platform, DateOnly level) =>
        Within(_patchLevels, platform, level);

    /// <summary>By Apple's identifier and by the name that people know, however it is written.</summary>
    public IReadOnlyList<IndicatorMatch> MatchModel(DevicePlatform platform, params ReadOnlySpan<string?> names)
    {
        List<IndicatorMatch>? found = null;
        if (_models.Count > 0)
        {
            foreach (var name in names)
            {
                AddExact(_models, platform, name is null ? null : ModelNames.Normalise(name), ref found);
            }
        }

        return found?.Distinct().ToList() ?? (IReadOnlyList<IndicatorMatch>)[];
    }

    private static IEnumerable<IndicatorMatch> Within<T>(
        List<(SourcedIndicator Sourced, ValueRange<T> Range)> ranges,
        DevicePlatform platform,
        T value
    )
        where T : struct, IComparable<T> =>
        ranges.Count == 0
            ? []
            : from each in ranges
            where each.Sourced.Indicator.Concerns(platform) && each.Range.Holds(value)
            select new IndicatorMatch(each.Sourced, SameCase: true);

    private void AddAppId(DevicePlatform platform, string? identifier, ref List<IndicatorMatch>? found)
    {
        if (identifier is not null)
        {
            AddExact(_apps, platform, identifier, ref found);
            Patterns.AddMatches(platform, identifier, ref found);
        }
    }

    private void AddRange(SourcedIndicator sourced)
    {
        var (kind, value) = (sourced.Indicator.Kind, sourced.Indicator.Value);
        if (kind is IndicatorKind.OsVersion && ValueRange.TryVersions(value, out var versions))
        {
            _versions.Add((sourced, versions));
        }
        else if (kind is IndicatorKind.PatchLevel && ValueRange.TryPatchLevels(value, out var levels))
        {
            _patchLevels.Add((sourced, levels));
        }
    }

    /// <summary>Slower to build than a dictionary and faster to read: it is read for each app of each device.</summary>
    private static FrozenDictionary<string, SourcedIndicator[]> Frozen(
        IEnumerable<SourcedIndicator> indicators,
        Func<Indicator, bool> wanted,
        Func<string, string> key
    ) =>
        indicators
            .Where(sourced => wanted(sourced.Indicator))
            .GroupBy(sourced => key(sourced.Indicator.Value), StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(same => same.Key, same => same.ToArray(), StringComparer.OrdinalIgnoreCase);

    private static void AddExact(
        FrozenDictionary<string, SourcedIndicator[]> index,
        DevicePlatform platform,
        string? value,
        ref List<IndicatorMatch>? found
    )
    {
        if (value is null || !index.TryGetValue(value, out var list))
        {
            return;
        }

        foreach (var sourced in list)
        {
            if (sourced.Indicator.Concerns(platform))
            {
                (found ??= []).Add(new IndicatorMatch(sourced, IsSameCase(platform, sourced.Indicator, value)));
            }
        }
    }

    private static bool IsSameCase(DevicePlatform platform, Indicator indicator, string value) =>
        indicator.Kind is not IndicatorKind.AppId
        || platform is not DevicePlatform.Android
        || string.Equals(indicator.Value, value, StringComparison.Ordinal);
}
