using System.Diagnostics;

namespace Picket.Bench.Harness;

/// <summary>Both sides of a ratio are taken in turns, so that what else the machine does falls on both.</summary>
internal static class Timing
{
    public static async Task<double> SecondsAsync(Func<Task> act)
    {
        GC.Collect();
        var started = Stopwatch.GetTimestamp();
        await act();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    public static double Median(this IEnumerable<double> values) => values.Quantile(0.5);

    public static double Quantile(this IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0
            ? throw new InvalidOperationException("Nothing was measured.")
            : sorted[(int)Math.Round(share * (sorted.Length - 1), MidpointRounding.AwayFromZero)];
    }

    public static string Seconds(this IEnumerable<double> values) => $"{values.Median():0.00} s";
}
