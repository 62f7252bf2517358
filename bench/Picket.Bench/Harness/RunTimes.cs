using Picket.Api;

namespace Picket.Bench.Harness;

/// <summary>What a run says of itself.</summary>
internal static class RunTimes
{
    /// <summary>Seconds of the device listing: fetch, parse, compare, store, and settling who is gone.</summary>
    public static double DeviceSeconds(this RunView run) => run.Stage("Devices") + run.Stage("Losses");

    public static double TotalSeconds(this RunView run) => (run.EndedAt!.Value - run.StartedAt!.Value).TotalSeconds;

    public static RunCounts Devices(this RunView run) =>
        run.Counts.First(item => item.Key.Equals("devices", StringComparison.OrdinalIgnoreCase)).Value;

    public static string Stages(this RunView run) =>
        string.Join(", ", run.StageSeconds.Select(stage => $"{stage.Key} {stage.Value:0.00}"));

    private static double Stage(this RunView run, string name) =>
        run.StageSeconds.FirstOrDefault(stage => stage.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}
