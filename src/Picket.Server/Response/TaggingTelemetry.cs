using System.Diagnostics;
using System.Diagnostics.Metrics;
using Picket.Api;

namespace Picket.Server.Response;

/// <summary>A span for each tag run, with the calls to the UEM below it; and what became of the devices.</summary>
internal static class TaggingTelemetry
{
    private const string Name = "Picket.Response";
    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Runs = Meter.CreateCounter<long>(
        "picket.tagging.runs",
        description: "Tag runs that ended or were held, by state"
    );
    private static readonly Counter<long> Devices = Meter.CreateCounter<long>(
        "picket.tagging.devices",
        "{device}",
        "Devices of the ledger's entries, by outcome"
    );
    private static readonly Counter<long> Calls = Meter.CreateCounter<long>(
        "picket.tagging.uem_calls",
        description: "Calls to the UEM made by tag runs"
    );

    private static readonly Histogram<double> Delay = Meter.CreateHistogram<double>(
        "picket.tagging.detection_to_tag",
        "s",
        "From the moment that a change of a verdict is known until its first tag call is on the wire"
    );

    public static void Delayed(IEnumerable<TimeSpan> delays)
    {
        foreach (var delay in delays)
        {
            Delay.Record(delay.TotalSeconds);
        }
    }

    public static Activity? Run(TagRunRow run) =>
        Source.StartActivity("tag run")?.SetTag("picket.run", run.Id).SetTag("picket.integration", run.IntegrationId);

    public static void Ended(TagRunRow run)
    {
        Runs.Add(1, new KeyValuePair<string, object?>("state", run.State.ToString()));
        if (run.EndedAt is null)
        {
            return; // Held: what it did until now is counted when it ends.
        }

        Calls.Add(run.UemCalls);
        Devices.Add(run.Confirmed, new KeyValuePair<string, object?>("outcome", "confirmed"));
        Devices.Add(run.Failed, new KeyValuePair<string, object?>("outcome", "failed"));
    }
}
