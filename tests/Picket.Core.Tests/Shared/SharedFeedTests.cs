using Picket.Core.Devices;
using Picket.Core.Intelligence;
using Picket.Core.Risk;
using Picket.Core.Tests.Risk;

namespace Picket.Core.Tests.Shared;

/// <summary>The importers against real feeds of 2026-08, whose counts were taken by other means.</summary>
[Trait("Category", "Shared")]
public sealed class SharedFeedTests
{
    private static readonly Dictionary<string, FeedContent> Feeds = ReadAll();
    private static readonly OsKnowledge Systems = OsKnowledge.Build(Feeds.Values);

    [Theory]
    [InlineData("18.5", "iPhone11,8", 341, 7)] // one is fixed in a release that this model cannot install
    [InlineData("18.5", null, 173, 7)] // without those of the device-specific 18.7.9 and 18.7.10
    [InlineData("17.6.1", null, 182, 8)]
    [InlineData("26.2", null, 305, 3)]
    [InlineData("26.6.1", null, 0, 0)]
    public void Counts_the_cves_that_a_version_lacks(string version, string? model, int all, int exploited)
    {
        var assessment = Systems.Assess(null, model, null, OsVersion.Parse(version));

        Assert.Equal((all, exploited), (assessment.MissingCves, assessment.Exploited.Count));
        Assert.All(assessment.Exploited, cve => Assert.NotNull(cve.Due));
    }

    [Theory]
    [InlineData("18.5", 342, 7)]
    [InlineData("17.6.1", 182, 8)]
    [InlineData("26.2", 305, 3)]
    [InlineData("26.6.1", 0, 0)]
    public void Counts_the_cves_fixed_since_a_version_whatever_the_model(string text, int all, int exploited)
    {
        var version = OsVersion.Parse(text);
        var newer = Feeds["ios_data_feed.json"]
            .Releases.Where(release => release.Version.Major == version.Major && release.Version > version)
            .ToList();

        Assert.Equal(all, newer.SelectMany(release => release.Cves).Distinct().Count());
        Assert.Equal(exploited, newer.SelectMany(release => release.ExploitedCves).Distinct().Count());
    }

