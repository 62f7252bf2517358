using Picket.Core.Devices;
using Picket.Core.Intelligence;
using Picket.Core.Risk;
using Picket.Core.Tests.Intelligence;

namespace Picket.Core.Tests.Risk;

/// <summary>Versions, patch levels and models that an indicator names; and what bulletins say of a patch level.</summary>
public sealed class ListedRuleTests
{
    [Theory]
    [InlineData("os-version,26.0..26.6.1,apple", "os.listed", "26.6.1")]
    [InlineData("os-version,<27,ios", "os.listed", "26.6.1")]
    [InlineData("device-model,\"iPhone14,2\"", "device.model-listed", "iPhone 13 Pro (256 GB Graphite)")]
    [InlineData("device-model,iphone 13 pro", "device.model-listed", "iPhone 13 Pro (256 GB Graphite)")]
    [InlineData("device-model,iPhone 13", null, null)]
    [InlineData("os-version,<27,android", null, null)]
    [InlineData("os-version,<26,ios", null, null)]
    public void Finds_what_is_listed_on_an_iphone(string line, string? kind, string? matched)
    {
        var finding = SomeDevices.Iphone.Judge(With(line)).Findings.SingleOrDefault();

        Assert.Equal((kind, matched), (finding?.Kind, finding?.Evidence.MatchedValue));
        Assert.Equal(kind is null ? null : Confidence.High, finding?.Evidence.Confidence);
    }

    [Theory]
    [InlineData("patch-level,<2026-09-06", true)]
    [InlineData("patch-level,<2026-09-05", false)]
    [InlineData("patch-level,2026-09-05", true)]
    [InlineData("os-version,16,android", true)]
    public void Finds_what_is_listed_on_android(string line, bool found) =>
        Assert.Equal(found, SomeDevices.Android.Judge(With(line)).Findings.Any(finding => finding.Kind == "os.listed"));

    [Fact]
    public void Takes_the_word_of_whoever_typed_it_for_the_level_until_it_ends()
    {
        var feed = FeedFiles.Accepted("kind,value,platform,family\nos-version,<27,ios,Recalled\n", "list.csv");
        var typed = feed with { Indicators = [feed.Indicators[0] with { Severity = RiskLevel.Critical }] };
        var ended = feed with { Indicators = [feed.Indicators[0] with { ValidUntil = SomeDevices.Now }] };

        var finding = Assert.Single(SomeDevices.Iphone.Judge(Context(typed)).Findings);

        Assert.Equal(RiskLevel.Critical, finding.Level);
        Assert.Contains("Recalled", finding.Text, StringComparison.Ordinal);
        Assert.Empty(SomeDevices.Iphone.Judge(Context(ended)).Findings);
    }

    [Fact]
    public void Holds_a_listed_version_while_the_version_is_not_known()
    {
        var listed = SomeDevices.Iphone.Judge(With("os-version,<27,ios"));
        var missing = SomeDevices.Iphone with { OsVersion = Fact.Missing<OsVersion>(MissingReason.NotReported) };

        var merged = FindingHistory.Merge(listed.Findings, missing.Judge(With("os-version,<27,ios")), SomeDevices.Now);

        Assert.True(Assert.Single(merged.Verdict.Findings).IsHeld);
    }

    [Theory]
    [InlineData("iPhone14,2", false)]
    [InlineData("iPhone14,2", true)]
    [InlineData("iPhone 13 Pro", false)]
    public void Holds_a_listed_model_while_what_it_was_known_by_is_missing(string model, bool all)
    {
        var context = With($"device-model,\"{model}\"");
        var listed = SomeDevices.Iphone.Judge(context);
        var missing = model.Contains(' ')
            ? SomeDevices.Iphone with
            {
                ModelName = Fact.Missing<string>(MissingReason.NotReported),
            }
            : SomeDevices.Iphone with
            {
                Model = Fact.Missing<string>(MissingReason.NotReported),
            };
        if (all)
        {
            missing = missing with { ModelName = default, OsVersion = default };
        }

        var merged = FindingHistory.Merge(listed.Findings, missing.Judge(context), SomeDevices.Now);

        Assert.True(Assert.Single(merged.Verdict.Findings).IsHeld);
    }

