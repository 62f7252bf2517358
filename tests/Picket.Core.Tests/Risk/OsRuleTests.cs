using Picket.Core.Devices;
using Picket.Core.Intelligence;
using Picket.Core.Risk;
using Picket.Core.Tests.Intelligence;

namespace Picket.Core.Tests.Risk;

public sealed class OsRuleTests
{
    [Fact]
    public void Lists_the_exploited_cves_that_a_version_lacks_with_their_due_dates()
    {
        var finding = SomeDevices.Iphone.On("18.5").Judge().Findings[0];

        Assert.Equal((FindingKinds.OsExploited.Id, RiskLevel.High), (finding.Kind, finding.Level));
        Assert.Equal(7, finding.Evidence.ExploitedCves.Count);
        Assert.Contains(finding.Evidence.ExploitedCves, cve => cve.Cve == "CVE-2025-43300" && cve.Due is not null);
        Assert.Equal("ios-sofa.json", finding.Evidence.Source!.Name);
        Assert.Equal("picket-sample-2026-08-22", finding.Evidence.Source.Version);
        Assert.Equal(["18.5", "iPhone14,2"], finding.Evidence.Facts.Select(fact => fact.Value));
        Assert.Contains("26.6.1 (at least 18.7.8)", finding.Text, StringComparison.Ordinal);
    }

    [Theory]
    // An XR can install the device-specific 18.7.9 and 18.7.10 and no train after it.
    [InlineData("iPhone11,8", "18.7.10", null)]
    [InlineData("iPhone11,8", "18.7.8", "os.outdated")]
    // A 13 Pro gets nothing in train 18 after 18.7.8, but runs 26.
    [InlineData("iPhone14,2", "18.7.8", "os.train-ended")]
    [InlineData("iPhone14,2", "26.6.1", null)]
    [InlineData("iPhone14,2", "26.6", null)]
    [InlineData("iPhone14,2", "26.5.2", "os.outdated")]
    [InlineData("iPhone14,2", "26.2", "os.exploited-cves")]
    public void Compares_within_the_train_what_the_model_can_install(string model, string version, string? kind)
    {
        // 26.6.1 came out 24 days before this day, 26.6 45 days before.
        var findings = (SomeDevices.Iphone with { Model = SomeDevices.Known(model) }).On(version).Judge().Findings;

        Assert.Equal(kind, findings.Count == 0 ? null : findings[0].Kind);
        Assert.True(findings.Count <= 1);
    }

    [Fact]
    public void Knows_that_an_ipad_goes_on_where_an_iphone_ends()
    {
        var ipad = SomeDevices.Iphone with { Platform = DevicePlatform.Ipados, Model = SomeDevices.Known("iPad7,3") };

        Assert.Equal(RiskLevel.Secure, ipad.On("17.7.11").Judge().Level);
        Assert.Contains(ipad.On("17.7.2").Judge().Findings, finding => finding.Kind == FindingKinds.OsExploited.Id);
        var phone = SomeDevices.Iphone.On("17.7.2").Judge();
        Assert.Equal(
            [FindingKinds.OsExploited.Id, FindingKinds.OsTrainEnded.Id],
            phone.Findings.Select(finding => finding.Kind)
        );
    }

