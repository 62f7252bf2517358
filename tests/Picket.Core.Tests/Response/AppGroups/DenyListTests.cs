using Picket.Core.Devices;
using Picket.Core.Intelligence;
using Picket.Core.Response;
using Picket.Core.Risk;

namespace Picket.Core.Tests.Response.AppGroups;

/// <summary>Which apps the UEM is asked to deny.</summary>
public sealed class DenyListTests
{
    private static readonly Guid One = Guid.Parse("00000000-0000-7000-8000-000000000001");
    private static readonly Guid Two = Guid.Parse("00000000-0000-7000-8000-000000000002");

    [Fact]
    public void Names_each_app_once_with_all_reasons_and_devices_the_worst_first()
    {
        var list = DenyList.Of([
            Seen(One, "com.spy", FindingKinds.Stalkerware, RiskLevel.High, source: "stalkerware"),
            Seen(Two, "COM.spy", FindingKinds.DeniedApp, RiskLevel.Medium, confidence: null),
            Seen(Two, "com.trojan", FindingKinds.MaliciousApp, RiskLevel.Critical, source: "own"),
            Seen(Two, "com.spy", FindingKinds.Stalkerware, RiskLevel.High, platform: DenyPlatform.Apple),
        ]);

        Assert.Equal(
            ["Android com.trojan 1", "Android com.spy 2", "Apple com.spy 1"],
            list.Select(app => $"{app.Platform} {app.AppId} {app.Devices.Count}")
        );
        Assert.Equal(
            [new(FindingKinds.DeniedApp.Id, null, null), new(FindingKinds.Stalkerware.Id, "stalkerware", "i")],
            list[1].Reasons
        );
        Assert.All(list, app => Assert.Null(app.LeftOut));
    }

    [Fact]
    public void Names_no_app_by_less_than_its_id_or_on_a_weak_word()
    {
        var list = DenyList.Of([
            Seen(One, null, FindingKinds.MaliciousApp),
            Seen(One, "com.by.pattern", FindingKinds.MaliciousApp, byPattern: true),
            Seen(One, "com.by.policys.pattern", FindingKinds.DeniedApp, byPattern: true, confidence: null),
            Seen(One, "com.looks.alike", FindingKinds.LookAlike),
            Seen(One, "com.watches.openly", FindingKinds.Watchware),
            Seen(One, "com.doubtful", FindingKinds.MaliciousApp, confidence: Confidence.Low),
            Seen(One, "com.Other.Case", FindingKinds.MaliciousApp, RiskLevel.Low),
        ]);

        Assert.Empty(list);
    }

    [Theory]
    [InlineData("com.airwatch.androidagent")]
    [InlineData("com.Air-Watch.Agent")]
    [InlineData("com.vmware.hub.desktop")]
    public void The_agent_of_the_UEM_is_never_denied_whatever_a_feed_says(string agent)
    {
        var list = DenyList.Of([
            Seen(One, agent, FindingKinds.MaliciousApp, RiskLevel.Critical),
            Seen(One, "com.airwatchers.spy", FindingKinds.MaliciousApp, RiskLevel.Critical),
        ]);

        Assert.Contains(
            "the UEM's own agent",
            Assert.Single(list, app => app.AppId == agent).LeftOut,
            StringComparison.Ordinal
        );
        Assert.Null(Assert.Single(list, app => app.AppId != agent).LeftOut);
    }

    [Fact]
    public void An_exception_for_one_device_keeps_the_app_off_and_grace_of_one_does_not()
    {
        var list = DenyList.Of([
            Seen(One, "com.excepted", FindingKinds.DeniedApp),
            Seen(Two, "com.excepted", FindingKinds.DeniedApp, standing: FindingStanding.Excepted),
            Seen(One, "com.in.grace", FindingKinds.DeniedApp, standing: FindingStanding.InGrace),
            Seen(One, "com.in.grace.here", FindingKinds.DeniedApp, standing: FindingStanding.InGrace),
            Seen(Two, "com.in.grace.here", FindingKinds.DeniedApp),
        ]);

        Assert.Equal(["com.excepted", "com.in.grace.here"], list.Select(app => app.AppId).Order());
        Assert.Contains("Board", list.Single(app => app.AppId == "com.excepted").LeftOut, StringComparison.Ordinal);
        Assert.Null(list.Single(app => app.AppId == "com.in.grace.here").LeftOut);
    }

    [Fact]
    public void Leaves_out_the_mildest_where_there_are_too_many_and_says_so()
    {
        var list = DenyList.Of(
            [
                Seen(One, "com.mild", FindingKinds.DeniedApp),
                Seen(One, "com.worse", FindingKinds.MaliciousApp, RiskLevel.Critical),
                Seen(One, "com.apple.one", FindingKinds.DeniedApp, platform: DenyPlatform.Apple),
                Seen(
                    One,
                    "com.excepted",
                    FindingKinds.MaliciousApp,
                    RiskLevel.Critical,
                    standing: FindingStanding.Excepted
                ),
            ],
            most: 1
        );

        Assert.Equal(
            ["com.excepted", "com.mild"],
            list.Where(app => app.LeftOut is not null).Select(app => app.AppId).Order()
        );
        Assert.Contains("holds 1 apps", list.Single(app => app.AppId == "com.mild").LeftOut, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DevicePlatform.Android, DenyPlatform.Android)]
    [InlineData(DevicePlatform.Ios, DenyPlatform.Apple)]
    [InlineData(DevicePlatform.Ipados, DenyPlatform.Apple)]
    [InlineData(DevicePlatform.Macos, null)]
    [InlineData(DevicePlatform.Windows, null)]
    [InlineData(DevicePlatform.Unknown, null)]
    public void Phones_and_tablets_have_a_list(DevicePlatform platform, DenyPlatform? list) =>
        Assert.Equal(list, DenyList.PlatformOf(platform));

    private static AppSighting Seen(
        Guid device,
        string? app,
        FindingKind kind,
        RiskLevel level = RiskLevel.Medium,
        string? source = null,
        Confidence? confidence = Confidence.Medium,
        bool byPattern = false,
        FindingStanding standing = FindingStanding.Counts,
        DenyPlatform platform = DenyPlatform.Android
    ) =>
        new(
            device,
            platform,
            new Finding(
                kind.Id,
                1,
                $"{kind.Id}|{app}",
                level,
                kind.Title,
                "",
                [],
                FindingProof.NameMatch,
                new FindingEvidence([], source is null ? null : Source(source), app, source is null ? null : "i")
                {
                    AppId = app,
                    ByPattern = byPattern,
                    Confidence = confidence,
                }
            )
            {
                Standing = standing,
                Exception =
                    standing == FindingStanding.Excepted ? new ExceptedBy("Board", "o", "r", DateOnly.MaxValue) : null,
            }
        );

    private static FeedSource Source(string name) =>
        new(name, FeedFormat.Own, "1", null, new FeedLicence("", "", false));
}