    /// <summary>In the train itself as before; what only later trains fix is counted beside it.</summary>
    [Theory]
    [InlineData("18.5", "iPhone14,2", 7)]
    [InlineData("18.7.8", "iPhone14,2", 0)]
    [InlineData("17.7.2", "iPhone14,2", 14)]
    [InlineData("17.6.1", "iPhone14,2", 16)]
    [InlineData("16.6", "iPhone14,7", 27)]
    public void Judges_no_older_train_milder(string version, string model, int exploited)
    {
        var device = (SomeDevices.Iphone with { Model = SomeDevices.Known(model), ModelName = default }).On(version);

        var verdict = device.Judge(RiskContext.Build(Feeds.Values));

        var finding = verdict.Findings.SingleOrDefault(each => each.Kind == FindingKinds.OsExploited.Id);
        Assert.Equal(exploited, finding?.Evidence.ExploitedCves.Count ?? 0);
        Assert.Equal(exploited > 0, verdict.Level is RiskLevel.High);
        Assert.DoesNotContain(
            verdict.Findings,
            each => each.Text.Contains(" 0 vulnerabilities", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Prints_what_every_file_holds()
    {
        foreach (var (name, feed) in Feeds.OrderBy(feed => feed.Key, StringComparer.Ordinal))
        {
            TestContext.Current.TestOutputHelper!.WriteLine($"{name}: {feed.Source.Format}, {feed.Counts}");
            Assert.True(feed.Entries > 0, name);
        }

        Assert.Equal(2 + 2 + 2 + 4 + 4, Feeds.Count);
        Assert.Equal(
            643,
            Feeds
                .Values.SelectMany(feed => feed.Indicators)
                .Count(i => i.Kind is IndicatorKind.AppId && i.Platform is IndicatorPlatform.Android)
        );
    }

    [Fact]
    public void Is_as_sure_of_each_kind_as_its_source()
    {
        var indicators = Feeds.Values.SelectMany(feed => feed.Indicators).ToList();

        Assert.All(
            indicators.Where(indicator => indicator.IsNotCollected),
            indicator => Assert.Equal(Confidence.High, indicator.Confidence)
        );
        Assert.All(
            indicators.Where(indicator => indicator.Kind is IndicatorKind.AppId),
            indicator => Assert.Equal(Confidence.Medium, indicator.Confidence)
        );
    }

    [Fact]
    public void Reads_every_file_with_its_known_counts()
    {
        Assert.Equal(613, Packages("ioc.yaml"));
        Assert.Equal(30, Packages("watchware.yaml"));
        Assert.Equal(6, Apps("watchware.yaml", IndicatorPlatform.Apple));
        Assert.Equal((147, 27), (Feeds["ioc.yaml"].Entries, Feeds["watchware.yaml"].Entries));
        Assert.Equal(1_674, Feeds["kev_catalog.json"].Exploited.Count);
        Assert.Equal("2026.08.21", Feeds["kev_catalog.json"].Source.Version);
        Assert.Contains(Feeds["kev_catalog.json"].Exploited, entry => entry.Cve == "CVE-2021-22054");
        Assert.Equal(107, Feeds["ios_data_feed.json"].ModelNames.Count);
    }

    [Theory]
    [InlineData("residentbat.stix2", 48, 16)]
    [InlineData("wyrmspy_dragonegg.stix2", 53, 7)]
    [InlineData("predator.stix2", 585, 1)]
    [InlineData("coruna.stix2", 216, 0)]
    public void Keeps_all_indicators_and_marks_the_testable(string name, int all, int testable)
    {
        var feed = Feeds[name];

        Assert.Equal(
            (all, testable),
            (feed.Indicators.Count + feed.Duplicates, feed.Counts.Testable + feed.Counts.NotCollected)
        );
        Assert.DoesNotContain(feed.Indicators, indicator => indicator.Kind is IndicatorKind.Compound);
    }

    [Fact]
    public void Takes_device_specific_releases_for_the_models_they_name()
    {
        var xr = Systems.Assess(DevicePlatform.Ios, "iPhone11,8", null, OsVersion.Parse("18.7.8"));
        var pro = Systems.Assess(DevicePlatform.Ios, "iPhone14,2", null, OsVersion.Parse("18.7.8"));

        Assert.Equal(["18.7.9", "18.7.10"], xr.Missing.Select(release => release.Version.ToString()));
        Assert.Empty(pro.Missing);
        Assert.True(pro.TrainGoesOnWithout);
        Assert.Equal("26.6.1", pro.NewestForModel!.Version.ToString());
    }

    [Fact]
    public void Reads_ends_of_support_of_systems_and_hardware()
    {
        Assert.Equal(
            new DateOnly(2026, 3, 2),
            Feeds["android.md"].Trains.Single(train => train.Cycle == "13").Security.Date
        );
        Assert.Equal("15 'Vanilla Ice Cream'", Feeds["android.md"].Trains.Single(train => train.Cycle == "15").Label);
        Assert.Contains(Feeds["samsung-mobile.md"].Hardware, hardware => hardware.Security.Ended is true);
        var day = new DateOnly(2026, 8, 22);
        Assert.True(
            Systems
                .Assess(DevicePlatform.Android, null, "Google Pixel 5", OsVersion.Parse("14"))
                .Hardware!.Security.HasEndedAt(day)
        );
    }

    private static int Packages(string file) => Apps(file, IndicatorPlatform.Android);

    private static int Apps(string file, IndicatorPlatform platform) =>
        Feeds[file].Indicators.Count(i => i.Kind is IndicatorKind.AppId && i.Platform == platform);

    private static Dictionary<string, FeedContent> ReadAll()
    {
        var shared = Environment.GetEnvironmentVariable("PICKET_SHARED");
        Assert.False(
            string.IsNullOrEmpty(shared),
            "PICKET_SHARED names no folder; run these by './run test --shared DIR'."
        );
        string[] folders =
        [
            "sofa",
            "stalkerware-indicators",
            "endoflife/releases",
            "endoflife/products",
            "mvt-indicators",
        ];
        return folders
            .SelectMany(folder => Directory.GetFiles(Path.Combine(shared, "data", "feeds", folder)))
            .ToDictionary(path => Path.GetFileName(path), Read);
    }

    private static FeedContent Read(string path)
    {
        var name = Path.GetFileName(path);
        var parse = FeedFormats.Parse(File.ReadAllBytes(path), new FeedOrigin(name, name));
        Assert.True(parse.Succeeded, $"{name}: {string.Join("; ", parse.Errors)}");
        return parse.Content!;
    }
}