    /// <summary>The last release of a train lacks what only later trains fix since.</summary>
    [Fact]
    public void Lists_the_exploited_cves_that_only_later_trains_fix()
    {
        var context = WithIndicators(
            Trains(
                new("17.6", "2025-01-01", "CVE-2025-1000"),
                new("17.7", "2025-03-01", "CVE-2025-1001"),
                new("18.3", "2025-03-01", "CVE-2025-1001", "CVE-2025-1002"),
                new("18.4", "2025-06-01", "CVE-2025-1003"),
                new("26.0", "2025-09-01", "CVE-2025-1001", "CVE-2025-1004"),
                new("26.1", "2026-09-01")
            )
        );

        var last = Assert.Single(SomeDevices.Iphone.On("17.7").Judge(context).Findings, IsExploited);
        var before = Assert.Single(SomeDevices.Iphone.On("17.6").Judge(context).Findings, IsExploited);

        // 18.3 came out with 17.7: what it fixes alone does not concern train 17.
        Assert.Equal(["CVE-2025-1003", "CVE-2025-1004"], last.Evidence.ExploitedCves.Select(cve => cve.Cve));
        Assert.Equal(RiskLevel.High, last.Level);
        Assert.Contains("2 vulnerabilities", last.Text, StringComparison.Ordinal);
        Assert.Contains("only later trains", last.Text, StringComparison.Ordinal);
        Assert.Contains("Update to 26.1.", last.Text, StringComparison.Ordinal);
        Assert.Equal(3, before.Evidence.ExploitedCves.Count);
        Assert.Contains("1 vulnerability that is exploited", before.Text, StringComparison.Ordinal);
        Assert.Contains("2 more", before.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Does_not_accuse_a_supported_train_of_what_its_own_releases_fixed()
    {
        var context = WithIndicators(
            Trains(
                new("18.7.2", "2025-11-05", "CVE-2025-1001"),
                new("18.7.3", "2025-12-12", "CVE-2025-1002"),
                new("26.1", "2025-11-03", "CVE-2025-1001"),
                new("26.2", "2025-12-12", "CVE-2025-1002"),
                // Said of it once more after the train had fixed it.
                new("26.3", "2026-09-01", "CVE-2025-1002")
            )
        );

        Assert.DoesNotContain(SomeDevices.Iphone.On("18.7.3").Judge(context).Findings, IsExploited);
        Assert.Equal(
            ["CVE-2025-1002"],
            Assert
                .Single(SomeDevices.Iphone.On("18.7.2").Judge(context).Findings, IsExploited)
                .Evidence.ExploitedCves.Select(cve => cve.Cve)
        );
    }

    /// <summary>Release data has dates alone: nobody says whether what came out mends something that is exploited.</summary>
    [Fact]
    public void Says_unknown_of_exploited_cves_where_releases_are_known_by_their_dates_alone()
    {
        var dates = FeedFiles.Accepted(
            """
            {"versions":{"16.6":{"date":"2026-07-01"},"16.7":{"date":"2026-09-01"},"26.1":{"date":"2026-08-20"}}}
            """,
            "ios.json"
        );
        var device = SomeDevices.Iphone.On("16.6");

        var grace = device.Judge(WithIndicators(dates));
        var later = RiskEngine.Judge(
            device with
            {
                LastSeen = Fact.Known(SomeDevices.Now.AddDays(30), SomeDevices.Now.AddDays(30)),
            },
            WithIndicators(dates),
            SomeDevices.Now.AddDays(30)
        );

        Assert.Empty(grace.Findings);
        Assert.Equal(RiskLevel.Unknown, grace.Level);
        var spot = Assert.Single(grace.Unknowns, spot => spot.Blocks.Contains(FindingKinds.OsExploited.Id));
        Assert.Equal((FactName.OsVersion, MissingReason.NoFeed, true), (spot.Fact, spot.Cause, spot.Required));
        Assert.Contains("ios.json", spot.Text, StringComparison.Ordinal);
        var outdated = Assert.Single(later.Findings, finding => finding.Kind == FindingKinds.OsOutdated.Id);
        Assert.DoesNotContain("0 vulnerabilities", outdated.Text, StringComparison.Ordinal);
        Assert.Equal(RiskLevel.Secure, SomeDevices.Iphone.On("26.1").Judge(WithIndicators(dates)).Level);
    }

    private static bool IsExploited(Finding finding) => finding.Kind == FindingKinds.OsExploited.Id;

    private sealed record Release(string Version, string Released, params string[] Exploited);

    /// <summary>What fits the model that all of it is for: the newest, as SOFA states models of no earlier ones.</summary>
    private static FeedContent Trains(params Release[] releases) => Detailed("trains.json", "2026-09-09", releases);

    private static FeedContent Detailed(string name, string checkedOn, params Release[] releases)
    {
        var newest = releases.MaxBy(release => OsVersion.Parse(release.Version));
        var trains = releases
            .GroupBy(release => release.Version.Split('.')[0])
            .Select(train =>
                $$"""{"OSVersion":"{{train.Key}}","SecurityReleases":[{{string.Join(',', train.Select(Line))}}]}"""
            );
        var text = $$"""
            {"Version":"2.0","UpdateHash":"{{name}}","LastCheck":"{{checkedOn}}T00:00:00Z",
             "OSVersions":[{{string.Join(',', trains)}}],
             "Devices":{"iPhone14,2":{"MarketingName":"iPhone 13 Pro"} } }
            """;
        return FeedFiles.Accepted(text, name);

        string Line(Release release)
        {
            var cves = string.Join(
                ',',
                release.Exploited.Select(cve =>
                    $$"""
                        "{{cve}}":{"exploited":true}
                        """
                )
            );
            var names = string.Join(',', release.Exploited.Select(cve => $"\"{cve}\""));
            var models = release == newest ? "\"iPhone14,2\"" : "";
            return $$"""
                {"UpdateName":"iOS and iPadOS","ProductVersion":"{{release.Version}}","ReleaseDate":"{{release.Released}}T00:00:00Z",
                 "DeviceScope":"universal","SupportedDevices":[{{models}}],"CVEs":{ {{cves}} },"ActivelyExploitedCVEs":[{{names}}]}
                """;
        }
    }

    [Fact]
    public void Finds_the_model_by_the_name_that_people_know()
    {
        var device = SomeDevices.Iphone with
        {
            Model = default,
            ModelName = SomeDevices.Known("iPhone XR (64 GB Black)"),
        };

        Assert.Equal(RiskLevel.Secure, device.On("18.7.10").Judge().Level);
    }

    [Fact]
    public void Says_unknown_when_the_model_cannot_be_told()
    {
        var device = SomeDevices.Iphone with { Model = default, ModelName = SomeDevices.Known("Telephone") };

        var verdict = device.Judge();

        Assert.Equal(RiskLevel.Unknown, verdict.Level);
        Assert.Contains(verdict.Unknowns, unknown => unknown is { Fact: FactName.Model, Required: true });
    }

    [Fact]
    public void Says_unknown_of_a_model_that_the_feed_has_not_heard_of()
    {
        var verdict = (
            SomeDevices.Iphone with
            {
                Model = SomeDevices.Known("iPhone99,1"),
                ModelName = default,
            }
        ).Judge();

        Assert.Equal(RiskLevel.Unknown, verdict.Level);
        Assert.Contains(
            verdict.Unknowns,
            unknown => unknown is { Fact: FactName.Model, Cause: MissingReason.NoFeed, Required: true }
        );
    }

    [Fact]
    public void Asks_release_data_about_trains_that_the_detailed_feed_gave_up()
    {
        var old = SomeDevices.Iphone with { Model = SomeDevices.Known("iPhone10,6") };

        Assert.Equal(RiskLevel.Secure, old.On("16.7.16").Judge().Level);
        var finding = Assert.Single(old.On("16.7.12").Judge().Findings);
        Assert.Equal((FindingKinds.OsOutdated.Id, "ios.json"), (finding.Kind, finding.Evidence.Source!.Name));
    }

    [Fact]
    public void Wants_hardware_replaced_that_no_update_can_mend()
    {
        var old = SomeDevices.Iphone with { Model = SomeDevices.Known("iPhone6,2"), ModelName = default };
        var product = """
            ---
            category: os
            permalink: /ios
            releases:
              - releaseCycle: "12"
                eol: 2023-01-23
            ---
            """;
        var context = RiskContext.Build([.. FeedFiles.AllSamples(), FeedFiles.Accepted(product, "old.md")]);

        var finding = Assert.Single(old.On("12.5.7").Judge(context).Findings);

        Assert.Equal(FindingKinds.HardwareEnded.Id, finding.Kind);
        Assert.Contains("replace", finding.Text, StringComparison.Ordinal);
    }

    /// <summary>Replace, don't nag: no update is asked for that would change nothing.</summary>
    [Fact]
    public void Asks_for_no_update_where_hardware_has_ended()
    {
        var old = SomeDevices.Iphone with
        {
            Model = SomeDevices.Known("iPhone11,8"),
            ModelName = SomeDevices.Known("iPhone XR"),
        };
        var ended = """
            ---
            category: device
            permalink: /iphone
            releases:
              - releaseCycle: "xr"
                releaseLabel: "iPhone XR"
                eol: 2026-06-30
            ---
            """;
        var context = RiskContext.Build([.. FeedFiles.AllSamples(), FeedFiles.Accepted(ended, "phones.md")]);

        var outdated = old.On("18.7.8").Judge(context).Findings;
        var exploited = old.On("18.5").Judge(context).Findings;

        Assert.Equal([FindingKinds.HardwareEnded.Id], outdated.Select(finding => finding.Kind));
        Assert.Equal(
            [FindingKinds.HardwareEnded.Id, FindingKinds.OsExploited.Id],
            exploited.Select(finding => finding.Kind)
        );
        Assert.DoesNotContain("Update to", exploited[1].Text, StringComparison.Ordinal);
        Assert.Contains("Replace the device", exploited[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_unknown_when_no_feed_covers_the_train()
    {
        var verdict = SomeDevices.Iphone.On("31.0").Judge();

        Assert.Equal(RiskLevel.Unknown, verdict.Level);
        Assert.Equal(MissingReason.NoFeed, Assert.Single(verdict.Unknowns, unknown => unknown.Required).Cause);
        Assert.Equal(RiskLevel.Unknown, SomeDevices.Iphone.Judge(RiskContext.Build([])).Level);
    }

    [Fact]
    public void Follows_the_newest_feed_whichever_was_imported_first()
    {
        var old = Sofa("old.json", "2026-08-01", ("26.6", "2026-07-27", "universal"));
        var newer = Sofa(
            "new.json",
            "2026-09-09",
            ("26.6", "2026-07-27", "universal"),
            ("26.7", "2026-08-02", "universal")
        );

        foreach (FeedContent[] feeds in new FeedContent[][] { [old, newer], [newer, old] })
        {
            var finding = Assert.Single(
                SomeDevices.Iphone.On("26.6").Judge(WithIndicators(feeds)).Findings,
                finding => finding.Kind == FindingKinds.OsOutdated.Id
            );
            Assert.Equal("new.json", finding.Evidence.Source!.Name);
        }
    }

    [Fact]
    public void Names_both_feeds_that_disagree_about_a_train()
    {
        var knows = Sofa("knows.json", "2026-09-09", ("26.7", "2026-08-20", "universal"));
        var lacks = Sofa("lacks.json", "2026-09-01", ("26.6", "2026-07-27", "universal"));
        var earlier = Sofa("earlier.json", "2026-08-21", ("26.6", "2026-07-27", "universal"));

        var disagreements = OsKnowledge.Build([lacks, earlier, knows]).Disagreements;

        Assert.Equal(2, disagreements.Count); // iOS and iPadOS; the earlier feed could not know yet.
        Assert.All(disagreements, each => Assert.Contains("lacks.json", $"{each}", StringComparison.Ordinal));
        Assert.All(disagreements, each => Assert.Contains("knows.json", $"{each}", StringComparison.Ordinal));
        Assert.Empty(SomeDevices.Context.Systems.Disagreements);
    }

    [Fact]
    public void Names_both_feeds_that_give_different_ends_to_one_system_and_follows_the_same_in_any_order()
    {
        var one = FeedFiles.Accepted(Product("16", "2025-03-31"), "one.md");
        var other = FeedFiles.Accepted(Product("16", "2026-12-31"), "other.md");

        foreach (FeedContent[] feeds in new FeedContent[][] { [one, other], [other, one] })
        {
            var systems = OsKnowledge.Build(feeds);

            var text = $"{Assert.Single(systems.Disagreements)}";
            Assert.Contains("one.md", text, StringComparison.Ordinal);
            Assert.Contains("other.md", text, StringComparison.Ordinal);
            Assert.Contains("2025-03-31", text, StringComparison.Ordinal);
            Assert.Contains("2026-12-31", text, StringComparison.Ordinal);
            var train = systems.Assess(DevicePlatform.Ios, null, null, OsVersion.Parse("16.1")).Train;
            Assert.Equal(new DateOnly(2025, 3, 31), train?.Security.Date);
        }

        Assert.Empty(
            OsKnowledge.Build([one, FeedFiles.Accepted(Product("16", "2025-03-31"), "same.md")]).Disagreements
        );
    }

    [Fact]
    public void Names_both_feeds_where_one_knows_a_release_after_the_end_that_the_other_states()
    {
        var ends = FeedFiles.Accepted(Product("16", "2025-03-31"), "ends.md");
        var releases = FeedFiles.Accepted(
            """{"versions":{"16.7.11":{"date":"2025-03-31"},"16.7.16":{"date":"2026-05-11"},"17.7":{"date":"2026-05-11"}}}""",
            "ios.json"
        );

        var text = $"{Assert.Single(OsKnowledge.Build([ends, releases]).Disagreements)}";

        Assert.Contains("ends.md", text, StringComparison.Ordinal);
        Assert.Contains("ios.json", text, StringComparison.Ordinal);
        Assert.Contains("16.7.16", text, StringComparison.Ordinal);
        Assert.Contains("2025-03-31", text, StringComparison.Ordinal);
        var named = OsKnowledge.Build([ends, releases with { Source = releases.Source with { Name = "ends.md" } }]);
        Assert.Contains(
            "ends.md (EndOfLifeProduct) and ends.md (EndOfLifeReleases)",
            $"{Assert.Single(named.Disagreements)}",
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Names_both_feeds_that_call_different_cves_of_one_version_exploited()
    {
        var one = Detailed("one.json", "2026-09-09", new Release("26.3", "2026-02-11", "CVE-2026-1", "CVE-2026-2"));
        var other = Detailed("other.json", "2026-09-08", new Release("26.3", "2026-02-11", "CVE-2026-1"));

        var text = $"{Assert.Single(OsKnowledge.Build([one, other]).Disagreements)}";

        Assert.Contains("one.json", text, StringComparison.Ordinal);
        Assert.Contains("other.json", text, StringComparison.Ordinal);
        Assert.Contains("26.3", text, StringComparison.Ordinal);
        Assert.Contains("CVE-2026-2", text, StringComparison.Ordinal);
        Assert.DoesNotContain("CVE-2026-1,", text, StringComparison.Ordinal);
    }

    /// <summary>Some write "never" as the last day there is.</summary>
    [Fact]
    public void Takes_the_last_day_there_is_for_an_end_that_never_comes()
    {
        var never = FeedFiles.Accepted(Product("26", "9999-12-31"), "never.md");

        var context = RiskContext.Build([.. FeedFiles.AllSamples().Where(f => f.Source.Name != "ios.md"), never]);

        Assert.Equal(RiskLevel.Secure, SomeDevices.Iphone.Judge(context).Level);
    }

    private static string Product(string cycle, string end) =>
        $"""
            ---
            category: os
            permalink: /ios
            releases:
              - releaseCycle: "{cycle}"
                eol: {end}
            ---
            """;

    [Theory]
    [InlineData("2026-07-28", RiskLevel.Secure)]
    [InlineData("2026-07-26", RiskLevel.Unknown)]
    public void Does_not_take_the_word_of_an_old_feed_that_a_system_is_up_to_date(string date, RiskLevel level)
    {
        var context = WithIndicators(Sofa("sofa.json", date, ("26.6", "2026-07-20", "universal")));

        var verdict = SomeDevices.Iphone.On("26.6").Judge(context);

        Assert.Equal(level, verdict.Level);
        Assert.Equal(
            level is RiskLevel.Unknown,
            verdict.Unknowns.Any(spot => spot is { Cause: MissingReason.FeedTooOld, Required: true })
        );
        Assert.NotEmpty(SomeDevices.Iphone.On("26.5").Judge(context).Findings);
    }

    [Fact]
    public void Does_not_say_that_an_unclear_model_lacks_a_release_made_for_few()
    {
        var context = WithIndicators(
            Sofa(
                "sofa.json",
                "2026-09-09",
                ("26.6", "2026-06-20", "universal"),
                ("26.6.1", "2026-06-21", "device-specific")
            )
        );
        var unclear = SomeDevices.Iphone with { Model = default, ModelName = SomeDevices.Known("Telephone") };

        Assert.Empty(unclear.On("26.6").Judge(context).Findings);
        Assert.Single(unclear.On("26.5").Judge(context).Findings);
        Assert.Single(SomeDevices.Iphone.On("26.6").Judge(context).Findings);
    }

    [Theory]
    [InlineData(89, null)]
    [InlineData(90, RiskLevel.Medium)]
    [InlineData(180, RiskLevel.High)]
    public void Weighs_the_patch_level_by_its_age(int days, RiskLevel? level)
    {
        var patch = DateOnly.FromDateTime(SomeDevices.Now.UtcDateTime).AddDays(-days);

        var verdict = (SomeDevices.Android with { SecurityPatch = SomeDevices.Known(patch) }).Judge();

        Assert.Equal(level, verdict.Findings.SingleOrDefault()?.Level);
    }

    [Fact]
    public void Says_unknown_when_the_patch_level_is_missing()
    {
        var device = SomeDevices.Android with { SecurityPatch = Fact.Missing<DateOnly>(MissingReason.NotReported) };

        Assert.Equal(RiskLevel.Unknown, device.Judge().Level);
    }

    [Theory]
    [InlineData("Google Pixel 8", "13", "os.train-ended")]
    [InlineData("Google Pixel 8", "12L", "os.train-ended")]
    [InlineData("Google Pixel 5", "14", "hardware.support-ended")]
    [InlineData("Google Pixel 5", "13", "hardware.support-ended")]
    [InlineData("samsung SM-G981B", "13", "hardware.support-ended")]
    [InlineData("Google Pixel 7 Pro", "14", null)]
    public void Tells_an_old_system_from_old_hardware(string model, string version, string? kind)
    {
        var verdict = (SomeDevices.Android with { ModelName = SomeDevices.Known(model) }).On(version).Judge();

        Assert.Equal(kind, verdict.Findings.SingleOrDefault()?.Kind);
    }

    private static RiskContext WithIndicators(params FeedContent[] feeds) =>
        RiskContext.Build([.. feeds, FeedFiles.Sample("watchware.yaml")]);

    private static FeedContent Sofa(
        string name,
        string checkedOn,
        params (string Version, string Released, string Scope)[] releases
    )
    {
        var lines = releases.Select(release =>
            $$"""
                {"UpdateName":"iOS and iPadOS","ProductVersion":"{{release.Version}}","ReleaseDate":"{{release.Released}}T00:00:00Z",
                 "DeviceScope":"{{release.Scope}}","SupportedDevices":["iPhone14,2"],"CVEs":{},"ActivelyExploitedCVEs":[]}
                """
        );
        var text = $$"""
            {"Version":"2.0","UpdateHash":"{{name}}","LastCheck":"{{checkedOn}}T00:00:00Z",
             "OSVersions":[{"OSVersion":"26","SecurityReleases":[{{string.Join(',', lines)}}]}],
             "Devices":{"iPhone14,2":{"MarketingName":"iPhone 13 Pro"} } }
            """;
        return FeedFiles.Accepted(text, name);
    }

    [Fact]
    public void Remembers_an_answer_for_all_devices_alike()
    {
        var systems = SomeDevices.Context.Systems;
        var version = OsVersion.Parse("18.5");

        Assert.Same(
            systems.Assess(DevicePlatform.Ios, "iPhone14,2", null, version),
            systems.Assess(DevicePlatform.Ios, "iPhone14,2", null, version)
        );
    }
}
