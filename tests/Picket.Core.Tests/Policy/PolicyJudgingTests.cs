using Picket.Core.Devices;
using Picket.Core.Policy;
using Picket.Core.Risk;
using Picket.Core.Tests.Intelligence;
using Picket.Core.Tests.Risk;

namespace Picket.Core.Tests.Policy;

public sealed class PolicyJudgingTests
{
    private static readonly DeviceFacts NoPasscode = SomeDevices.Android with
    {
        PasscodePresent = SomeDevices.Known(false),
    };

    private static readonly DeviceFacts Quiet = SomeDevices.Iphone with
    {
        Encrypted = Fact.Missing<bool>(MissingReason.ReadFailed),
        BlockLevelEncrypted = Fact.Missing<bool>(MissingReason.ReadFailed),
    };

    [Fact]
    public void What_is_off_is_not_raised() =>
        Assert.Equal(
            (RiskLevel.Secure, 0),
            Levels(NoPasscode.Judge(Documents.WithPolicy("levels: {device.no-passcode: off}")))
        );

    [Theory]
    [InlineData("{}", RiskLevel.Critical)]
    [InlineData("{cap: {high: medium}}", RiskLevel.Medium)]
    [InlineData("{sources: {fakebank.stix2: {app-id: low}}}", RiskLevel.Low)]
    [InlineData("{sources: {another: {app-id: low}}}", RiskLevel.Critical)]
    public void An_indicator_never_outranks_its_confidence(string confidence, RiskLevel level)
    {
        var device = SomeDevices.Android with { Apps = SomeDevices.Apps("com.example.fakebank.update") };

        Assert.Equal(level, device.Judge(Documents.WithPolicy($"confidence: {confidence}")).Level);
    }

    [Fact]
    public void A_finding_in_grace_is_shown_without_weight_until_the_grace_is_over()
    {
        var context = Documents.WithPolicy("grace: {device.no-passcode: 7d}");
        var first = FindingHistory.Merge([], Judge(NoPasscode, context, 0), SomeDevices.Now);
        var sixth = Merge(first, NoPasscode, context, 6);
        var seventh = Merge(sixth, NoPasscode, context, 7);

        Assert.Equal((RiskLevel.Secure, 1), Levels(first.Verdict));
        Assert.Equal(
            (FindingStanding.InGrace, SomeDevices.Now.AddDays(7)),
            (sixth.Verdict.Findings[0].Standing, sixth.Verdict.Findings[0].CountsFrom)
        );
        Assert.Equal((RiskLevel.Medium, 1), Levels(seventh.Verdict));
    }

    [Fact]
    public void An_exception_shows_who_answers_for_it_and_ends_by_itself()
    {
        var context = Documents.WithPolicy(
            "priority: 1",
            "- {name: kiosks, finding: device.no-passcode, group: Kiosks, owner: Ada, reason: no keys, ends: 2026-09-11}"
        );
        var kiosk = NoPasscode with { Place = Documents.In("World", "Kiosks") };
        var verdict = Judge(kiosk, context, 0);

        Assert.Equal((RiskLevel.Secure, 1), Levels(verdict));
        Assert.Equal(
            new ExceptedBy("kiosks", "Ada", "no keys", new DateOnly(2026, 9, 11)),
            verdict.Findings[0].Exception
        );
        Assert.Equal(RiskLevel.Medium, (NoPasscode with { Place = Documents.In("World") }).Judge(context).Level);
        Assert.Equal(RiskLevel.Secure, Judge(kiosk, context, 1).Level);
        Assert.Equal(RiskLevel.Medium, Judge(kiosk, context, 2).Level);
    }

