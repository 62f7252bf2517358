using System.Diagnostics;
using System.Diagnostics.Metrics;
using Picket.Api;

namespace Picket.Server.Sync;

/// <summary>A span for each run, with one for each of its stages below and the calls to the UEM below these; and figures of runs.</summary>
internal static class SyncTelemetry
{
    private const string Name = "Picket.Sync";
    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Runs = Meter.CreateCounter<long>(
        "picket.sync.runs",
        description: "Runs that ended or were held, by state"
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

    public static Activity? Run(SyncRunRow run) =>
        Source
            .StartActivity("sync run")
            ?.SetTag("picket.run", run.Id)
            .SetTag("picket.run.kind", run.Kind.ToString())
            .SetTag("picket.integration", run.IntegrationId);

    public static Activity? Stage(string name) => Source.StartActivity($"sync {name}");

    public static void Ended(RunState state, SyncRunRow run)
    {
        var tag = new KeyValuePair<string, object?>("state", state.ToString());
        Runs.Add(1, tag);
        if (run is { StartedAt: { } started, EndedAt: { } ended }) // Else it is held, and goes on.
        {
            Calls.Add(run.UemCalls, tag);
            Seconds.Record((ended - started).TotalSeconds, tag);
        }
    }
}
