using System.Diagnostics;
using System.Security.Cryptography;
using Picket.Bench.Fuzz;
using Picket.Bench.Harness;
using Picket.Core.Intelligence;

namespace Picket.Bench.Measurements;

/// <summary>
/// Each parser reads damaged files for a while: it has to answer with content or with errors, soon, and in little memory.
/// What it does not is kept in the corpus, where a test reads it from then on.
/// </summary>
internal static class FeedFuzz
{
    private const int Seed = 20_260;
    private const long MostMegabytes = 256;

    /// <summary>One fault is found many times.</summary>
    private const int MostAlike = 2;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    public static Task MeasureAsync(BenchSite bench)
    {
        var time = bench.Options.Quick ? TimeSpan.FromSeconds(2) : TimeSpan.FromSeconds(20);
        var found = new List<string>();
        foreach (var folder in Directory.GetDirectories(Corpus).Order(StringComparer.Ordinal))
        {
            var run = Run(folder, time, found);
            bench.Report.Add(
                Figure.Fact(
                    $"fuzz {run.Format}: files a second",
                    $"{run.Files / time.TotalSeconds:0}",
                    $"{run.Files} files, {run.Accepted} of them read; slowest {run.Slowest.TotalMilliseconds:0} ms, "
                        + $"at most {run.Megabytes:0.0} MB"
                )
            );
        }

        var note = found.Count == 0 ? $"seed {Seed}" : string.Join("; ", found);
        bench.Report.Add(Figure.None("fuzz: files that a parser broke on", found.Count, note));
        return Task.CompletedTask;
    }

    private static string Corpus => Path.Combine(Repository.Root, "bench", "corpus", "feeds");

    private sealed record Outcome(FeedFormat Format, int Files, int Accepted, TimeSpan Slowest, double Megabytes);

    private static Outcome Run(string folder, TimeSpan time, List<string> found)
    {
        var format = Enum.Parse<FeedFormat>(Path.GetFileName(folder));
        var mutator = new FeedMutator([.. Directory.GetFiles(folder).Order().Select(File.ReadAllBytes)], Seed);
        var outcome = new Outcome(format, 0, 0, TimeSpan.Zero, 0);
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < time; )
        {
            var file = mutator.Next();
            var (took, megabytes, accepted, fault) = Read(format, file);
            outcome = outcome with
            {
                Files = outcome.Files + 1,
                Accepted = outcome.Accepted + (accepted ? 1 : 0),
                Slowest = took > outcome.Slowest ? took : outcome.Slowest,
                Megabytes = Math.Max(outcome.Megabytes, megabytes),
            };
            if (
                fault is not null
                && found.Count(each => each.StartsWith($"{format}: {fault}", StringComparison.Ordinal)) < MostAlike
            )
            {
                found.Add($"{format}: {fault}, {Keep(folder, file)}");
            }
        }

        return outcome;
    }

    private static (TimeSpan Took, double Megabytes, bool Accepted, string? Fault) Read(FeedFormat format, byte[] file)
    {
        var (started, before) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
        string? fault = null;
        var accepted = false;
        try
        {
            // Release data tells by its name which product it is about.
            var parse = FeedFormats.Parse(format, file, new FeedOrigin("fuzz", "ios.json"));
            FeedFormats.Detect(file);
            accepted = parse.Succeeded;
            fault = accepted == parse.Errors.Count > 0 ? "neither content nor errors" : null;
            _ = accepted ? IndicatorIndex.Build([parse.Content!]).MatchAppId(default, "com.example.app").Count : 0;
        }
        catch (Exception thrown)
        {
            fault = thrown.GetType().Name;
        }

        var took = Stopwatch.GetElapsedTime(started);
        var megabytes = (GC.GetAllocatedBytesForCurrentThread() - before) / 1024.0 / 1024;
        fault ??= took > Longest ? $"{took.TotalSeconds:0.0} s" : null;
        fault ??= megabytes > MostMegabytes ? $"{megabytes:0} MB" : null;
        return (took, megabytes, accepted, fault);
    }

    private static string Keep(string folder, byte[] file)
    {
        var name = $"found-{Convert.ToHexStringLower(SHA256.HashData(file))[..12]}";
        File.WriteAllBytes(Path.Combine(folder, name), file);
        return name;
    }
}