    [Theory]
    [InlineData("levels: {device.no-passcode: high}", "device.no-passcode")]
    [InlineData("apps: {denied: [{id: com.example.game}]}", "app.denied")]
    [InlineData("apps: {required: [{id: com.example.vpn}]}", "app.required-missing")]
    [InlineData("supervision: required", "device.not-supervised")]
    [InlineData("silence: fail-closed", "device.silent")]
    public void What_only_a_policy_raises_is_held_while_it_is_open_whether_that_policy_holds(string values, string kind)
    {
        var context = Documents.Context(
            $"""
            version: 1
            policies:
              - name: Everyone
                group: "*"
                levels: {"{device.no-passcode: off}"}
              - name: Kiosks
                group: Kiosks
                {values}
            """
        );
        var device = SomeDevices.Iphone with
        {
            Place = Documents.In("World", "Kiosks"),
            PasscodePresent = SomeDevices.Known(false),
            Supervised = SomeDevices.Known(false),
            Apps = SomeDevices.Apps("com.example.game"),
            Encrypted = kind == "device.silent" ? default : SomeDevices.Known(true),
        };
        if (kind == "device.silent")
        {
            device = device with { BlockLevelEncrypted = default };
        }

        var first = FindingHistory.Merge([], Judge(device, context, 0), SomeDevices.Now);
        var lost = Merge(first, device with { Place = DevicePlace.NotKnown }, context, 1);
        var moved = Merge(first, device with { Place = Documents.In("World") }, context, 1);

        Assert.Equal(kind, Assert.Single(first.Verdict.Findings).Kind);
        Assert.True(Assert.Single(lost.Verdict.Findings).IsHeld);
        Assert.Equal(first.Verdict.Level, lost.Verdict.Level);
        Assert.Equal(kind, Assert.Single(moved.Cleared).Kind);
    }

    [Fact]
    public void An_exception_holds_for_what_is_held_too()
    {
        var stored = FindingHistory.Merge([], NoPasscode.Judge(), SomeDevices.Now).Verdict;
        var blind = NoPasscode with { PasscodePresent = Fact.Missing<bool>(MissingReason.ReadFailed) };
        var excepted = Documents.WithPolicy(
            "priority: 1",
            "- {name: x, finding: device.no-passcode, device: SN-1, owner: a, reason: b, ends: 2026-12-01}"
        );
        var off = Documents.WithPolicy("levels: {device.no-passcode: off}");
        blind = blind with { Place = Documents.In("World") };

        var held = FindingHistory.Merge(stored.Findings, blind.Judge(excepted), SomeDevices.Now).Verdict;
        Assert.Equal((true, FindingStanding.Excepted), (held.Findings[0].IsHeld, held.Findings[0].Standing));
        Assert.Equal(RiskLevel.Unknown, held.Level);
        Assert.Single(FindingHistory.Merge(stored.Findings, blind.Judge(off), SomeDevices.Now).Cleared);
    }

    [Fact]
    public void An_allowed_app_weighs_nothing_and_every_other_app_as_before()
    {
        var device = SomeDevices.Android with
        {
            Apps = SomeDevices.Apps("com.example.hiddenmonitor", "com.example.fakebank.update"),
        };
        var context = Documents.WithPolicy(
            "priority: 1",
            "- {name: x, app: com.example.fakebank.update, everywhere: true, owner: a, reason: b, ends: 2026-12-01}"
        );

        var verdict = device.Judge(context);

        Assert.Equal((RiskLevel.High, 2), Levels(verdict));
        Assert.Equal("app.malicious", verdict.Findings.Single(f => f.Standing is FindingStanding.Excepted).Kind);
    }

    [Fact]
    public void An_app_that_looks_like_another_can_be_allowed_by_its_id()
    {
        var app = new AppOnDevice("com.example.chat", "2.1") { Name = "WhatsApp" };
        var device = SomeDevices.Android with { Apps = SomeDevices.Known(new AppList([app])) };
        var context = Documents.WithPolicy(
            "priority: 1",
            "- {name: x, app: com.example.chat, everywhere: true, owner: a, reason: b, ends: 2026-12-01}"
        );

        Assert.Equal(FindingStanding.Excepted, Assert.Single(device.Judge(context).Findings).Standing);
    }

    [Fact]
    public void Silence_is_unknown_unless_a_policy_says_otherwise()
    {
        Assert.Equal(RiskLevel.Unknown, Merge(RiskLevel.Secure, Quiet, SomeDevices.Context).Level);
        Assert.Equal(RiskLevel.Unknown, Merge(RiskLevel.Secure, Quiet, Documents.WithPolicy("silence: unknown")).Level);
    }

    [Fact]
    public void Failing_open_keeps_secure_makes_nothing_secure_and_says_so()
    {
        var context = Documents.WithPolicy("silence: fail-open");

        var kept = Merge(RiskLevel.Secure, Quiet, context);
        Assert.Equal(RiskLevel.Secure, kept.Level);
        Assert.Contains(kept.Notes, note => note.Id == "kept-secure");
        Assert.Equal(RiskLevel.Unknown, Merge(RiskLevel.Unknown, Quiet, context).Level);
        Assert.Equal(RiskLevel.Unknown, Merge(RiskLevel.Medium, Quiet, context).Level);
        var accused = Quiet with { Compromised = SomeDevices.Known(true) };
        Assert.Equal(RiskLevel.Critical, Merge(RiskLevel.Secure, accused, context).Level);
    }

