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

    public static string Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) ?? "";

    public static string Share(double share) => share.ToString("P0", CultureInfo.InvariantCulture);

    public static string Number(double? number) => number?.ToString("0.#", CultureInfo.InvariantCulture) ?? "";

    public static string YesNo(bool? value) =>
        value switch
        {
            true => "yes",
            false => "no",
            null => "",
        };

    private static bool IsUnsafe(char c) =>
        char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format || c is '\u2028' or '\u2029';
}
