using System.Diagnostics;
using System.Text.RegularExpressions;
using Picket.Api;
using Picket.Bench.Harness;

namespace Picket.Bench.Measurements;

/// <summary>Pages of the lists over the whole fleet: the last as cheap as the first, and no counting or skipping.</summary>
internal static partial class ListPages
{
    private const int Repeats = 200;
    private const int Limit = 100;

    public static async Task MeasureAsync(BenchSite bench)
    {
        var (server, integration) = await bench.FilledServerAsync();
        (string Name, string Path)[] lists =
        [
            ("devices", $"{Routes.Devices}?"),
            ("devices of an integration", $"{Routes.Devices}?integrationId={integration}&"),
            ("findings", $"{Routes.Findings}?"),
        ];
        foreach (var (name, path) in lists)
        {
            await MeasureAsync(bench.Report, server, name, path);
        }

        await server.DisposeAsync();
        bench.Filled = null;
        await LookAtSqlAsync(bench.Report, server.Folder, lists);
    }

    private static async Task LookAtSqlAsync(Report report, string folder, (string Name, string Path)[] lists)
    {
        await using var server = await ServerProgram.StartWithSqlAsync(folder);
        foreach (var (name, path) in lists)
        {
            var before = server.Child.Lines.Count;
            await WalkAsync(server, path);
            var statements = server
                .Child.Lines.Skip(before)
                .Where(line => line.StartsWith(SqlServer.Prefix, StringComparison.Ordinal))
                .Distinct()
                .ToList();
            var bad = statements.Where(sql => CountOrOffset().IsMatch(sql)).ToList();
            var note = bad.Count > 0 ? bad[0] : $"{statements.Count} distinct statements";
            report.Add(Figure.None($"{name}: statements that count or skip rows", bad.Count, note));
        }
    }

    private static async Task MeasureAsync(Report report, ServerProgram server, string name, string path)
    {
        var (cursor, rows) = await WalkAsync(server, path);
        var (firstPage, lastPage) = ($"{path}limit={Limit}", $"{path}limit={Limit}&cursor={cursor}");
        List<double> first = [],
            last = [];
        for (var i = 0; i < Repeats * 2; i++)
        {
            var (one, other) = (await MillisecondsAsync(server, firstPage), await MillisecondsAsync(server, lastPage));
            if (i >= Repeats)
            {
                first.Add(one);
                last.Add(other);
            }
        }

        var note =
            $"{rows} rows; first {first.Median():0.00} ms (p99 {first.Quantile(0.99):0.0}), "
            + $"last {last.Median():0.00} ms (p99 {last.Quantile(0.99):0.0})";
        report.Add(Figure.AtMost($"{name}: last page / first", last.Median() / first.Median(), 1.20, note));
        var p99 = last.Concat(first).Quantile(0.99);
        report.Add(new Figure($"{name}: p99 of a page of {Limit}", "<= 5 ms", $"{p99:0.0} ms", p99 <= 5, false, ""));
    }

    /// <summary>Reads the whole list and remembers a cursor near its end that still has a full page behind it.</summary>
    private static async Task<(string? Cursor, int Rows)> WalkAsync(ServerProgram server, string path)
    {
        List<string?> cursors = [null];
        var rows = 0;
        do
        {
            var page = await PageAsync(server, $"{path}limit={Paging.MaxLimit}&cursor={cursors[^1]}");
            rows += page.Items;
            cursors.Add(page.Next);
        } while (cursors[^1] is not null);

        return cursors.Count < 4
            ? throw new InvalidOperationException($"{path} has only {rows} rows.")
            : (cursors[^3], rows);
    }

    private static async Task<(int Items, string? Next)> PageAsync(ServerProgram server, string address)
    {
        using var answer = await server.Http.GetAsync(address);
        answer.EnsureSuccessStatusCode();
        using var body = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync());
        var next = body.RootElement.TryGetProperty("next", out var cursor) ? cursor.GetString() : null;
        return (body.RootElement.GetProperty("items").GetArrayLength(), next);
    }

    private static async Task<double> MillisecondsAsync(ServerProgram server, string address)
    {
        var started = Stopwatch.GetTimestamp();
        using var answer = await server.Http.GetAsync(address);
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    // SQLite states a skip as OFFSET; LIMIT alone is what keyset paging needs.
    [GeneratedRegex(@"\bCOUNT\s*\(|\bOFFSET\b", RegexOptions.IgnoreCase)]
    private static partial Regex CountOrOffset();
}
