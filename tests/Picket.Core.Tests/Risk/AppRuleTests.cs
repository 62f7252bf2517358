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
    public void Finds_what_the_organization_denies()
    {
        var policy = new RiskPolicy { DeniedApps = new HashSet<string> { "com.example.game" } };

        var finding = Assert.Single(
            WithApps("com.example.game", "com.example.other")
                .Judge(SomeDevices.Context with { Policy = policy })
                .Findings
        );

        Assert.Equal((FindingKinds.DeniedApp.Id, "com.example.game"), (finding.Kind, finding.Evidence.MatchedValue));
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
    [InlineData(DeviceOwnership.Employee, HiddenAppsRule.LimitedView, RiskLevel.Secure)]
    [InlineData(DeviceOwnership.Employee, HiddenAppsRule.Unknown, RiskLevel.Unknown)]
    [InlineData(DeviceOwnership.Corporate, HiddenAppsRule.LimitedView, RiskLevel.Unknown)]
    [InlineData(DeviceOwnership.Undefined, HiddenAppsRule.LimitedView, RiskLevel.Unknown)]
    public void Judges_an_employees_device_on_what_can_be_seen(
        DeviceOwnership ownership,
        HiddenAppsRule rule,
        RiskLevel level
    )
    {
        var context = SomeDevices.Context with { Policy = new RiskPolicy { HiddenApps = rule } };
        var hidden = SomeDevices.Android with
        {
            Ownership = ownership,
            Apps = Fact.Missing<AppList>(MissingReason.HiddenByPrivacy),
        };
        var managedOnly = hidden with { Apps = SomeDevices.Known(new AppList([], AppView.ManagedOnly)) };

        Assert.Equal(level, hidden.Judge(context).Level);
        Assert.Equal(level, managedOnly.Judge(context).Level);
        Assert.Contains(hidden.Judge(context).Unknowns, unknown => unknown.Fact is FactName.Apps);
        Assert.Contains(managedOnly.Judge(context).Notes, note => note.Id == "limited-view");
    }

    [Fact]
    public void Says_unknown_when_apps_of_an_employee_were_merely_not_read_yet()
    {
        var device = SomeDevices.Android with { Ownership = DeviceOwnership.Employee, Apps = default };

        Assert.Equal(RiskLevel.Unknown, device.Judge().Level);
    }

    private static DeviceFacts WithApps(params string[] ids) =>
        SomeDevices.Android with
        {
            Apps = SomeDevices.Apps(ids),
        };
}
