using System.Diagnostics.Metrics;
using Picket.Api;

namespace Picket.Server.Sync;

internal static class SyncMetrics
{
    private static readonly Meter Meter = new("Picket.Sync");
    private static readonly Counter<long> Runs = Meter.CreateCounter<long>(
        "picket.sync.runs",
        description: "Runs that ended, by state"
    );
    private static readonly Counter<long> Calls = Meter.CreateCounter<long>(
        "picket.sync.uem_calls",
        description: "Calls to the UEM made by runs"
    );
    private static readonly Histogram<double> Seconds = Meter.CreateHistogram<double>(
        "picket.sync.duration",
        "s",
        "How long runs took"
    );

    public static void Ended(RunState state, SyncRunRow run)
    {
        var tag = new KeyValuePair<string, object?>("state", state.ToString());
        Runs.Add(1, tag);
        Calls.Add(run.UemCalls, tag);
        if (run is { StartedAt: { } started, EndedAt: { } ended })
        {
            Seconds.Record((ended - started).TotalSeconds, tag);
        }
    }
}
