using System.Diagnostics;
using Picket.Core.Intelligence;

namespace Picket.Core.Tests.Intelligence;

/// <summary>The corpus of the fuzzer, with all that it ever found.</summary>
public sealed class FeedCorpusTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    public static TheoryData<string, string> Files =>
        [
            .. FeedFiles
                .Corpus()
                .Select(file => (Path.GetFileName(Path.GetDirectoryName(file)!), Path.GetFileName(file))),
        ];

    [Theory]
    [MemberData(nameof(Files))]
    public void Is_read_or_refused_by_every_parser_in_bounded_time(string folder, string file)
    {
        var bytes = FeedFiles.CorpusBytes(folder, file);
        var took = Stopwatch.StartNew();
        foreach (var format in Enum.GetValues<FeedFormat>())
        {
            var parse = FeedFormats.Parse(format, bytes, new FeedOrigin(file, "ios.json"));

            Assert.True(parse.Succeeded ^ parse.Errors.Count > 0);
            if (format == Enum.Parse<FeedFormat>(folder) && !file.StartsWith("found-", StringComparison.Ordinal))
            {
                Assert.True(parse.Succeeded, string.Join("; ", parse.Errors));
                Assert.Equal(format, FeedFormats.Detect(bytes, file));
            }
        }

        Assert.True(took.Elapsed < Longest, $"{took.Elapsed}");
    }

    [Fact]
    public void Has_files_of_every_format() =>
        Assert.Equal(
            Enum.GetNames<FeedFormat>().Except([nameof(FeedFormat.Own)]).Order(StringComparer.Ordinal),
            FeedFiles
                .Corpus()
                .Select(file => Path.GetFileName(Path.GetDirectoryName(file)!))
                .Distinct()
                .Order(StringComparer.Ordinal)
        );
}
