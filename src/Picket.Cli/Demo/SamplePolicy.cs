using System.Globalization;
using System.Text.RegularExpressions;

namespace Picket.Cli.Demo;

/// <summary>The sample policy as of a day: what ends in it ends some time after.</summary>
internal static partial class SamplePolicy
{
    private const int MonthsAhead = 2;

    /// <summary>The document, its exceptions ending two months after the given day.</summary>
    public static string AsOf(string text, DateTimeOffset day)
    {
        var ends = day.UtcDateTime.AddMonths(MonthsAhead).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return Ends().Replace(text, ends);
    }

    [GeneratedRegex(@"(?<=^ +ends: )\d{4}-\d\d-\d\d", RegexOptions.Multiline)]
    private static partial Regex Ends();
}
