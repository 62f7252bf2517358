using Picket.Core.Devices;
using Picket.Core.Intelligence;
using Picket.Core.Intelligence.Formats;

namespace Picket.Core.Tests.Intelligence;

public sealed class SampleFeedTests
{
    [Theory]
    [InlineData("stalkerware.yaml", FeedFormat.StalkerwareIndicators)]
    [InlineData("watchware.yaml", FeedFormat.StalkerwareIndicators)]
    [InlineData("fakebank.stix2", FeedFormat.Stix21)]
    [InlineData("ios-sofa.json", FeedFormat.SofaIos)]
    [InlineData("ios.json", FeedFormat.EndOfLifeReleases)]
    [InlineData("ipados.json", FeedFormat.EndOfLifeReleases)]
    [InlineData("android.md", FeedFormat.EndOfLifeProduct)]
    [InlineData("android-osv.jsonl", FeedFormat.OsvAndroid)]
    [InlineData("samsung.md", FeedFormat.EndOfLifeProduct)]
    [InlineData("kev.json", FeedFormat.CisaKev)]
    public void Recognises_the_format_of_a_file_by_its_content(string name, FeedFormat format)
    {
        Assert.Equal(format, FeedFormats.Detect(FeedFiles.SampleBytes(name)));
        Assert.Equal(format, FeedFiles.Sample(name).Source.Format);
    }

    [Fact]
    public void Reads_every_sample_without_an_error()
    {
        var counts = FeedFiles.AllSamples().ToDictionary(feed => feed.Source.Name, feed => feed.Counts);

        Assert.Equal(13, counts.Count);
        Assert.All(counts.Values, count => Assert.True(count.Entries > 0));
        Assert.Equal(7, counts["stalkerware.yaml"].Indicators);
        Assert.Equal((2, 1), (counts["stalkerware.yaml"].Testable, counts["stalkerware.yaml"].NotCollected));
        Assert.Equal((2, 1), (counts["fakebank.stix2"].Testable, counts["fakebank.stix2"].NotCollected));
        Assert.Equal(5, counts["fakebank.stix2"].Indicators);
        Assert.Equal(35, counts["kev.json"].Exploited);
        Assert.Equal(10, counts["android-osv.jsonl"].Entries);
    }

    [Fact]
    public void Keeps_what_a_uem_cannot_test_and_says_so()
    {
        var kinds = FeedFiles
            .Sample("fakebank.stix2")
            .Indicators.Where(indicator => !indicator.IsTestable)
            .Select(indicator => indicator.Kind);

        Assert.Equal([IndicatorKind.ProfileId, IndicatorKind.Domain, IndicatorKind.FileHash], kinds);
    }

    [Fact]
    public void Tells_trains_from_hardware_and_dates_from_booleans()
    {
        var android = FeedFiles.Sample("android.md");
        var pixel = FeedFiles.Sample("pixel.md");

        var ended = android.Trains.Single(train => train.Cycle == "13");
        Assert.Equal(new DateOnly(2026, 3, 2), ended.Security.Date);
        Assert.Equal("Android 13", ended.Label);
        Assert.Equal([DevicePlatform.Android], ended.Platforms);
        Assert.False(android.Trains.Single(train => train.Cycle == "16").Security.HasEndedAt(new DateOnly(2026, 8, 1)));
        Assert.Equal("Pixel 9", pixel.Hardware[0].Label);
        Assert.Empty(pixel.Trains);
    }

    [Fact]
    public void Names_the_usual_licence_unless_told_another()
    {
        var bytes = FeedFiles.SampleBytes("stalkerware.yaml");
        var usual = FeedFormats.Parse(bytes, new FeedOrigin("echap", "ioc.yaml")).Content!.Source;
        var own = FeedFormats
            .Parse(bytes, new FeedOrigin("samples", "ioc.yaml", "7", FeedLicences.Samples))
            .Content!.Source;

        Assert.Equal("CC-BY-4.0", usual.Licence.Name);
        Assert.True(usual.Licence.AttributionRequired);
        Assert.StartsWith("sha256:", usual.Version, StringComparison.Ordinal);
        Assert.Equal(("7", "CC0-1.0"), (own.Version, own.Licence.Name));
    }

    [Fact]
    public void Takes_the_product_of_release_data_from_the_name_of_the_file()
    {
        var bytes = FeedFiles.SampleBytes("ipados.json");

        Assert.All(FeedFiles.Sample("ipados.json").Releases, r => Assert.Equal([DevicePlatform.Ipados], r.Platforms));
        var nameless = FeedFormats.Parse(bytes, new FeedOrigin("data"));
        Assert.False(nameless.Succeeded);
        Assert.Contains("ipados.json", Assert.Single(nameless.Errors).Message, StringComparison.Ordinal);
    }
}
