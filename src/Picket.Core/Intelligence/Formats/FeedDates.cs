using System.Globalization;

namespace Picket.Core.Intelligence.Formats;

internal static class FeedDates
{
    /// <summary>A date, or the date part of a time stamp; null (without an error) where the feed has none.</summary>
    public static DateOnly? Date(this FeedErrors errors, FeedNode parent, string name)
    {
        if (errors.Text(parent, name) is not { Length: > 0 } text)
        {
            return null;
        }

        if (TryDate(text, out var date))
        {
            return date;
        }

        errors.Add(parent[name]!, $"'{name}' must be a date (YYYY-MM-DD); it is '{Shorten(text)}'.");
        return null;
    }

    public static SupportEnd SupportEnd(this FeedErrors errors, FeedNode parent, string name)
    {
        if (errors.Text(parent, name) is not { Length: > 0 } text)
        {
            return default;
        }

        if (bool.TryParse(text, out var ended))
        {
            return new SupportEnd(ended, null);
        }

        if (TryDate(text, out var date))
        {
            return new SupportEnd(null, date);
        }

        errors.Add(parent[name]!, $"'{name}' must be a date, true or false; it is '{Shorten(text)}'.");
        return default;
    }

    public static bool TryDate(string text, out DateOnly date) =>
        DateOnly.TryParseExact(
            text.Length > 10 && text[10] is 'T' or ' ' ? text.AsSpan(0, 10) : text,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out date
        );

    public static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
