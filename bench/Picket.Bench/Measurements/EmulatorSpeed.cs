using System.Diagnostics;
using Picket.Bench.Harness;
using Picket.Bench.Raw;

namespace Picket.Bench.Measurements;

/// <summary>
/// The emulator alone: pages of 500 devices per second beside a bare Kestrel that serves the same bytes ready-made, a
/// page in the middle beside the first, its start and its memory.
/// </summary>
internal static class EmulatorSpeed
{
    private const int InFlight = 8;
    private const int Prebuilt = 40;
    private const int PagesPerRound = 200;

    public static async Task MeasureAsync(BenchSite bench)
    {
        var (start, idle) = await StartAsync(bench);
        bench.Report.Add(new Figure("emulator: start", "<= 5 s", $"{start:0.00} s", start <= 5, false, Note(bench)));
        bench.Report.Add(new Figure("emulator: memory at start", "<= 500 MB", $"{idle:0} MB", idle <= 500, false, ""));
        var emulator = await bench.FleetAsync();
        using var pages = new PageClient(emulator);
        var folder = await SaveAsync(bench, emulator, pages);
        await using var raw = ChildProgram.Start(typeof(EmulatorSpeed).Assembly.Location, "prebuilt-pages", folder);
        var address = await raw.FirstLineAsync();
        using var rawPages = new PageClient(
            address.Replace("127.0.0.1", "localhost"),
            Path.Combine(folder, PrebuiltPages.CertificateFile)
        );
        await CompareAsync(bench, emulator, pages, rawPages);
        await MiddleAsync(bench, emulator, pages);
        var peak = emulator.PeakMegabytes();
        bench.Report.Add(new Figure("emulator: peak memory", "<= 500 MB", $"{peak:0} MB", peak <= 500, false, ""));
    }

    private static string Note(BenchSite bench) => $"{bench.Options.Devices} devices, to the first line of output";

    private static async Task<(double Seconds, double Megabytes)> StartAsync(BenchSite bench)
    {
        var started = Stopwatch.GetTimestamp();
        await using var emulator = await EmulatorProgram.StartAsync(bench.NewFolder(), bench.Options.Devices);
        return (Stopwatch.GetElapsedTime(started).TotalSeconds, emulator.PeakMegabytes());
    }

    private static async Task<string> SaveAsync(BenchSite bench, EmulatorProgram emulator, PageClient pages)
    {
        var folder = bench.NewFolder();
        for (var page = 0; page < Math.Min(Prebuilt, emulator.Pages); page++)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{page:000}.json"), await pages.ReadAsync(page));
        }

        return folder;
    }

    private static async Task CompareAsync(
        BenchSite bench,
        EmulatorProgram emulator,
        PageClient pages,
        PageClient rawPages
    )
    {
        List<double> ours = [],
            bare = [];
        for (var round = 0; round <= bench.Options.Rounds; round++)
        {
            var one = await PerSecondAsync(rawPages, emulator.Pages);
            var other = await PerSecondAsync(pages, emulator.Pages);
            if (round > 0)
            {
                bare.Add(one);
                ours.Add(other);
            }
        }

        using var packed = new PageClient(emulator, gzip: true);
        var gzip = await PerSecondAsync(packed, emulator.Pages);
        var note =
            $"{ours.Median():0} of {bare.Median():0} pages a second, {InFlight} in flight; {gzip:0} when asked for gzip";
        bench.Report.Add(Figure.AtLeast("emulator: pages / bare Kestrel", ours.Median() / bare.Median(), 0.5, note));
    }

    private static async Task<double> PerSecondAsync(PageClient client, int pages)
    {
        var seconds = await Timing.SecondsAsync(() =>
            Parallel.ForEachAsync(
                Enumerable.Range(0, PagesPerRound),
                new ParallelOptions { MaxDegreeOfParallelism = InFlight },
                async (number, ct) => await client.DrainAsync(number % pages, ct)
            )
        );
        return PagesPerRound / seconds;
    }

    private static async Task MiddleAsync(BenchSite bench, EmulatorProgram emulator, PageClient pages)
    {
        List<double> first = [],
            middle = [];
        for (var turn = 0; turn < 60; turn++)
        {
            first.Add(await MillisecondsAsync(pages, 0));
            middle.Add(await MillisecondsAsync(pages, emulator.Pages / 2));
        }

        var note = $"first {first.Median():0.0} ms, middle {middle.Median():0.0} ms";
        bench.Report.Add(Figure.AtMost("emulator: middle page / first", middle.Median() / first.Median(), 1.20, note));
    }

    private static Task<double> MillisecondsAsync(PageClient client, int page) =>
        TimedAsync(() => client.DrainAsync(page, CancellationToken.None));

    private static async Task<double> TimedAsync(Func<Task> act)
    {
        var started = Stopwatch.GetTimestamp();
        await act();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
