using System.CommandLine;
using System.Globalization;

namespace Picket.Cli.Commands;

/// <summary>An option with a time; what names no zone is UTC, as all times that Picket prints.</summary>
internal static class TimeOption
{
    public static Option<DateTimeOffset?> Create(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "TIME",
            CustomParser = result =>
            {
                var text = result.Tokens.Count > 0 ? result.Tokens[^1].Value : "";
                const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
                if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var time))
                    return time;
                result.AddError($"'{text}' is not a time for {name}. Write 2026-10-31 or 2026-10-31T08:00Z.");
                return null;
            },
        };
}
