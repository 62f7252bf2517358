using Picket.Core.Devices;
using Picket.Core.Risk;
using Picket.Core.Sync;

namespace Picket.Core.Tests.Risk;

public sealed class FindingHistoryTests
{
    private static readonly DateTimeOffset Later = SomeDevices.Now.AddDays(1);
    private static readonly DeviceFacts Rooted = SomeDevices.Android with { Compromised = SomeDevices.Known(true) };

    [Fact]
    public void Carries_when_a_finding_became_true()
    {
        var first = FindingHistory.Merge([], Rooted.Judge(), SomeDevices.Now);
        var second = FindingHistory.Merge(first.Verdict.Findings, Rooted.Judge(), Later);

        var finding = Assert.Single(second.Verdict.Findings);
        Assert.Equal((SomeDevices.Now, Later), (finding.FirstTrue, finding.LastTrue));
        Assert.Single(first.Appeared);
        Assert.Empty(second.Appeared);
    }

    [Fact]
    public void Clears_a_finding_that_facts_refute()
    {
        var first = FindingHistory.Merge([], Rooted.Judge(), SomeDevices.Now);
        var second = FindingHistory.Merge(first.Verdict.Findings, SomeDevices.Android.Judge(), Later);

        Assert.Equal(RiskLevel.Secure, second.Verdict.Level);
        Assert.Equal(FindingKinds.Compromised.Id, Assert.Single(second.Cleared).Kind);
    }

    [Fact]
    public void Holds_a_finding_while_the_fact_that_could_clear_it_is_missing()
    {
        var first = FindingHistory.Merge([], Rooted.Judge(), SomeDevices.Now);
        var blind = SomeDevices.Android with { Compromised = Fact.Missing<bool>(MissingReason.ReadFailed) };

        var second = FindingHistory.Merge(first.Verdict.Findings, blind.Judge(), Later);

        var finding = Assert.Single(second.Verdict.Findings);
        Assert.Equal((true, SomeDevices.Now), (finding.IsHeld, finding.LastTrue));
        Assert.Equal(RiskLevel.Critical, second.Verdict.Level);
        Assert.Empty(second.Cleared);
    }

    [Fact]
    public void Holds_everything_of_a_device_that_left_and_calls_it_unknown()
    {
        var first = FindingHistory.Merge([], Rooted.Judge(), SomeDevices.Now);
        var gone = SomeDevices.Android with { Enrollment = SomeDevices.Known(EnrollmentState.Unenrolled) };

        var second = FindingHistory.Merge(first.Verdict.Findings, gone.Judge(), Later);

        Assert.Equal(RiskLevel.Unknown, second.Verdict.Level);
        Assert.True(Assert.Single(second.Verdict.Findings).IsHeld);
    }

    [Fact]
    public void Holds_what_only_a_known_platform_is_judged_by_when_the_platform_is_lost()
    {
        var bad = SomeDevices.Android.On("13") with { Apps = SomeDevices.Apps("com.example.hiddenmonitor") };
        var first = FindingHistory.Merge([], bad.Judge(), SomeDevices.Now);

        var second = FindingHistory.Merge(
            first.Verdict.Findings,
            (bad with { Platform = DevicePlatform.Unknown }).Judge(),
            Later
        );

        Assert.Equal(2, first.Verdict.Findings.Count);
        Assert.Empty(second.Cleared);
        Assert.All(second.Verdict.Findings, finding => Assert.True(finding.IsHeld));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Clears_managed_apps_alone_when_only_those_are_seen(bool managed, bool held)
    {
        var bad = new AppOnDevice("com.example.hiddenmonitor", Managed: managed);
        var device = SomeDevices.Android with
        {
            Ownership = DeviceOwnership.Employee,
            Apps = SomeDevices.Known(new AppList([bad])),
        };
        var first = FindingHistory.Merge([], device.Judge(), SomeDevices.Now);
        var limited = device with { Apps = SomeDevices.Known(new AppList([], AppView.ManagedOnly)) };

        var second = FindingHistory.Merge(first.Verdict.Findings, limited.Judge(), Later);

        Assert.Equal(held, second.Verdict.Findings.Count == 1);
        Assert.Equal(held, second.Cleared.Count == 0);
    }
}
