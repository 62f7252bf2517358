using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Picket.Core.Devices;

namespace Picket.Core.Intelligence;

/// <summary>
/// A range as people write it: <c>17.6.1</c> alone, <c>17.0..17.6.1</c> with both ends, or one or two bounds
/// (<c>&lt;17.6.1</c>, <c>&gt;=17 &lt;18</c>).
/// </summary>
public sealed class ValueRange<T>
    where T : struct, IComparable<T>
{
    private readonly T? _least;
    private readonly T? _most;
    private readonly bool _withoutLeast;
    private readonly bool _withoutMost;

    internal ValueRange(T? least, bool withoutLeast, T? most, bool withoutMost) =>
        (_least, _withoutLeast, _most, _withoutMost) = (least, withoutLeast, most, withoutMost);

    public bool Holds(T value) =>
        (_least is not { } least || value.CompareTo(least) is var above && (_withoutLeast ? above > 0 : above >= 0))
        && (_most is not { } most || value.CompareTo(most) is var below && (_withoutMost ? below < 0 : below <= 0));

    /// <summary>A range that nothing is in was meant otherwise.</summary>
    internal bool IsEmpty =>
        _least is { } least
        && _most is { } most
        && least.CompareTo(most) is var order
        && (order > 0 || (order == 0 && (_withoutLeast || _withoutMost)));
}

/// <summary>Reads ranges of versions and of patch levels.</summary>
public static class ValueRange
{
    public const string VersionForms = "Write one version (17.6.1), a range (17.0..17.6.1) or bounds (>=17 <17.6.1).";
    public const string PatchForms =
        "Write one day (2026-03-05), a range (2026-01-01..2026-03-05) or a bound (<2026-03-05).";

    private static readonly char[] Blanks = [' ', ','];

    private delegate bool Reader<T>(string text, out T value);

    public static bool TryVersions(string text, [NotNullWhen(true)] out ValueRange<OsVersion>? range) =>
        TryParse(text, OsVersion.TryParse, out range);

    public static bool TryPatchLevels(string text, [NotNullWhen(true)] out ValueRange<DateOnly>? range) =>
        TryParse(text, TryDay, out range);

    private static bool TryParse<T>(string text, Reader<T> read, [NotNullWhen(true)] out ValueRange<T>? range)
        where T : struct, IComparable<T>
    {
        range =
            text.Split("..") is [var from, var to] ? Between(from, to, read)
            : text.AsSpan().IndexOfAny('<', '>') < 0 ? Only(text, read)
            : Bounds(text, read);
        range = range is { IsEmpty: false } ? range : null;
        return range is not null;
    }

    private static ValueRange<T>? Only<T>(string text, Reader<T> read)
        where T : struct, IComparable<T> => read(text.Trim(), out var value) ? new(value, false, value, false) : null;

    private static ValueRange<T>? Between<T>(string from, string to, Reader<T> read)
        where T : struct, IComparable<T> =>
        read(from.Trim(), out var least) && read(to.Trim(), out var most) ? new(least, false, most, false) : null;

    private static ValueRange<T>? Bounds<T>(string text, Reader<T> read)
        where T : struct, IComparable<T>
    {
        T? least = null;
        T? most = null;
        var (withoutLeast, withoutMost) = (false, false);
        // "< 17" is as good as "<17".
        var tight = text.Replace("= ", "=").Replace("< ", "<").Replace("> ", ">");
        foreach (var bound in tight.Split(Blanks, StringSplitOptions.RemoveEmptyEntries))
        {
            var without = !bound.Contains('=', StringComparison.Ordinal);
            if (!read(bound.TrimStart('<', '>', '='), out var value))
            {
                return null;
            }

            switch (bound)
            {
                case ['<', ..] when most is null:
                    (most, withoutMost) = (value, without);
                    break;
                case ['>', ..] when least is null:
                    (least, withoutLeast) = (value, without);
                    break;
                default:
                    return null;
            }
        }

        return new(least, withoutLeast, most, withoutMost);
    }

    private static bool TryDay(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
