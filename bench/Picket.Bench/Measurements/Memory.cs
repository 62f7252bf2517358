using Picket.Bench.Harness;

namespace Picket.Bench.Measurements;

/// <summary>The server's largest resident set over its life with one full sync, of few devices and of many.</summary>
internal static class Memory
{
    public static async Task MeasureAsync(BenchSite bench)
    {
        List<double> few = [],
            many = [];
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            few.Add(await PeakAsync(bench, bench.Options.FewDevices));
            many.Add(await PeakAsync(bench, bench.Options.Devices));
        }

        var note =
            $"{bench.Options.FewDevices} devices {few.Median():0} MB, {bench.Options.Devices} {many.Median():0} MB";
        bench.Report.Add(Figure.AtMost("peak memory, many devices / few", many.Median() / few.Median(), 1.10, note));
    }

    private static async Task<double> PeakAsync(BenchSite bench, int devices)
    {
        var fleet = await bench.EmulatorAsync(devices);
        await using var server = await ServerProgram.StartAsync(bench.NewFolder());
        var integration = await server.ConnectAsync(fleet, "memory");
        await server.SyncAsync(integration);
        return server.Child.PeakMegabytes();
    }
}
