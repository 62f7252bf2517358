using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using Picket.Bench.Harness;

namespace Picket.Bench.Measurements;

/// <summary>
/// How soon the two pages that are opened most show what they are opened for, in a browser that has nothing of them yet,
/// beside the bare queries for the same rows.
/// </summary>
internal static class FirstPaint
{
    private const int WarmUp = 3;

    private static readonly (string Name, string Path, string[] Queries)[] Pages =
    [
        (
            "overview",
            "/",
            [
                "SELECT IntegrationId, Level, COUNT(*) FROM devices WHERE GoneAt IS NULL GROUP BY IntegrationId, Level",
                "SELECT Kind, COUNT(*) FROM findings WHERE ClearedAt IS NULL GROUP BY Kind",
            ]
        ),
        ("devices", "/devices", ["SELECT * FROM devices WHERE GoneAt IS NULL ORDER BY Id LIMIT 100"]),
    ];

    public static async Task MeasureAsync(BenchSite bench)
    {
        var (server, _) = await bench.FilledServerAsync();
        await using var chromium = await Chromium.StartAsync();
        foreach (var (name, path, queries) in Pages)
        {
            List<double> paints = [],
                bare = [];
            for (var i = 0; i < WarmUp + bench.Options.Rounds * 2; i++)
            {
                var (paint, query) = (await chromium.FirstPaintAsync(server, path), Query(server.Folder, queries));
                if (i >= WarmUp)
                {
                    paints.Add(paint);
                    bare.Add(query);
                }
            }

            var seconds = paints.Median() / 1000;
            bench.Report.Add(
                new Figure(
                    $"first paint of {name}",
                    "<= 1 s",
                    $"{seconds:0.000} s",
                    seconds <= 1,
                    false,
                    $"slowest {paints.Max() / 1000:0.00} s, {bench.Options.Devices} devices"
                )
            );
            bench.Report.Add(
                Figure.Fact(
                    $"first paint of {name} / bare query",
                    $"{paints.Median() / bare.Median():0.0}",
                    $"bare query {bare.Median():0.00} ms"
                )
            );
        }
    }

    /// <summary>Milliseconds until the last row is read, on a connection of its own.</summary>
    private static double Query(string folder, string[] queries)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "picket.db")};Mode=ReadOnly");
        connection.Open();
        var started = Stopwatch.GetTimestamp();
        foreach (var query in queries)
        {
            using var command = connection.CreateCommand();
            command.CommandText = query;
            using var rows = command.ExecuteReader();
            while (rows.Read()) { }
        }

        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private sealed class Chromium(IPlaywright playwright, IBrowser browser) : IAsyncDisposable
    {
        private static readonly string[] Programs =
        [
            "/usr/bin/chromium-headless-shell",
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome",
        ];

        public static async Task<Chromium> StartAsync()
        {
            var program =
                Array.Find(Programs, File.Exists)
                ?? throw new InvalidOperationException(
                    "Chromium is missing. Install it (Debian: apt-get install chromium)."
                );
            var playwright = await Playwright.CreateAsync();
            var browser = await playwright.Chromium.LaunchAsync(
                new() { ExecutablePath = program, ChromiumSandbox = false }
            );
            return new Chromium(playwright, browser);
        }

        /// <returns>Milliseconds from the request to the first text on the screen, as the browser itself tells it.</returns>
        public async Task<double> FirstPaintAsync(ServerProgram server, string path)
        {
            var authorization = server.Http.DefaultRequestHeaders.Authorization!.ToString();
            await using var context = await browser.NewContextAsync(
                new()
                {
                    BaseURL = server.Http.BaseAddress!.ToString(),
                    ExtraHTTPHeaders = new Dictionary<string, string> { ["Authorization"] = authorization },
                }
            );
            var page = await context.NewPageAsync();
            await page.GotoAsync(path);
            return await page.EvaluateAsync<double>(
                """
                () => new Promise(seen => new PerformanceObserver(list => {
                  const paint = list.getEntriesByName("first-contentful-paint")[0];
                  if (paint) { seen(paint.startTime); }
                }).observe({ type: "paint", buffered: true }))
                """
            );
        }

        public async ValueTask DisposeAsync()
        {
            await browser.DisposeAsync();
            playwright.Dispose();
        }
    }
}
