namespace Picket.Bench.Measurements;

internal static class Matching
{
    public static Task MeasureAsync(BenchSite bench) => throw new NotSupportedException("Not written yet.");
}
