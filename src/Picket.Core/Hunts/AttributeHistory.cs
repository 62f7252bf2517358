namespace Picket.Core.Hunts;

/// <summary>One change of an attribute of a device, as a reading saw it.</summary>
public sealed record AttributeChange(DateTimeOffset At, string? Before, string? After);

/// <summary>How long an attribute had a value.</summary>
/// <param name="From">The reading that saw it first, as far back as changes are kept.</param>
/// <param name="Until">The reading that saw another one; null while it has it.</param>
/// <param name="SinceFirstReading">
/// It had the value when Picket first read the device, or when what is kept begins, and may have had it long before.
/// </param>
public sealed record AttributeSpan(string? Value, DateTimeOffset From, DateTimeOffset? Until, bool SinceFirstReading);

/// <summary>Values of an attribute over time, put together from what it is now and the changes that led there.</summary>
public static class AttributeHistory
{
    /// <param name="gone">When the device left the fleet; null while it is there.</param>
    /// <param name="kept">Changes before that may be deleted, oldest first.</param>
    /// <param name="changes">Of this attribute, in any order.</param>
    /// <returns>Oldest first, without a gap.</returns>
    public static IReadOnlyList<AttributeSpan> Spans(
        string? current,
        DateTimeOffset firstSeen,
        DateTimeOffset? gone,
        DateTimeOffset kept,
        IEnumerable<AttributeChange> changes
    )
    {
        var ordered = changes.OrderBy(change => change.At).ToList();
        var spans = new List<AttributeSpan>(ordered.Count + 1);
        var (value, end) = ordered.Count > 0 ? (ordered[0].Before, ordered[0].At) : (current, gone ?? kept);
        var from = Later(firstSeen, kept < end ? kept : end);
        foreach (var change in ordered)
        {
            if (change.At > from || (spans.Count == 0 && from > firstSeen))
            {
                spans.Add(new AttributeSpan(value, from, change.At, spans.Count == 0));
            }

            (value, from) = (change.After, change.At);
        }

        spans.Add(new AttributeSpan(value, from, gone, spans.Count == 0));
        return spans;

        static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
    }

    /// <summary>
    /// Each time in which the attribute had a value that fits, with the last of these values. From one that fits to another
    /// it is the same time; one that does not fit between them makes two.
    /// </summary>
    /// <param name="spans">Oldest first, without a gap.</param>
    public static IReadOnlyList<AttributeSpan> Fitting(IReadOnlyList<AttributeSpan> spans, Func<string, bool> fits)
    {
        var fitting = new List<AttributeSpan>();
        foreach (var span in spans)
        {
            if (span.Value is not { } value || !fits(value))
            {
                continue;
            }

            if (fitting.Count > 0 && fitting[^1].Until == span.From)
            {
                fitting[^1] = fitting[^1] with { Value = value, Until = span.Until };
            }
            else
            {
                fitting.Add(span);
            }
        }

        return fitting;
    }
}
