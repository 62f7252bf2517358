namespace Picket.Core.Intelligence.Formats;

/// <summary>Collects indicators, checks their values and takes each (kind, value, platform) once.</summary>
internal sealed class IndicatorSet(FeedErrors errors)
{
    private readonly HashSet<(IndicatorKind, string, IndicatorPlatform)> _seen = [];
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
        else if (_seen.Add((indicator.Kind, value, indicator.Platform)))
        {
            Count(at, indicator.Kind);
            _indicators.Add(indicator with { Value = value });
        }
        else
        {
            Duplicates++;
        }
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