    [Fact]
    public void A_feed_that_is_missing_is_no_silence_of_the_device()
    {
        var open = Documents.WithPolicy("silence: fail-open") with { Systems = OsKnowledge.Build([]) };
        var closed = Documents.WithPolicy("silence: fail-closed") with { Systems = OsKnowledge.Build([]) };

        Assert.Equal(RiskLevel.Unknown, Merge(RiskLevel.Secure, SomeDevices.Iphone, open).Level);
        Assert.Equal((RiskLevel.Unknown, 0), Levels(SomeDevices.Iphone.Judge(closed)));
    }

    [Fact]
    public void Grace_keeps_secure_for_its_days_and_then_closes()
    {
        var context = Documents.WithPolicy("silence: grace 5d");
        var first = FindingHistory.Merge([], Judge(Quiet, context, 0), SomeDevices.Now, RiskLevel.Secure);
        var fourth = Merge(first, Quiet, context, 4);
        var fifth = Merge(fourth, Quiet, context, 5);

        Assert.Equal((RiskLevel.Secure, 1), Levels(first.Verdict));
        Assert.Equal(RiskLevel.Secure, fourth.Verdict.Level);
        Assert.Equal((RiskLevel.High, 1), Levels(fifth.Verdict));
        Assert.Equal(RiskLevel.Secure, Merge(fifth, SomeDevices.Iphone, context, 6).Verdict.Level);
    }

