using System.Diagnostics;
using Picket.Api;
using Picket.Bench.Harness;

namespace Picket.Bench.Measurements;

/// <summary>From starting the process to the first answer of its health check, beside an empty web host.</summary>
internal static class ColdStart
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    public static async Task MeasureAsync(BenchSite bench)
    {
        List<double> bare = [],
            first = [],
            product = [];
        for (var round = 0; round < Math.Max(5, bench.Options.Rounds); round++)
        {
            var folder = bench.NewFolder();
            var address = ServerProgram.FreeAddress();
            bare.Add(await StartAsync(typeof(ColdStart).Assembly.Location, address, ["bare-host", address]));
            first.Add(await ServerAsync(folder));
            product.Add(await ServerAsync(folder));
        }

        var beyond = (product.Median() - bare.Median()) * 1000;
        var note = $"bare host {bare.Seconds()}, server {product.Seconds()}, with a database to make {first.Seconds()}";
        bench.Report.Add(
            new Figure("cold start beyond a bare web host", "<= 400 ms", $"{beyond:0} ms", beyond <= 400, false, note)
        );
    }

    private static Task<double> ServerAsync(string folder)
    {
        var address = ServerProgram.FreeAddress();
        return StartAsync(Repository.Program("Picket.Server"), address, ServerProgram.Arguments(folder, address));
    }

    private static async Task<double> StartAsync(string program, string address, IEnumerable<string> arguments)
    {
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        var started = Stopwatch.GetTimestamp();
        await using var child = ChildProgram.Start(program, arguments);
        await ServerProgram.AnswersAsync(child, http, Routes.Live, Pause);
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
