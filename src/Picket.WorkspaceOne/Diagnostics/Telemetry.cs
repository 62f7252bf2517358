using System.Diagnostics;
using System.Diagnostics.Metrics;
using Picket.WorkspaceOne.Connection;

namespace Picket.WorkspaceOne.Diagnostics;

/// <summary>Names of the traces and metrics of this client. Tags hold route templates and codes, never values.</summary>
public static class Telemetry
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "Picket.WorkspaceOne";

    private const string RouteTag = "url.template";
    private const string StatusTag = "http.response.status_code";

    private static readonly string? Version = typeof(Telemetry).Assembly.GetName().Version?.ToString();

    private static readonly ActivitySource Source = new(Name, Version);

    private static readonly Meter Meter = new(Name, Version);

    internal static readonly Counter<long> Retries = Meter.CreateCounter<long>(
        "picket.uem.retries",
        "{retry}",
        "Attempts after the first"
    );

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "picket.uem.call.duration",
        "s",
        "Time of one answered attempt, from sending to the last byte"
    );

    private static readonly Counter<long> Failures = Meter.CreateCounter<long>(
        "picket.uem.failures",
        "{attempt}",
        "Attempts that failed, by stage"
    );

    private static readonly Counter<long> Bytes = Meter.CreateCounter<long>(
        "picket.uem.received",
        "By",
        "Body bytes received, decompressed"
    );

    internal static Activity? Start(string route) =>
        Source.StartActivity(route, ActivityKind.Client)?.SetTag(RouteTag, route);

    internal static void Answered(Activity? activity, string route, Answer answer)
    {
        var status = (int)answer.Status;
        activity?.SetTag(StatusTag, status);
        var tags = new TagList { { RouteTag, route }, { StatusTag, status } };
        Duration.Record(answer.Duration.TotalSeconds, tags);
        Bytes.Add(answer.Body.Span.Length, tags);
    }

    internal static void Failed(Activity? activity, string route, FailureFacts facts)
    {
        activity?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", facts.Stage.ToString());
        activity?.SetTag("picket.uem.error_code", facts.ErrorCode);
        Failures.Add(1, new TagList { { RouteTag, route }, { "error.type", facts.Stage.ToString() } });
    }
}
