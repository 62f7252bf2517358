using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Picket.Server.Risk;

/// <summary>A span for each judging of an integration's devices, and figures of its batches.</summary>
internal static class JudgingTelemetry
{
    private const string Name = "Picket.Risk";
    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Judged = Meter.CreateCounter<long>(
        "picket.judging.devices",
        "{device}",
        "Verdicts that were made"
    );
    private static readonly Counter<long> Changed = Meter.CreateCounter<long>(
        "picket.judging.level_changes",
        "{device}",
        "Verdicts with another level than before"
    );
    private static readonly Histogram<double> Seconds = Meter.CreateHistogram<double>(
        "picket.judging.batch.duration",
        "s",
        "How long a batch of up to a thousand devices took"
    );

    public static Activity? Judging(Guid integration) =>
        Source.StartActivity("judge devices")?.SetTag("picket.integration", integration);

    public static void Batch(BatchOutcome outcome, TimeSpan took)
    {
        Judged.Add(outcome.Judged);
        Changed.Add(outcome.LevelsChanged);
        Seconds.Record(took.TotalSeconds);
    }
}
