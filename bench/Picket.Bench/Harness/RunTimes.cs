using Picket.Api;

namespace Picket.Bench.Harness;

/// <summary>What a run says of itself.</summary>
internal static class RunTimes
{
    /// <summary>Seconds of the device listing: fetch, parse, compare, store, and settling who is gone.</summary>
    public static double DeviceSeconds(this RunView run) => run.StageSeconds["devices"];

    /// <summary>Seconds of all listings.</summary>
    public static double ListingSeconds(this RunView run) =>
        run.StageSeconds.Where(stage => stage.Key != "details").Sum(stage => stage.Value);

    public static RunCounts Devices(this RunView run) => run.Counts["devices"];

    public static string Stages(this RunView run) =>
        string.Join(", ", run.StageSeconds.Select(stage => $"{stage.Key} {stage.Value:0.00}"));
}
