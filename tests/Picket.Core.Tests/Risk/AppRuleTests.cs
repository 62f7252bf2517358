using Picket.Core.Devices;
using Picket.Core.Intelligence;
using Picket.Core.Risk;
using Picket.Core.Sync;
using Picket.Core.Tests.Intelligence;

namespace Picket.Core.Tests.Risk;

public sealed class AppRuleTests
{
    [Theory]
    [InlineData("com.example.stalker.tracker", "app.stalkerware", RiskLevel.High)]
    [InlineData("org.example.spycam.pro", "app.watchware", RiskLevel.Medium)]
    [InlineData("com.example.fakebank.update", "app.malicious", RiskLevel.Critical)]
    [InlineData("com.example.adfraud.cleaner", "app.malicious", RiskLevel.Critical)]
    public void Finds_listed_apps_with_their_evidence(string app, string kind, RiskLevel level)
    {
        var finding = Assert.Single(WithApps(app).Judge().Findings);

        Assert.Equal((kind, level), (finding.Kind, finding.Level));
        Assert.Equal(FindingProof.NameMatch, finding.Proof);
        Assert.Equal(app, finding.Evidence.MatchedValue);
        Assert.NotNull(finding.Evidence.IndicatorId);
        Assert.NotEmpty(finding.Evidence.Source!.Licence.Attribution);
        Assert.Equal($"{app} 1.0", Assert.Single(finding.Evidence.Facts).Value);
        Assert.Contains("A name alone is no proof", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Weighs_a_name_of_other_case_as_a_mere_hint()
    {
        var finding = Assert.Single(WithApps("com.example.STALKER.tracker").Judge().Findings);

        Assert.Equal(RiskLevel.Low, finding.Level);
        Assert.Contains("But for the case", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Gives_the_reason_of_an_own_indicator_as_a_reason()
    {
        var source = new FeedSource("Own indicators", FeedFormat.Own, "1", null, new FeedLicence("", "", false));
        var own = new FeedContent(source)
        {
            Indicators =
            [
                new(
                    "1",
                    IndicatorKind.AppId,
                    "com.example.leaky",
                    IndicatorPlatform.Any,
                    "Leaks contacts",
                    ThreatClass.Malware,
                    Confidence.High,
                    "1"
                ),
                new(
                    "2",
                    IndicatorKind.AppIdPattern,
                    @"^com\.example\.old\.",
                    IndicatorPlatform.Any,
                    "Not cared for since 2024.",
                    ThreatClass.Vulnerable,
                    Confidence.High,
                    "2"
                ),
            ],
        };
        var context = RiskContext.Build([.. FeedFiles.AllSamples(), own]);

        var leaky = Assert.Single(WithApps("com.example.leaky").Judge(context).Findings).Text;
        var old = Assert.Single(WithApps("com.example.old.viewer").Judge(context).Findings).Text;

        Assert.Contains("Your organization lists it: Leaks contacts.", leaky, StringComparison.Ordinal);
        Assert.DoesNotContain("that of Leaks", leaky, StringComparison.Ordinal);
        Assert.DoesNotContain("the feed lists", leaky, StringComparison.Ordinal);
        Assert.Contains("Your organization lists it: Not cared for since 2024. ", old, StringComparison.Ordinal);
        Assert.Contains(@"^com\.example\.old\.", old, StringComparison.Ordinal);
    }

    [Fact]
    public void Calls_a_vulnerable_app_no_malware()
    {
        var list = FeedFiles.Accepted("kind,value,class,family\napp-id,com.a.b,vulnerable,Old Viewer\n", "list.csv");
        var context = RiskContext.Build([.. FeedFiles.AllSamples(), list]);

        var finding = Assert.Single(WithApps("com.a.b").Judge(context).Findings);

        Assert.Contains("which the feed lists as vulnerable", finding.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("malware", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_a_certificate_for_more_than_a_name()
    {
        var app = new AppOnDevice("com.harmless") { CertificateSha1 = "0000000000000000000000000000000000000A01" };

        var finding = Assert.Single(
            (SomeDevices.Android with { Apps = SomeDevices.Known(new AppList([app])) }).Judge().Findings
        );

        Assert.Equal(FindingProof.CertificateMatch, finding.Proof);
    }

    [Fact]
    public void Reveals_a_hashed_app_by_an_exact_indicator_only()
    {
        var context = SomeDevices.Context with
        {
            HashedApps = HashedApps.Build(FeedFiles.AllSamples(), id => "#" + id.Length),
        };
        var app = new AppOnDevice(null) { IdentifierHash = "#" + "com.example.hiddenmonitor".Length };
        var device = SomeDevices.Android with { Apps = SomeDevices.Known(new AppList([app])) };

        var findings = device.Judge(context).Findings;

        Assert.Contains(findings, finding => finding.Evidence.MatchedValue == "com.example.hiddenmonitor");
        Assert.Empty(device.Judge().Findings);
    }

    [Fact]
    public void Reveals_of_a_hashed_app_that_matched_a_pattern_the_pattern_alone()
    {
        var patterns = SomeDevices.Context.Indicators.Patterns;
        var keys = patterns.KeysMatching(DevicePlatform.Android, "com.example.adfraud.cleaner");

        var verdict = WithHashed(patterns.VersionFor(DevicePlatform.Android), keys).Judge();

        var finding = Assert.Single(verdict.Findings);
        Assert.Equal((FindingKinds.MaliciousApp.Id, true), (finding.Kind, finding.Evidence.ByPattern));
        Assert.Contains("com", finding.Evidence.MatchedValue, StringComparison.Ordinal);
        Assert.DoesNotContain("cleaner", FindingText(finding), StringComparison.Ordinal);
        Assert.DoesNotContain(verdict.Unknowns, unknown => unknown.Required);
    }

    [Fact]
    public void Never_calls_a_device_secure_whose_hashed_app_was_not_tested_against_the_patterns_in_force()
    {
        var tested = SomeDevices.Context.Indicators.Patterns.VersionFor(DevicePlatform.Android);

        Assert.Equal(RiskLevel.Secure, WithHashed(tested, []).Judge().Level);
        foreach (var older in new[] { null, "0123456789abcdef" })
        {
            var verdict = WithHashed(older, []).Judge();

            Assert.Equal(RiskLevel.Unknown, verdict.Level);
            var spot = Assert.Single(verdict.Unknowns, unknown => unknown.Required);
            Assert.Equal((FactName.Apps, MissingReason.Untested), (spot.Fact, spot.Cause));
            Assert.Contains("1 personal app", spot.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Holds_pattern_findings_alone_while_hashed_apps_are_untested()
    {
        var patterns = SomeDevices.Context.Indicators.Patterns;
        var hashed = new AppOnDevice(null)
        {
            IdentifierHash = "#1",
            TestedPatterns = patterns.VersionFor(DevicePlatform.Android),
            MatchedPatterns = patterns.KeysMatching(DevicePlatform.Android, "com.example.adfraud.cleaner"),
        };
        var before = SomeDevices.Android with
        {
            Apps = SomeDevices.Known(new AppList([hashed, new AppOnDevice("com.example.hiddenmonitor")])),
        };
        var stored = FindingHistory.Merge([], before.Judge(), SomeDevices.Now).Verdict;

        var merged = FindingHistory.Merge(stored.Findings, WithHashed(null, []).Judge(), SomeDevices.Now.AddDays(1));

        Assert.True(Assert.Single(merged.Verdict.Findings).Evidence.ByPattern);
        Assert.Equal(FindingKinds.Stalkerware.Id, Assert.Single(merged.Cleared).Kind);
    }

    [Theory]
    [InlineData("android")]
    [InlineData("apple")]
    public void Never_calls_a_device_secure_without_an_indicator_for_its_apps(string covered)
    {
        var feed = FeedFiles.Accepted(
            covered == "android"
                ? "- name: A\n  type: stalkerware\n  packages:\n  - com.a.b\n"
                : "- name: A\n  type: stalkerware\n  ios_bundles:\n  - com.a.b\n",
            "ioc.yaml"
        );
        var systems = FeedFiles.AllSamples().Where(sample => sample.Indicators.Count == 0);
        var context = RiskContext.Build([.. systems, feed]);
        var (one, other) = (SomeDevices.Android.Judge(context), SomeDevices.Iphone.Judge(context));
        var (seen, blind) = covered == "android" ? (one, other) : (other, one);

        Assert.Equal(RiskLevel.Secure, seen.Level);
        Assert.Equal(RiskLevel.Unknown, blind.Level);
        var spot = Assert.Single(blind.Unknowns);
        Assert.Equal((FactName.Apps, MissingReason.NoFeed, true), (spot.Fact, spot.Cause, spot.Required));
    }

    [Fact]
    public void Says_that_profiles_are_not_read_rather_than_that_they_will_be()
    {
        var device = SomeDevices.Iphone with
        {
            Profiles = Fact.Missing<IReadOnlyList<string>>(MissingReason.NotCollected),
        };

        var spot = Assert.Single(device.Judge().Unknowns);

        Assert.Equal((FactName.Profiles, false), (spot.Fact, spot.Required));
        Assert.DoesNotContain("later sync", spot.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Holds_what_an_unreadable_feed_found_and_calls_nothing_secure_meanwhile()
    {
        var stored = FindingHistory
            .Merge([], WithApps("com.example.hiddenmonitor").Judge(), SomeDevices.Now)
            .Verdict.Findings;
        var context = RiskContext.Build([
            .. FeedFiles.AllSamples().Where(feed => feed.Source.Name != "stalkerware.yaml"),
        ]) with
        {
            Unreadable = [new UnreadableFeed("stalkerware.yaml", FeedFormat.StalkerwareIndicators)],
        };

        var verdict = WithApps("com.example.hiddenmonitor").Judge(context);
        var merged = FindingHistory.Merge(stored, verdict, SomeDevices.Now.AddDays(1));

        Assert.True(Assert.Single(merged.Verdict.Findings).IsHeld);
        Assert.Equal(RiskLevel.High, merged.Verdict.Level);
        Assert.Equal(RiskLevel.Unknown, SomeDevices.Android.Judge(context).Level);
        Assert.Contains("stalkerware.yaml", Assert.Single(verdict.Unknowns).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Finds_a_listed_profile()
    {
        IReadOnlyList<string> profiles = ["0a0a0a0a-0000-4000-8000-0A0A0A0A0A0A", "B"];

        var verdict = (SomeDevices.Iphone with { Profiles = SomeDevices.Known(profiles) }).Judge();

        Assert.Equal(FindingKinds.RogueProfile.Id, Assert.Single(verdict.Findings).Kind);
    }

    [Fact]
    public void Ignores_an_indicator_whose_time_is_over()
    {
        var text = FeedFiles
            .Bundle("[app:id='com.a.b']")
            .Replace("\"id\"", "\"valid_until\":\"2026-09-01T00:00:00Z\",\"id\"", StringComparison.Ordinal);
        var context = RiskContext.Build([.. FeedFiles.AllSamples(), FeedFiles.Accepted(text, "x.stix2")]);

        Assert.Equal(RiskLevel.Secure, WithApps("com.a.b").Judge(context).Level);
        var earlier = RiskEngine.Judge(WithApps("com.a.b"), context, new(2026, 8, 31, 0, 0, 0, TimeSpan.Zero));
        Assert.Contains(earlier.Findings, finding => finding.Evidence.MatchedValue == "com.a.b");
    }

    [Fact]
    public void Counts_the_same_app_once()
    {
        var findings = WithApps("com.example.hiddenmonitor", "com.example.hiddenmonitor").Judge().Findings;

        Assert.Single(findings);
    }

    [Theory]
    [InlineData(DeviceOwnership.Employee, RiskLevel.Secure)]
    [InlineData(DeviceOwnership.Corporate, RiskLevel.Unknown)]
    [InlineData(DeviceOwnership.Undefined, RiskLevel.Unknown)]
    public void Judges_an_employees_device_on_what_can_be_seen(DeviceOwnership ownership, RiskLevel level)
    {
        var hidden = SomeDevices.Android with
        {
            Ownership = ownership,
            Apps = Fact.Missing<AppList>(MissingReason.HiddenByPrivacy),
        };
        var managedOnly = hidden with { Apps = SomeDevices.Known(new AppList([], AppView.ManagedOnly)) };

        Assert.Equal(level, hidden.Judge().Level);
        Assert.Equal(level, managedOnly.Judge().Level);
        Assert.Contains(hidden.Judge().Unknowns, unknown => unknown.Fact is FactName.Apps);
        Assert.Contains(managedOnly.Judge().Notes, note => note.Id == "limited-view");
    }

    [Fact]
    public void Says_unknown_when_apps_of_an_employee_were_merely_not_read_yet()
    {
        var device = SomeDevices.Android with { Ownership = DeviceOwnership.Employee, Apps = default };

        Assert.Equal(RiskLevel.Unknown, device.Judge().Level);
    }

    [Fact]
    public void What_is_hidden_by_now_cannot_be_tested_again_and_does_not_leave_an_employees_device_unknown_for_ever()
    {
        var read = WithHashed("of another day", []);
        var apps = read.Apps.TryGet(out var list) ? list : throw new InvalidOperationException();
        var hidden = read with
        {
            Ownership = DeviceOwnership.Employee,
            Apps = SomeDevices.Known(apps with { View = AppView.ManagedOnly }),
        };
        Assert.DoesNotContain(hidden.Judge().Unknowns, unknown => unknown.Required);
        Assert.Contains(hidden.Judge().Unknowns, unknown => unknown.Cause is MissingReason.Untested);
        Assert.Contains(read.Judge().Unknowns, unknown => unknown.Required);
    }

    private static DeviceFacts WithHashed(string? tested, IReadOnlyList<string> matched) =>
        SomeDevices.Android with
        {
            Apps = SomeDevices.Known(
                new AppList([
                    new AppOnDevice(null)
                    {
                        IdentifierHash = "#1",
                        TestedPatterns = tested,
                        MatchedPatterns = matched,
                    },
                ])
            ),
        };

    private static string FindingText(Finding finding) => $"{finding} {finding.Text} {finding.Evidence}";

    private static DeviceFacts WithApps(params string[] ids) =>
        SomeDevices.Android with
        {
            Apps = SomeDevices.Apps(ids),
        };
}
