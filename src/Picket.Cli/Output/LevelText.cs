using Picket.Api;

namespace Picket.Cli.Output;

/// <summary>Devices per level, worst first.</summary>
internal static class LevelText
{
    /// <summary>Told beside every count of Secure devices.</summary>
    public const string WhatSecureRestsOn =
        "Secure says as much as could be seen. What verdicts rest on: picket blind-spots";

    private const int BarWidth = 24;

    private static readonly Column<LevelCount>[] Columns =
    [
        new("Verdict", row => row.Level, Exact: true) { Style = row => Palette.Of(row.Level) },
        new("Devices", row => row.Devices, Exact: true),
        new("Share", row => Cell.Share(row.Share), Exact: true),
    ];

    private static readonly Column<LevelCount> Bar = new(
        "",
        row => new string('■', (int)Math.Ceiling(row.Share * BarWidth)),
        Wide: true
    )
    {
        Style = row => Palette.Of(row.Level),
    };

    public static void Write(LevelCounts counts, Screen screen)
    {
        (Level Level, int Devices)[] levels =
        [
            (Level.Critical, counts.Critical),
            (Level.High, counts.High),
            (Level.Medium, counts.Medium),
            (Level.Low, counts.Low),
            (Level.Secure, counts.Secure),
            (Level.Unknown, counts.Unknown),
        ];
        var all = Math.Max(1, levels.Sum(each => each.Devices));
        screen.Rows(
            levels.Select(each => new LevelCount(each.Level, each.Devices, (double)each.Devices / all)),
            screen.IsTerminal ? [.. Columns, Bar] : Columns
        );
    }

    private sealed record LevelCount(Level Level, int Devices, double Share);
}

/// <summary>For how many devices the apps are known.</summary>
internal static class CoverageText
{
    public static string Of(AppCoverage coverage) =>
        $"known for {Cell.Number(coverage.Percent ?? 0)}% of {Cell.Number(coverage.Eligible)} devices"
        + (coverage.MedianAgeHours is { } age ? $", median age {Cell.Number(age)} h" : "");
}
