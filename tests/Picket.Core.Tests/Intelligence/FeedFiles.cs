using System.Text;
using Picket.Core.Intelligence;

namespace Picket.Core.Tests.Intelligence;

/// <summary>The sample feeds of the repository, and feeds written inside tests.</summary>
internal static class FeedFiles
{
    private static readonly string Samples = Find("samples", "feeds");

    public static IReadOnlyList<string> SampleNames { get; } =
        Directory
            .GetFiles(Samples)
            .Select(path => Path.GetFileName(path))
            .Where(name => name != "README.md")
            .Order(StringComparer.Ordinal)
            .ToList();

    public static byte[] SampleBytes(string name) => File.ReadAllBytes(Path.Combine(Samples, name));

    public static FeedContent Sample(string name) => Accepted(SampleBytes(name), name);

    public static IReadOnlyList<FeedContent> AllSamples() => SampleNames.Select(Sample).ToList();

    public static FeedParse Parse(string text, string fileName) =>
        FeedFormats.Parse(Encoding.UTF8.GetBytes(text), new FeedOrigin(fileName, fileName));

    public static FeedParse Parse(FeedFormat format, string text, string fileName = "feed") =>
        FeedFormats.Parse(format, Encoding.UTF8.GetBytes(text), new FeedOrigin(fileName, fileName));

    public static FeedContent Accepted(byte[] content, string name)
    {
        var parse = FeedFormats.Parse(content, new FeedOrigin(name, name));
        Assert.True(parse.Succeeded, $"{name}: {string.Join("; ", parse.Errors)}");
        return parse.Content!;
    }

    public static FeedContent Accepted(string text, string name) => Accepted(Encoding.UTF8.GetBytes(text), name);

    /// <summary>A bundle of indicators with these patterns, one a line from line 3 on.</summary>
    public static string Bundle(params string[] patterns)
    {
        var indicators = patterns.Select(
            (pattern, at) =>
                $$"""{"type":"indicator","id":"indicator--{{at}}","pattern":"{{pattern}}","pattern_type":"stix"}"""
        );
        return "{\"type\":\"bundle\",\n\"objects\":[\n" + string.Join(",\n", indicators) + "\n]}";
    }

    /// <summary>The files that the fuzzer begins from, and those that it found.</summary>
    public static IReadOnlyList<string> Corpus() =>
        Directory.GetFiles(Find("bench", "corpus", "feeds"), "*", SearchOption.AllDirectories);

    public static byte[] CorpusBytes(string folder, string file) =>
        File.ReadAllBytes(Path.Combine(Find("bench", "corpus", "feeds"), folder, file));

    private static string Find(params string[] names)
    {
        var path = Path.Combine(names);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, path)))
            {
                return Path.Combine(folder.FullName, path);
            }
        }

        throw new DirectoryNotFoundException($"{path} is not above the test program.");
    }
}
