using System.Diagnostics.CodeAnalysis;

namespace Picket.Core.Hunts;

/// <summary>Reads one end of a range; false for what is none.</summary>
public delegate bool EndReader<T>(string text, out T value);

/// <summary>
/// Values between two ends, as people write them: <c>18.5</c>, <c>&lt;18.6</c>, <c>17..18.5</c>, <c>&gt;=17 &lt;18</c>.
/// </summary>
public sealed record ValueRange<T>(T? From, bool FromIncluded, T? To, bool ToIncluded)
    where T : struct, IComparable<T>
{
    public bool Contains(T value) => IsAboveFrom(value) && IsBelowTo(value);

    private bool IsAboveFrom(T value) =>
        From is not { } from
        || value.CompareTo(from) switch
        {
            0 => FromIncluded,
            var order => order > 0,
        };

    private bool IsBelowTo(T value) =>
        To is not { } to
        || value.CompareTo(to) switch
        {
            0 => ToIncluded,
            var order => order < 0,
        };
}

/// <summary>Reads ranges.</summary>
public static class ValueRange
{
    private const int LongestText = 100;
    private static readonly string[] Signs = [">=", "<=", ">", "<"];

    public static bool TryParse<T>(string text, EndReader<T> read, [NotNullWhen(true)] out ValueRange<T>? range)
        where T : struct, IComparable<T>
    {
        range = null;
        if (text.Length > LongestText)
        {
            return false;
        }

        return text.Split("..") is [var first, var last]
            ? TryBetween(first.Trim(), last.Trim(), read, out range)
            : TryCompared(text, read, out range);
    }

    private static bool TryBetween<T>(string first, string last, EndReader<T> read, out ValueRange<T>? range)
        where T : struct, IComparable<T>
    {
        range = null;
        if (!read(first, out var from) || !read(last, out var to) || from.CompareTo(to) > 0)
        {
            return false;
        }

        range = new ValueRange<T>(from, true, to, true);
        return true;
    }

    /// <summary>One value, or up to two comparisons with a blank between them.</summary>
    private static bool TryCompared<T>(string text, EndReader<T> read, out ValueRange<T>? range)
        where T : struct, IComparable<T>
    {
        (range, text) = (null, text.Trim());
        if (read(text, out var exact))
        {
            range = new ValueRange<T>(exact, true, exact, true);
            return true;
        }

        var found = new ValueRange<T>(null, false, null, false);
        foreach (var part in Parts(text))
        {
            var sign = Array.Find(Signs, sign => part.StartsWith(sign, StringComparison.Ordinal));
            if (sign is null || !read(part[sign.Length..].Trim(), out var end))
            {
                return false;
            }

            var (below, included) = (sign[0] == '<', sign.Length == 2);
            if (below ? found.To is not null : found.From is not null)
            {
                return false; // Two ends on the same side contradict or repeat one another.
            }

            found = below
                ? found with
                {
                    To = end,
                    ToIncluded = included,
                }
                : found with
                {
                    From = end,
                    FromIncluded = included,
                };
        }

        range = found is { From: null, To: null } ? null : found;
        return range is not null;
    }

    /// <summary>Split before each sign, so that blanks may stand anywhere.</summary>
    private static IEnumerable<string> Parts(string text)
    {
        var start = 0;
        for (var at = 1; at < text.Length; at++)
        {
            if (text[at] is '<' or '>')
            {
                yield return text[start..at].Trim();
                start = at;
            }
        }

        yield return text[start..].Trim();
    }
}
