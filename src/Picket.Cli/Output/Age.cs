using System.Globalization;

namespace Picket.Cli.Output;

/// <summary>Times as people say them: how long ago, or how soon. The exact time is in <c>--output json</c>.</summary>
internal static class Age
{
    public static string Of(DateTimeOffset time, DateTimeOffset now)
    {
        var age = now - time;
        return Span(age.Duration()) switch
        {
            null => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            "" => age < TimeSpan.Zero ? "in a moment" : "just now",
            var span => age < TimeSpan.Zero ? $"in {span}" : $"{span} ago",
        };
    }

    public static string Seconds(double seconds) =>
        seconds < 10 ? $"{Cell.Number(Math.Round(seconds, 1))} s" : Span(TimeSpan.FromSeconds(seconds))!;

    private static string? Span(TimeSpan span) =>
        span switch
        {
            { TotalSeconds: < 10 } => "",
            { TotalSeconds: < 90 } => $"{span.TotalSeconds:0} s",
            { TotalMinutes: < 90 } => $"{span.TotalMinutes:0} min",
            { TotalHours: < 36 } => $"{span.TotalHours:0} h",
            { TotalDays: < 100 } => $"{span.TotalDays:0} d",
            _ => null,
        };
}
