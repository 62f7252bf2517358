using Picket.Core.Devices;
using Picket.Core.Policy;
using Picket.Core.Risk;

namespace Picket.Core.Tests.Risk;

public sealed class PostureTests
{
    [Fact]
    public void Calls_devices_secure_of_which_all_is_known_and_fine()
    {
        Assert.All(
            [SomeDevices.Iphone, SomeDevices.Android, SomeDevices.Windows],
            device =>
            {
                var verdict = device.Judge();
                Assert.Equal(RiskLevel.Secure, verdict.Level);
                Assert.Empty(verdict.Findings);
            }
        );
    }

    public static TheoryData<string, RiskLevel> Expected =>
        new()
        {
            { FindingKinds.Compromised.Id, RiskLevel.Critical },
            { FindingKinds.NotCompliant.Id, RiskLevel.Medium },
            { FindingKinds.NoPasscode.Id, RiskLevel.Medium },
            { FindingKinds.WeakPasscode.Id, RiskLevel.Low },
            { FindingKinds.NotEncrypted.Id, RiskLevel.High },
        };

    [Theory]
    [MemberData(nameof(Expected))]
    public void Finds_what_the_uem_reports(string kind, RiskLevel level)
    {
        var verdict = Spoil(SomeDevices.Android, kind).Judge();

        var finding = Assert.Single(verdict.Findings);
        Assert.Equal((kind, level, level), (finding.Kind, finding.Level, verdict.Level));
        Assert.Equal(FindingProof.Reported, finding.Proof);
        Assert.All(finding.Evidence.Facts, fact => Assert.Equal(SomeDevices.Collected, fact.CollectedAt));
    }

    [Theory]
    [InlineData(29, null)]
    [InlineData(30, RiskLevel.Low)]
    [InlineData(89, RiskLevel.Low)]
    [InlineData(90, RiskLevel.Medium)]
    [InlineData(4000, RiskLevel.Medium)]
    public void Weighs_missing_contact_by_its_length(int days, RiskLevel? level)
    {
        var device = SomeDevices.Iphone with { LastSeen = SomeDevices.Known(SomeDevices.Now.AddDays(-days)) };

        Assert.Equal(level, device.Judge().Findings.SingleOrDefault()?.Level);
    }

    [Fact]
    public void Takes_block_level_encryption_where_nothing_else_is_reported()
    {
        var device = SomeDevices.Iphone with
        {
            Encrypted = Fact.Missing<bool>(MissingReason.NotReported),
            BlockLevelEncrypted = SomeDevices.Known(true),
        };

        Assert.Equal(RiskLevel.Secure, device.Judge().Level);
        Assert.Equal(RiskLevel.High, (device with { BlockLevelEncrypted = SomeDevices.Known(false) }).Judge().Level);
    }

    [Theory]
    [InlineData(EnrollmentState.Unenrolled)]
    [InlineData(EnrollmentState.WipePending)]
    [InlineData(EnrollmentState.NotYet)]
    public void Judges_nothing_that_the_uem_does_not_manage(EnrollmentState state)
    {
        var device = Spoil(SomeDevices.Iphone, FindingKinds.Compromised.Id) with
        {
            Enrollment = SomeDevices.Known(state),
        };

        var verdict = device.Judge();

        Assert.Equal((RiskLevel.Unknown, false), (verdict.Level, verdict.IsJudged));
        Assert.Equal(MissingReason.NotEnrolled, Assert.Single(verdict.Unknowns).Cause);
    }

    [Theory]
    [InlineData(DevicePlatform.Unknown)]
    [InlineData(DevicePlatform.Other)]
    public void Calls_nothing_secure_for_which_there_are_no_rules(DevicePlatform platform) =>
        Assert.Equal(RiskLevel.Unknown, (SomeDevices.Iphone with { Platform = platform }).Judge().Level);

    [Fact]
    public void Lets_an_old_bad_fact_accuse_but_no_old_good_fact_clear()
    {
        var old = SomeDevices.Now.AddDays(-31);

        Assert.Equal(
            RiskLevel.Critical,
            (SomeDevices.Iphone with { Compromised = Fact.Known(true, old) }).Judge().Level
        );
        var verdict = (SomeDevices.Iphone with { Compromised = Fact.Known(false, old) }).Judge();
        Assert.Equal(RiskLevel.Unknown, verdict.Level);
        var unknown = Assert.Single(verdict.Unknowns, unknown => unknown.Required);
        Assert.Equal((FactName.Compromised, MissingReason.TooOld), (unknown.Fact, unknown.Cause));
        Assert.Contains("31 days", unknown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Follows_the_levels_of_the_policy()
    {
        var levels = new Dictionary<string, RiskLevel> { [FindingKinds.NotCompliant.Id] = RiskLevel.Critical };
        var context = SomeDevices.Context with { Policies = PolicyBook.Same(new RiskPolicy { Levels = levels }) };

        Assert.Equal(RiskLevel.Critical, Spoil(SomeDevices.Iphone, FindingKinds.NotCompliant.Id).Judge(context).Level);
        Assert.Equal(RiskLevel.Critical, Spoil(SomeDevices.Iphone, FindingKinds.Compromised.Id).Judge(context).Level);
    }

    [Fact]
    public void Gives_every_kind_of_finding_a_level() =>
        Assert.Equal(
            FindingKinds.All.Select(kind => kind.Id).Order(),
            DefaultPolicy.Levels.Where(entry => entry.Value > RiskLevel.Secure).Select(entry => entry.Key).Order()
        );

    private static DeviceFacts Spoil(DeviceFacts device, string kind) =>
        kind switch
        {
            "device.compromised" => device with { Compromised = SomeDevices.Known(true) },
            "device.not-compliant" => device with { Compliant = SomeDevices.Known(false) },
            "device.no-passcode" => device with { PasscodePresent = SomeDevices.Known(false) },
            "device.passcode-not-compliant" => device with { PasscodeCompliant = SomeDevices.Known(false) },
            _ => device with { Encrypted = SomeDevices.Known(false) },
        };
}
