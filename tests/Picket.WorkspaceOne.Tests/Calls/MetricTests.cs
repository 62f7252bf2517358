using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using Picket.WorkspaceOne.Diagnostics;
using Picket.WorkspaceOne.Tests.Support;

namespace Picket.WorkspaceOne.Tests.Calls;

public sealed class MetricTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Measures_calls_bytes_retries_and_failures_by_route_template()
    {
        const string Body = """{"ProductVersion":"25.11"}""";
        var error = ScriptedServer.Error(HttpStatusCode.ServiceUnavailable, 1000, "later");
        var errorBytes = (await error.Content.ReadAsByteArrayAsync(Cancel)).Length;
        var server = ScriptedServer.InOrder(
            () => ScriptedServer.Error(HttpStatusCode.ServiceUnavailable, 1000, "later"),
            () => ScriptedServer.Json(Body)
        );
        // Other tests measure at the same time: this one's route is its own.
        const string Route = "GET mdm/devices/{deviceId}/compliance";
        using var measured = new Measured(Route);
        using var client = Clients.For(server);

        await client.Devices.ComplianceAsync(5, Cancel);

        Assert.Equal([200, 503], measured.Tags("picket.uem.call.duration", "http.response.status_code").Order());
        Assert.Equal(errorBytes + Body.Length, measured.Sum("picket.uem.received"));
        Assert.Equal(1, measured.Sum("picket.uem.retries"));
        Assert.Equal(1, measured.Sum("picket.uem.failures"));
        Assert.Equal(["Status"], measured.Tags("picket.uem.failures", "error.type"));
    }

    private sealed class Measured : IDisposable
    {
        private readonly MeterListener listener = new();
        private readonly ConcurrentQueue<(string Name, double Value, Dictionary<string, object?> Tags)> seen = [];

        public Measured(string route)
        {
            listener.InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == Telemetry.Name)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            };
            listener.SetMeasurementEventCallback<long>((what, value, tags, _) => Keep(what, value, tags));
            listener.SetMeasurementEventCallback<double>((what, value, tags, _) => Keep(what, value, tags));
            listener.Start();

            void Keep(Instrument what, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
            {
                var named = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value);
                if (named.GetValueOrDefault("url.template") as string == route)
                {
                    seen.Enqueue((what.Name, value, named));
                }
            }
        }

        public double Sum(string name) => seen.Where(one => one.Name == name).Sum(one => one.Value);

        public IEnumerable<object?> Tags(string name, string tag) =>
            seen.Where(one => one.Name == name).Select(one => one.Tags[tag]);

        public void Dispose() => listener.Dispose();
    }
}
