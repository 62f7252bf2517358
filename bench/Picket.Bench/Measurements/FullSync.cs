using Picket.Bench.Harness;
using Picket.Bench.Raw;

namespace Picket.Bench.Measurements;

/// <summary>
/// The first sync of the whole fleet into an empty database, beside the slower of its two raw halves: fetching and
/// parsing all pages, and storing all rows.
/// </summary>
internal static class FullSync
{
    public static async Task MeasureAsync(BenchSite bench)
    {
        var fleet = await bench.FleetAsync();
        using var raw = new RawPages(fleet);
        var devices = await raw.ReadAllAsync();
        List<double> fetch = [],
            parse = [],
            store = [],
            product = [],
            whole = [];
        var stages = "";
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            fetch.Add(await Timing.SecondsAsync(raw.FetchAsync));
            parse.Add(await Timing.SecondsAsync(raw.FetchAndParseAsync));
            store.Add(await StoreAsync(bench, devices));

            await using var server = await bench.WarmServerAsync();
            var integration = await server.ConnectAsync(fleet, "fleet");
            var run = await server.SyncAsync(integration);
            product.Add(run.DeviceSeconds());
            whole.Add(run.ListingSeconds());
            stages = run.Stages();
        }

        var ratio = Math.Max(parse.Median(), store.Median()) / product.Median();
        var note =
            $"raw fetch {fetch.Seconds()}, fetch+parse {parse.Seconds()}, store {store.Seconds()}, product {product.Seconds()}";
        bench.Report.Add(Figure.AtLeast($"full sync of {devices.Count} devices / raw", ratio, 0.70, note));
        bench.Report.Add(Figure.Fact("all listings of that run", whole.Seconds(), stages));
    }

    private static async Task<double> StoreAsync(BenchSite bench, List<RawDevice> devices)
    {
        await using var database = await RawStore.CreateAsync(bench.NewFolder());
        return await Timing.SecondsAsync(() =>
        {
            RawStore.Insert(database, devices);
            return Task.CompletedTask;
        });
    }
}
