using Picket.Core.Devices;

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

    private readonly Dictionary<string, List<SourcedIndicator>> _apps = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<SourcedIndicator>> _certificates = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<SourcedIndicator>> _profiles = new(StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<DevicePlatform> _covered;

    private IndicatorIndex(IReadOnlyCollection<SourcedIndicator> indicators)
    {
        foreach (var sourced in indicators)
        {
            Add(sourced);
        }

        _covered =
        [
            .. Enum.GetValues<DevicePlatform>()
                .Where(platform =>
                    indicators.Any(sourced => sourced.Indicator.IsTestable && sourced.Indicator.Concerns(platform))
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
        if (app.Identifier is { } identifier)
        {
            AddExact(_apps, platform, identifier, ref found);
            foreach (var match in Patterns.Match(platform, identifier))
            {
                (found ??= []).Add(match);
            }
        }

        AddExact(_certificates, platform, app.CertificateSha1, ref found);
        AddExact(_certificates, platform, app.CertificateSha256, ref found);
        return found ?? (IReadOnlyList<IndicatorMatch>)[];
    }

    public IReadOnlyList<IndicatorMatch> MatchAppId(DevicePlatform platform, string identifier) =>
        MatchApp(platform, new AppOnDevice(identifier));

    public IReadOnlyList<IndicatorMatch> MatchProfile(DevicePlatform platform, string profileId)
    {
        List<IndicatorMatch>? found = null;
        AddExact(_profiles, platform, profileId, ref found);
        return found ?? (IReadOnlyList<IndicatorMatch>)[];
    }

    private void Add(SourcedIndicator sourced)
    {
        var value = sourced.Indicator.Value;
        switch (sourced.Indicator.Kind)
        {
            case IndicatorKind.AppId:
                AddTo(_apps, value, sourced);
                break;
            case IndicatorKind.AppCertificateSha1 or IndicatorKind.AppCertificateSha256:
                AddTo(_certificates, value, sourced);
                break;
            case IndicatorKind.ProfileId:
                AddTo(_profiles, value, sourced);
                break;
            default:
                return; // Patterns have an index of their own.
        }
    }

    private static void AddTo(Dictionary<string, List<SourcedIndicator>> index, string value, SourcedIndicator sourced)
    {
        if (!index.TryGetValue(value, out var list))
        {
            index[value] = list = [];
        }

        list.Add(sourced);
    }

    private static void AddExact(
        Dictionary<string, List<SourcedIndicator>> index,
        DevicePlatform platform,
        string? value,
        ref List<IndicatorMatch>? found
    )
    {
        if (value is null || !index.TryGetValue(value, out var list))
        {
            return;
        }

        foreach (var sourced in list.Where(sourced => sourced.Indicator.Concerns(platform)))
        {
            (found ??= []).Add(new IndicatorMatch(sourced, IsSameCase(platform, sourced.Indicator, value)));
        }
    }

    private static bool IsSameCase(DevicePlatform platform, Indicator indicator, string value) =>
        indicator.Kind is not IndicatorKind.AppId
        || platform is not DevicePlatform.Android
        || string.Equals(indicator.Value, value, StringComparison.Ordinal);
}
