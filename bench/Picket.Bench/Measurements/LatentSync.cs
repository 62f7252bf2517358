using Picket.Bench.Harness;
using Picket.Bench.Raw;

namespace Picket.Bench.Measurements;

/// <summary>A first sync from a UEM that takes 160 ms for each page, beside the arithmetic of 8 pages in flight.</summary>
internal static class LatentSync
{
    private const int Milliseconds = 160;
    private const int InFlight = 8;

    public static async Task MeasureAsync(BenchSite bench)
    {
        var fleet = await bench.EmulatorAsync(bench.Options.Devices, Milliseconds);
        using var raw = new RawPages(fleet);
        List<double> fetch = [],
            product = [];
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            fetch.Add(await Timing.SecondsAsync(raw.FetchAsync));
            await using var server = await bench.WarmServerAsync();
            var integration = await server.ConnectAsync(fleet, "latency");
            product.Add((await server.SyncAsync(integration)).DeviceSeconds());
        }

        var arithmetic = Math.Ceiling(fleet.Pages / (double)InFlight) * Milliseconds / 1000;
        var note = $"arithmetic {arithmetic:0.00} s, product {product.Seconds()}, raw fetch {fetch.Seconds()}";
        bench.Report.Add(
            Figure.AtMost(
                $"full sync at {Milliseconds} ms a page / arithmetic",
                product.Median() / arithmetic,
                1.10,
                note
            )
        );
    }
}
