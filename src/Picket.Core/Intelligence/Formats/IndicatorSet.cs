namespace Picket.Core.Intelligence.Formats;

/// <summary>
/// Collects indicators, checks their values and takes each (kind, value, platform) once: of several that which holds the
/// longest, and of these that of which the source is surest.
/// </summary>
internal sealed class IndicatorSet(FeedErrors errors)
{
    private readonly Dictionary<(IndicatorKind, string, IndicatorPlatform), int> _places = [];
    private readonly List<Indicator> _indicators = [];

    private int _patterns;

    public int Duplicates { get; private set; }

    public IReadOnlyList<Indicator> All => _indicators;

    public void Add(FeedNode at, Indicator indicator)
    {
        var value = IndicatorValues.Normalise(indicator.Kind, indicator.Value);
        if (IndicatorValues.Refuse(indicator.Kind, value, indicator.Platform) is { } refusal)
        {
            errors.Add(at, refusal);
        }
        else if (_places.TryAdd((indicator.Kind, value, indicator.Platform), _indicators.Count))
        {
            Count(at, indicator.Kind);
            _indicators.Add(indicator with { Value = value });
        }
        else
        {
            Duplicates++;
            var place = _places[(indicator.Kind, value, indicator.Platform)];
            if (IsStronger(indicator, _indicators[place]))
            {
                _indicators[place] = indicator with { Value = value };
            }
        }
    }

    private static bool IsStronger(Indicator indicator, Indicator known)
    {
        var (end, knownEnd) = (
            indicator.ValidUntil ?? DateTimeOffset.MaxValue,
            known.ValidUntil ?? DateTimeOffset.MaxValue
        );
        return end > knownEnd || (end == knownEnd && indicator.Confidence > known.Confidence);
    }

    private void Count(FeedNode at, IndicatorKind kind)
    {
        if (kind is IndicatorKind.AppIdPattern && ++_patterns > FeedLimits.MostPatterns)
        {
            var message =
                $"There are more than {FeedLimits.MostPatterns} patterns of app ids; no more are taken. Write exact ids, or "
                + "fewer and wider patterns.";
            throw new FeedUnreadableException(new FeedError(at.Line, at.Column, message));
        }
    }
}
