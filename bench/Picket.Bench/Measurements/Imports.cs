using System.Diagnostics;
using System.Text;
using Picket.Api;
using Picket.Bench.Harness;

namespace Picket.Bench.Measurements;

/// <summary>The server's largest resident set over its life with one file taken in and checked, of few lines and of many.</summary>
internal static class Imports
{
    private const int Devices = 5_000;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    public static async Task MeasureAsync(BenchSite bench)
    {
        var many = bench.Options.Quick ? 10_000 : 100_000;
        var few = many / 100;
        var (small, _) = await CheckAsync(bench, few);
        var (large, took) = await CheckAsync(bench, many);
        var note = $"{few} lines {small:0} MB, {many} {large:0} MB";
        bench.Report.Add(Figure.AtMost("import: peak memory, many lines / few", large / small, 1.10, note));
        bench.Report.Add(Figure.Fact("import: lines checked a second", $"{many / took.TotalSeconds:0}"));
    }

    private static async Task<(double Megabytes, TimeSpan Took)> CheckAsync(BenchSite bench, int lines)
    {
        var fleet = await bench.EmulatorAsync(Devices);
        await using var server = await ServerProgram.StartAsync(bench.NewFolder());
        var integration = await server.ConnectAsync(fleet, "imports");
        await server.SyncAsync(integration);
        using var file = File(lines);
        using var limit = new CancellationTokenSource(Limit);
        var started = Stopwatch.GetTimestamp();
        var import = await server.Client.ImportAsync(integration, ImportKind.Users, "many.csv", file, limit.Token);
        while (import.State is ImportState.Receiving or ImportState.Checking)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, limit.Token);
            import = await server.Client.ImportAsync(import.Id, limit.Token);
        }

        return import is { State: ImportState.Checked } && import.Creates == lines
            ? (server.Child.PeakMegabytes(), Stopwatch.GetElapsedTime(started))
            : throw new InvalidOperationException(
                $"The check ended {import.State}, {import.Creates} of {lines} to make: {string.Join("; ", import.Reasons)}"
            );
    }

    private static MemoryStream File(int lines)
    {
        var text = new StringBuilder("user_name,first_name,last_name,email\n");
        for (var line = 0; line < lines; line++)
        {
            text.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"colleague.{line:000000},Ada,Byron,colleague.{line:000000}@example.com\n"
            );
        }

        return new MemoryStream(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
