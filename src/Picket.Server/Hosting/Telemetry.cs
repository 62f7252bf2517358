using System.Diagnostics.Metrics;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Picket.Server.Hosting;

internal static class Telemetry
{
    /// <summary>Metrics for Prometheus at <c>/metrics</c>; traces and metrics by OTLP where its address is set.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var telemetry = builder
            .Services.AddOpenTelemetry()
            .WithMetrics(metrics =>
                metrics
                    .AddMeter("Picket.*")
                    .AddAspNetCoreInstrumentation()
                    .AddHttpClientInstrumentation()
                    .AddRuntimeInstrumentation()
                    .AddView(Room)
                    .AddPrometheusExporter()
            )
            .WithTracing(traces => traces.AddSource("Picket.*").AddAspNetCoreInstrumentation());

        if (IsExported(builder.Configuration))
        {
            builder
                .Services.AddOptions<OtlpExporterOptions>()
                .Configure<OutboundConnector>(
                    (exporter, door) =>
                        exporter.HttpClientFactory = () =>
                            new HttpClient(door.ToCollector())
                            {
                                Timeout = TimeSpan.FromMilliseconds(exporter.TimeoutMilliseconds),
                            }
                );
            telemetry.WithMetrics(metrics => metrics.AddOtlpExporter()).WithTracing(traces => traces.AddOtlpExporter());
        }
    }

    /// <summary>
    /// How many series an instrument may have. Room for them is taken at once, and the default of 2000 for each would be
    /// 14 MB; only requests come by so many routes and answers.
    /// </summary>
    private static MetricStreamConfiguration? Room(Instrument instrument) =>
        instrument.Name == "http.server.request.duration" ? null : new() { CardinalityLimit = 500 };

    public static bool IsExported(IConfiguration configuration) =>
        !string.IsNullOrWhiteSpace(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);
}
