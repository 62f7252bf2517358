using System.Globalization;

namespace Picket.Cli.Output;

/// <summary>Values as text for people.</summary>
internal static class Cell
{
    /// <summary>
    /// Drops control characters: names come from devices and their users, and an escape sequence in one would steer
    /// the terminal of the administrator who lists them.
    /// </summary>
    public static string Clean(string? text, bool keepLines = false) =>
        text is null ? "" : string.Concat(text.Where(c => !IsUnsafe(c) || (keepLines && c == '\n')));

    /// <summary>A value in a table, where one short word has to do.</summary>
    public static string Short(object? value, DateTimeOffset now) =>
        value is DateTimeOffset time ? Age.Of(time, now) : Text(value);

    /// <summary>A value that stands alone: times with both their age and themselves.</summary>
    public static string Long(object? value, DateTimeOffset now) =>
        value is DateTimeOffset time ? $"{Age.Of(time, now)} ({Time(time)})" : Text(value);

    public static string Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) ?? "";

    public static string Share(double share) => share.ToString("P0", CultureInfo.InvariantCulture);

    public static string Number(double? number) => number?.ToString("#,0.#", CultureInfo.InvariantCulture) ?? "";

    public static bool IsNumber(object? value) => value is int or long or double;

    private static string Text(object? value) =>
        value switch
        {
            null => "",
            string text => Clean(text, keepLines: true),
            true => "yes",
            false => "no",
            DateTimeOffset time => Time(time),
            int or long or double => Number(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
            _ => Clean(Convert.ToString(value, CultureInfo.InvariantCulture)),
        };

    private static bool IsUnsafe(char c) =>
        char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format || c is '\u2028' or '\u2029';
}
