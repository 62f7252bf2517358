using Picket.Core.Devices;
using Picket.Core.Intelligence;

namespace Picket.Core.Tests.Intelligence;

public sealed class IndicatorIndexTests
{
    private static readonly IndicatorIndex Index = IndicatorIndex.Build(FeedFiles.AllSamples());

    [Theory]
    [InlineData(DevicePlatform.Android, "com.example.stalker.tracker", ThreatClass.Stalkerware)]
    [InlineData(DevicePlatform.Android, "com.example.hiddenmonitor", ThreatClass.Stalkerware)]
    [InlineData(DevicePlatform.Android, "org.example.spycam.pro", ThreatClass.Watchware)]
    [InlineData(DevicePlatform.Ios, "com.example.ios.watchful", ThreatClass.Watchware)]
    [InlineData(DevicePlatform.Ipados, "COM.example.ios.watchful", ThreatClass.Watchware)]
    [InlineData(DevicePlatform.Android, "com.example.fakebank.update", ThreatClass.Malware)]
    [InlineData(DevicePlatform.Android, "com.example.adfraud.cleaner", ThreatClass.Malware)]
    public void Finds_what_a_feed_names(DevicePlatform platform, string app, ThreatClass threat)
    {
        var match = Assert.Single(Index.MatchAppId(platform, app));

        Assert.Equal(threat, match.Indicator.Class);
        Assert.True(match.SameCase);
    }

    [Theory]
    [InlineData(DevicePlatform.Ios, "com.example.stalker.tracker")]
    [InlineData(DevicePlatform.Android, "com.example.ios.watchful")]
    [InlineData(DevicePlatform.Android, "com.example.stalker")]
    [InlineData(DevicePlatform.Android, "com.example.stalker.tracker.pro")]
    [InlineData(DevicePlatform.Android, "xcom.example.adfraud.cleaner")]
    [InlineData(DevicePlatform.Windows, "com.example.fakebank.update")]
    [InlineData(DevicePlatform.Android, "tracker.example.com")]
    public void Finds_nothing_else(DevicePlatform platform, string app) =>
        Assert.Empty(Index.MatchAppId(platform, app));

    [Fact]
    public void Tells_that_only_the_case_differs_on_android() =>
        Assert.False(Assert.Single(Index.MatchAppId(DevicePlatform.Android, "com.example.Stalker.Tracker")).SameCase);

    [Fact]
    public void Finds_an_app_with_a_harmless_name_by_its_certificate()
    {
        var app = new AppOnDevice("com.harmless") { CertificateSha1 = "0000000000000000000000000000000000000a01" };

        Assert.Equal("Example Tracker", Assert.Single(Index.MatchApp(DevicePlatform.Android, app)).Indicator.Family);
    }

    [Fact]
    public void Finds_an_app_of_which_only_the_hash_is_kept()
    {
        static string Hash(string id) => "#" + new string([.. id.Reverse()]);
        var hashed = HashedApps.Build(FeedFiles.AllSamples(), Hash);

        var match = Assert.Single(hashed.Match(DevicePlatform.Android, Hash("com.example.hiddenmonitor")));

        Assert.Equal("com.example.hiddenmonitor", match.Indicator.Value);
        Assert.Empty(hashed.Match(DevicePlatform.Ios, Hash("com.example.hiddenmonitor")));
        Assert.Empty(hashed.Match(DevicePlatform.Android, "com.example.hiddenmonitor"));
    }

    [Fact]
    public void Takes_a_value_that_occurs_twice_in_a_feed_once()
    {
        var feed = FeedFiles.Accepted(
            "- name: a\n  packages: [com.a.b]\n- name: b\n  packages: [com.a.b]\n",
            "ioc.yaml"
        );

        Assert.Equal(1, feed.Duplicates);
        Assert.Single(IndicatorIndex.Build([feed]).MatchAppId(DevicePlatform.Android, "com.a.b"));
    }
}