    [Fact]
    public void Failing_closed_counts_at_once()
    {
        var verdict = Quiet.Judge(Documents.WithPolicy("silence: fail-closed\nlevels: {device.silent: medium}"));

        Assert.Equal((RiskLevel.Medium, 1), Levels(verdict));
        Assert.Contains("Encryption", verdict.Findings[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Denied_and_required_apps_are_found_where_the_policy_says()
    {
        var context = Documents.WithPolicy(
            """
            apps:
              denied: [{pattern: '^com\.example\.harm', platform: [android], reason: a test}]
              required: [{id: com.example.vpn}]
            """
        );

        Assert.Equal(
            ["app.denied|com.example.harmless", "app.required-missing|com.example.vpn"],
            SomeDevices.Android.Judge(context).Findings.Select(finding => finding.Key)
        );
        Assert.Equal(
            ["app.required-missing|com.example.vpn"],
            SomeDevices.Iphone.Judge(context).Findings.Select(finding => finding.Key)
        );
        var whole = SomeDevices.Iphone with { Apps = SomeDevices.Apps("com.example.vpn") };
        Assert.Equal(RiskLevel.Secure, whole.Judge(context).Level);
        Assert.Equal(RiskLevel.Unknown, SomeDevices.Windows.Judge(context).Level);
    }

    /// <summary>Whoever watches a person must not learn from another finding that it was found.</summary>
    [Theory]
    [InlineData("com.example.hiddenmonitor")]
    [InlineData("org.example.spycam.pro")]
    public void What_denies_a_watching_app_asks_nobody_to_remove_it(string id)
    {
        var device = SomeDevices.Android with { Apps = SomeDevices.Apps(id, "com.example.game") };
        var context = Documents.WithPolicy($"apps: {{denied: [{{id: {id}}}, {{id: com.example.game}}]}}");

        var denied = device.Judge(context).Findings.Where(finding => finding.Kind == "app.denied").ToList();

        var watching = Assert.Single(denied, finding => finding.Evidence.AppId == id);
        Assert.DoesNotContain("Remove it", watching.Text, StringComparison.Ordinal);
        Assert.Contains("in person", watching.Text, StringComparison.Ordinal);
        Assert.True(watching.UserIsNotTold);
        var game = Assert.Single(denied, finding => finding.Evidence.AppId == "com.example.game");
        Assert.Contains("Remove it", game.Text, StringComparison.Ordinal);
        Assert.False(game.UserIsNotTold);
    }

    /// <summary>A verdict is stored by the keys of its findings.</summary>
    [Fact]
    public void An_app_that_is_listed_twice_is_found_once()
    {
        var device = SomeDevices.Android with { Apps = SomeDevices.Apps("com.example.game", "com.example.game") };

        Assert.Single(device.Judge(Documents.WithPolicy("apps: {denied: [{id: com.example.game}]}")).Findings);
    }

    [Fact]
    public void A_personal_app_is_denied_by_its_exact_id_alone()
    {
        var hashed = new AppOnDevice(null) { IdentifierHash = "#com.example.game" };
        var device = SomeDevices.Android with { Apps = SomeDevices.Known(new AppList([hashed])) };
        var exact = Documents.WithPolicy("apps: {denied: [{id: com.example.game}]}") with { AppHash = id => $"#{id}" };
        var pattern = Documents.WithPolicy("apps: {denied: [{pattern: 'game$'}]}") with { AppHash = id => $"#{id}" };

        Assert.Equal("app.denied|com.example.game", Assert.Single(device.Judge(exact).Findings).Key);
        var blind = device.Judge(pattern);
        Assert.Empty(blind.Findings);
        Assert.Contains(blind.Unknowns, unknown => unknown.Blocks.Contains(FindingKinds.DeniedApp.Id));
    }

    [Fact]
    public void Supervision_matters_where_the_policy_wants_it()
    {
        var context = Documents.WithPolicy("supervision: required");
        var loose = SomeDevices.Iphone with { Supervised = SomeDevices.Known(false) };

        Assert.Equal(RiskLevel.Secure, loose.Judge().Level);
        Assert.Equal("device.not-supervised", Assert.Single(loose.Judge(context).Findings).Kind);
        Assert.Equal(RiskLevel.Unknown, SomeDevices.Iphone.Judge(context).Level);
        Assert.Equal(RiskLevel.Secure, SomeDevices.Android.Judge(context).Level);
    }

    [Theory]
    [InlineData("priority: 1", "", "os.exploited-cves")]
    [InlineData("grace: {os.exploited-cves: 7d}", "", "os.exploited-cves os.outdated")]
    [InlineData("levels: {os.exploited-cves: off}", "", "os.outdated")]
    [InlineData("priority: 1", "os.exploited-cves", "os.exploited-cves os.outdated")]
    [InlineData("priority: 1", "os.train-ended", "os.exploited-cves")]
    public void What_has_no_weight_does_not_stand_for_a_milder_finding(string policy, string excepted, string kinds)
    {
        var context = Documents.WithPolicy(
            policy,
            excepted.Length == 0
                ? ""
                : $"- {{name: x, finding: {excepted}, everywhere: true, owner: a, reason: b, ends: 2026-12-01}}"
        );

        var verdict = SomeDevices.Iphone.On("26.2").Judge(context);

        Assert.Equal(kinds, string.Join(' ', verdict.Findings.Select(finding => finding.Kind).Order()));
        Assert.NotEqual(RiskLevel.Secure, verdict.Level);
    }

    [Theory]
    [InlineData("Google Pixel 8", "13", "os.train-ended")]
    [InlineData("Google Pixel 5", "13", "os.train-ended")]
    public void A_device_to_be_replaced_still_has_an_ended_system_when_that_is_off(
        string model,
        string version,
        string kind
    )
    {
        var device = (SomeDevices.Android with { ModelName = SomeDevices.Known(model) }).On(version);

        var verdict = device.Judge(Documents.WithPolicy("levels: {hardware.support-ended: off}"));

        Assert.Equal(kind, Assert.Single(verdict.Findings).Kind);
    }

    [Fact]
    public void The_same_document_judges_as_without_one()
    {
        var context = Documents.Context(PolicyText.Default);
        DeviceFacts[] devices = [NoPasscode, Quiet, SomeDevices.Windows, SomeDevices.Iphone.On("18.5")];

        Assert.All(
            devices,
            device =>
                Assert.Equal(
                    device.Judge().Findings.Select(finding => (finding.Key, finding.Level)),
                    device.Judge(context).Findings.Select(finding => (finding.Key, finding.Level))
                )
        );
    }

    private static (RiskLevel, int) Levels(Verdict verdict) => (verdict.Level, verdict.Findings.Count);

    private static Verdict Judge(DeviceFacts device, RiskContext context, int day) =>
        RiskEngine.Judge(device, context, SomeDevices.Now.AddDays(day));

    private static Verdict Merge(RiskLevel before, DeviceFacts device, RiskContext context) =>
        FindingHistory.Merge([], Judge(device, context, 0), SomeDevices.Now, before).Verdict;

    private static MergedVerdict Merge(MergedVerdict before, DeviceFacts device, RiskContext context, int day) =>
        FindingHistory.Merge(
            before.Verdict.Findings,
            Judge(device, context, day),
            SomeDevices.Now.AddDays(day),
            before.Verdict.Level
        );
}