    [Theory]
    [InlineData("2026-05-05", "os.exploited-cves", 2)] // lacks both, one of which is exploited
    [InlineData("2026-06-05", "os.outdated", 1)]
    [InlineData("2026-08-05", null, null)]
    public void Finds_what_the_patch_level_of_an_android_leaves_open(string patch, string? kind, int? missing)
    {
        var device = SomeDevices.Android with { SecurityPatch = SomeDevices.Known(DateOnly.Parse(patch)) };

        var findings = device.Judge(Bulletins()).Findings.Where(finding => finding.Kind is not "os.patch-old").ToList();

        Assert.Equal(
            (kind, missing),
            (findings.SingleOrDefault()?.Kind, findings.SingleOrDefault()?.Evidence.MissingCves)
        );
        if (kind is "os.exploited-cves")
        {
            Assert.Equal("CVE-2026-0001", Assert.Single(findings[0].Evidence.ExploitedCves).Cve);
            Assert.Contains("2026-07-01", findings[0].Text, StringComparison.Ordinal);
            Assert.Equal("osv.json", findings[0].Evidence.Source?.Name);
        }
    }

    [Fact]
    public void Tells_what_the_patch_level_leaves_open_from_what_the_version_does()
    {
        var releases = FeedFiles.Accepted(
            """{"versions":{"16.1":{"name":"16.1","date":"2026-07-01"}}}""",
            "android.json"
        );
        var device = SomeDevices.Android with { SecurityPatch = SomeDevices.Known(new DateOnly(2026, 6, 5)) };

        var findings = device.Judge(Bulletins(releases)).Findings.Where(f => f.Kind is "os.outdated");

        Assert.Equal(["os.outdated", "os.outdated|patch-level"], findings.Select(finding => finding.Key));
    }

    [Fact]
    public void Does_not_clear_exploited_vulnerabilities_when_the_patch_level_is_gone()
    {
        var device = SomeDevices.Android with { SecurityPatch = SomeDevices.Known(new DateOnly(2026, 5, 5)) };
        var before = device.Judge(Bulletins());
        var unknown = device with { SecurityPatch = Fact.Missing<DateOnly>(MissingReason.NotReported) };

        var merged = FindingHistory.Merge(before.Findings, unknown.Judge(Bulletins()), SomeDevices.Now);

        Assert.Contains(merged.Verdict.Findings, finding => finding is { Kind: "os.exploited-cves", IsHeld: true });
    }

    [Fact]
    public void Says_that_no_bulletin_covers_a_version()
    {
        var verdict = SomeDevices.Android.On("17").Judge(Bulletins());

        Assert.Contains(
            verdict.Unknowns,
            spot => spot is { Fact: FactName.SecurityPatch, Cause: MissingReason.NoFeed, Required: false }
        );
    }

    private static RiskContext Bulletins(params FeedContent[] more)
    {
        var osv = OsvAndroidFeedTests.Read(
            OsvAndroidFeedTests.Record("CVE-2026-0001", ("16:0", "16:2026-06-05"))
                + OsvAndroidFeedTests.Record("CVE-2026-0002", ("16:0", "16:2026-07-05"))
        );
        var kev = FeedFiles.Accepted(
            """{"vulnerabilities":[{"cveID":"CVE-2026-0001","dueDate":"2026-07-01"}]}""",
            "kev-2.json"
        );
        return Context([osv, kev, .. more]);
    }

    private static RiskContext With(string line) =>
        Context(FeedFiles.Accepted($"kind,value,platform\n{line}\n", "list.csv"));

    private static RiskContext Context(params FeedContent[] feeds) =>
        RiskContext.Build([.. FeedFiles.AllSamples(), .. feeds]);
}
