using System.Diagnostics;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Bench.Harness;
using Picket.Server.Storage;

namespace Picket.Bench.Measurements;

/// <summary>
/// A new feed of 10,000 indicators against ten apps on each device: only the devices that hold one of the ten named apps
/// are judged again, so a fleet ten times larger costs no more.
/// </summary>
internal static class Matching
{
    public static async Task MeasureAsync(BenchSite bench)
    {
        var few = await MeasureAsync(bench, bench.Options.FewDevices);
        var many = await MeasureAsync(bench, bench.Options.Devices);
        var note =
            $"{many.AppRows} app rows, {many.Hits} hits: {many.Seconds:0.00} s from import to the last finding; "
            + $"{few.AppRows} app rows, {few.Hits} hits: {few.Seconds:0.00} s";
        bench.Report.Add(Figure.AtMost("matching a feed, many app rows / few", many.Seconds / few.Seconds, 1.50, note));
        var beyond = many.Judged - many.Hits;
        var judged = $"{many.Judged} judged, {many.Hits} hold a named app";
        bench.Report.Add(
            new Figure("devices judged again without a hit", "0", $"{beyond}", beyond == 0, Law: false, judged)
        );
    }

    private sealed record Outcome(int AppRows, int Hits, int Judged, double Seconds);

    private static async Task<Outcome> MeasureAsync(BenchSite bench, int devices)
    {
        var folder = bench.NewFolder();
        await SeededApps.FillAsync(bench, folder, devices);
        var (rows, holders) = await SeededApps.WriteAsync(folder);

        await using var server = await ServerProgram.StartAsync(folder);
        var database = new PicketDatabase(new StorageOptions { DataFolder = folder });
        await ImportAsync(server, "first", 0, 1);
        await SeededApps.SettleAsync(database);
        var before = await LastJudgingAsync(database);

        var started = Stopwatch.GetTimestamp();
        await ImportAsync(server, "new", 1, SeededApps.Indicators);
        await SeededApps.UntilAsync(() => HaveFindingsAsync(database, holders));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await SeededApps.SettleAsync(database);

        await using var db = database.Open();
        var judged = await db.Devices.CountAsync(row => row.JudgedAt > before);
        return new Outcome(rows, holders.Count, judged, seconds);
    }

    private static async Task ImportAsync(ServerProgram server, string name, int from, int to)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(SeededApps.Feed(from, to)));
        await server.Client.ImportFeedAsync(name, file, FeedFormats.StalkerwareIndicators);
    }

    private static async Task<DateTimeOffset?> LastJudgingAsync(PicketDatabase database)
    {
        await using var db = database.Open();
        return await db.Devices.MaxAsync(row => row.JudgedAt);
    }

    private static async Task<bool> HaveFindingsAsync(PicketDatabase database, List<Guid> holders)
    {
        await using var db = database.Open();
        var found = await db
            .Findings.Where(row => holders.Contains(row.DeviceId) && row.Detail.Contains(SeededApps.Named))
            .Select(row => row.DeviceId)
            .Distinct()
            .CountAsync();
        return found == holders.Count;
    }
}
