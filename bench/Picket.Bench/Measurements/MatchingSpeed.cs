using System.Collections.Frozen;
using System.Diagnostics;
using System.Text;
using Picket.Bench.Harness;
using Picket.Core.Devices;
using Picket.Core.Intelligence;
using Picket.Core.Risk;
using Picket.Core.Sync;

namespace Picket.Bench.Measurements;

/// <summary>
/// Matching and judging alone, on one thread: 10,000 indicators against the 60,000 different apps of a million pairs of
/// device and app, beside a bare lookup of the same ids in the same run.
/// </summary>
internal static class MatchingSpeed
{
    private const int Indicators = 10_000;
    private const int Apps = 60_000;
    private const int Pairs = 1_000_000;
    private const int AppsOfDevice = 30;
    private static readonly string[] Patterns =
    [
        @"app-pattern,^org\.picket\.bench\.family\..*$",
        @"app-pattern,^(com|net)\.picket\.bench[0-9]+\.x$",
    ];
    private static readonly DateTimeOffset Now = new(2026, 9, 10, 12, 0, 0, TimeSpan.Zero);

    public static Task MeasureAsync(BenchSite bench)
    {
        var (feed, patterns) = (Feed(Exact()), Feed(Patterns));
        var index = IndicatorIndex.Build([feed]);
        // One app in a hundred is listed.
        var apps = Enumerable
            .Range(0, Apps)
            .Select(i => i % 100 == 0 ? Listed(i / 100) : $"org.example.app{i}")
            .ToArray();
        var holders = HoldersOf(apps.Length);
        var raw = feed.Indicators.ToFrozenDictionary(each => each.Value, StringComparer.OrdinalIgnoreCase);

        var (ours, bare) = (new List<double>(), new List<double>());
        var (hits, rawHits) = (0, 0);
        for (var round = 0; round < bench.Options.Rounds * 3; round++)
        {
            ours.Add(
                Milliseconds(() =>
                    hits = Hits(apps, holders, app => index.MatchAppId(DevicePlatform.Android, app).Count > 0)
                )
            );
            bare.Add(Milliseconds(() => rawHits = Hits(apps, holders, raw.ContainsKey)));
        }

        var note =
            $"{Pairs} pairs, {Apps} different apps, {hits} hits: {ours.Median():0.0} ms; bare lookup {bare.Median():0.0} ms";
        bench.Report.Add(
            Figure.AtMost(
                "matching: a new feed / bare lookup of the same ids",
                ours.Median() / bare.Median(),
                2.00,
                note
            )
        );
        bench.Report.Add(Figure.AtMost("matching: a new feed, ms", ours.Median(), 5.00, $"{Indicators} indicators"));
        bench.Report.Add(
            Figure.None("matching: hits that a bare lookup sees otherwise", Math.Abs(hits - rawHits), note)
        );
        OneDevice(bench, IndicatorIndex.Build([feed, patterns]), apps);
        Judging(bench, RiskContext.Build([feed, patterns]), apps);
        return Task.CompletedTask;
    }

    /// <summary>What a device's app that came costs: one lookup, and a few patterns.</summary>
    private static void OneDevice(BenchSite bench, IndicatorIndex index, string[] apps)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();
        var asked = 0;
        for (var i = 1; i < apps.Length; i++)
        {
            if (i % 100 != 0)
            {
                asked += 1 + index.MatchAppId(DevicePlatform.Android, apps[i]).Count;
            }
        }

        var microseconds = Stopwatch.GetElapsedTime(started).TotalMicroseconds / asked;
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        bench.Report.Add(
            Figure.AtMost("matching: one app of one device, us", microseconds, 20, $"{index.Patterns.Count} patterns")
        );
        bench.Report.Add(
            new Figure(
                "matching: bytes taken for an app that is not listed",
                "0",
                $"{bytes / asked}",
                bytes / asked == 0,
                Law: true,
                $"{bytes} for {asked}"
            )
        );
    }

    private static void Judging(BenchSite bench, RiskContext context, string[] apps)
    {
        var devices = Enumerable.Range(0, 2_000).Select(i => Device(i, apps)).ToArray();
        var times = new List<double>();
        for (var round = 0; round < bench.Options.Rounds * 3; round++)
        {
            times.Add(
                Milliseconds(() => _ = devices.Sum(device => RiskEngine.Judge(device, context, Now).Findings.Count))
            );
        }

        var each = times.Median() * 1000 / devices.Length;
        bench.Report.Add(
            Figure.Fact(
                "judging: one device, us",
                $"{each:0.0}",
                $"{AppsOfDevice} apps; {1_000_000 / each:0} devices a second"
            )
        );
    }

    private static DeviceFacts Device(int number, string[] apps)
    {
        var installed = Enumerable
            .Range(0, AppsOfDevice)
            .Select(i => new AppOnDevice(apps[((number * 7919) + (i * 1999)) % apps.Length], "1.0"));
        return new DeviceFacts($"{number}", DevicePlatform.Android)
        {
            Enrollment = Fact.Known(EnrollmentState.Enrolled, Now),
            LastSeen = Fact.Known(Now, Now),
            Compromised = Fact.Known(false, Now),
            Compliant = Fact.Known(true, Now),
            PasscodePresent = Fact.Known(true, Now),
            PasscodeCompliant = Fact.Known(true, Now),
            Encrypted = Fact.Known(true, Now),
            ModelName = Fact.Known("Example Phone", Now),
            OsVersion = Fact.Known(new OsVersion(16), Now),
            SecurityPatch = Fact.Known(new DateOnly(2026, 8, 5), Now),
            Apps = Fact.Known(new AppList([.. installed]), Now),
        };
    }

    private static IEnumerable<string> Exact() => Enumerable.Range(0, Indicators).Select(i => $"app-id,{Listed(i)}");

    private static FeedContent Feed(IEnumerable<string> lines)
    {
        var text = "kind,value\n" + string.Join('\n', lines);
        return FeedFormats.Parse(FeedFormat.Csv, Encoding.UTF8.GetBytes(text), new FeedOrigin("bench")).Content!;
    }

    private static int Hits(string[] apps, int[][] holders, Func<string, bool> isListed)
    {
        var hits = 0;
        for (var place = 0; place < apps.Length; place++)
        {
            hits += isListed(apps[place]) ? holders[place].Length : 0;
        }

        return hits;
    }

    private static string Listed(int number) => $"org.picket.bench.named{number}";

    /// <summary>Who has each app, as an index of the store answers it.</summary>
    private static int[][] HoldersOf(int apps) =>
        [.. Enumerable.Range(0, apps).Select(app => Enumerable.Range(app, Pairs / apps).ToArray())];

    private static double Milliseconds(Action act)
    {
        var started = Stopwatch.GetTimestamp();
        act();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
