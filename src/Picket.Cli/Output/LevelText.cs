using Picket.Api;

namespace Picket.Cli.Output;

/// <summary>Devices per level, worst first.</summary>
internal static class LevelText
{
    public static IEnumerable<(string Name, string? Value)> Pairs(LevelCounts counts) =>
        [
            ("Critical", Cell.Number(counts.Critical)),
            ("High", Cell.Number(counts.High)),
            ("Medium", Cell.Number(counts.Medium)),
            ("Low", Cell.Number(counts.Low)),
            ("Secure", Cell.Number(counts.Secure)),
            ("Unknown", Cell.Number(counts.Unknown)),
        ];
}

/// <summary>For how many devices the apps are known.</summary>
internal static class CoverageText
{
    public static string Of(AppCoverage coverage) =>
        $"known for {Cell.Number(coverage.Percent ?? 0)}% of {coverage.Eligible} devices"
        + (coverage.MedianAgeHours is { } age ? $", median age {Cell.Number(age)} h" : "");
}
