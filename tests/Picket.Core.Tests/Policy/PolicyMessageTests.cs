using Picket.Core.Devices;
using Picket.Core.Policy;
using Picket.Core.Response;
using Picket.Core.Risk;
using Picket.Core.Sync;

namespace Picket.Core.Tests.Policy;

public sealed class PolicyMessageTests
{
    private const string Lines = """
        version: 1
        policies: []
        messages:
          - {finding: [os.outdated, os.exploited-cves], by: email, after: 3d, group: Sales}
          - {level: [high, critical], by: push, after: 0h, when: {ownership: [corporate]}}
        """;

    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Is_read_and_written_and_told_apart()
    {
        var document = Documents.Accepted(Lines);

        Assert.Equal((MessageChannel.Email, 72), (document.Messages[0].By, document.Messages[0].AfterHours));
        Assert.Equal("push, level high or critical, after 0h, ownership corporate", document.Messages[1].Rule);
        var text = PolicyText.Write(document);
        Assert.Equal(text, PolicyText.Write(Documents.Accepted(text)));
        Assert.Equal(
            ["messages: line  1", "messages: line  2"],
            PolicyDifference.Between(PolicyDocument.Empty, document).Select(difference => difference.What)
        );
    }

    [Theory]
    [InlineData("{finding: [app.stalkerware], by: push, after: 1h}", "no user is told by a policy")]
    [InlineData("{finding: [app.watchware], by: push, after: 1h}", "no user is told by a policy")]
    [InlineData("{by: push, after: 1h}", "of which findings")]
    [InlineData("{level: [high], after: 1h}", "'by' is missing")]
    [InlineData("{level: [high], by: sms, after: 1h}", "push, email")]
    [InlineData("{level: [high], by: push}", "'after' is missing")]
    [InlineData("{level: [high], by: push, after: soon}", "such as 24h or 3d")]
    [InlineData("{level: [high], by: push, after: 91d}", "such as 24h or 3d")]
    [InlineData("{level: [high], by: push, after: 1h, insist: true}", "insist")]
    public void Says_what_is_wrong_and_knows_no_way_to_tell_whoever_may_be_watched(string line, string mistake)
    {
        var parse = PolicyReader.Read($"version: 1\npolicies: []\nmessages:\n  - {line}\n", Documents.Today);

        Assert.Contains(parse.Mistakes, each => each.Message.Contains(mistake, StringComparison.Ordinal));
    }

    [Fact]
    public void Asks_for_what_has_weight_is_old_enough_and_concerns_the_device()
    {
        var lines = Documents.Accepted(Lines).Messages;
        var sales = new DeviceSubject(
            "1",
            DevicePlatform.Android,
            DeviceOwnership.Employee,
            Documents.In("Acme", "Sales")
        );
        var outdated = Of(FindingKinds.OsOutdated, RiskLevel.Low);
        var old = Now.AddDays(-3);

        Assert.True(lines[0].Asks(sales, outdated, old, Now));
        Assert.False(lines[0].Asks(sales, outdated, old.AddSeconds(1), Now));
        Assert.False(lines[0].Asks(sales, outdated with { Standing = FindingStanding.Excepted }, old, Now));
        Assert.False(lines[0].Asks(sales, outdated with { Standing = FindingStanding.InGrace }, old, Now));
        Assert.False(lines[0].Asks(sales with { Place = Documents.In("Acme", "Labs") }, outdated, old, Now));
        Assert.False(lines[0].Asks(sales with { Place = new DevicePlace(null, null) }, outdated, old, Now));

        var denied = Of(FindingKinds.DeniedApp, RiskLevel.High);
        Assert.False(lines[1].Asks(sales, denied, Now, Now));
        var corporate = sales with { Ownership = DeviceOwnership.Corporate };
        Assert.True(lines[1].Asks(corporate, denied, Now, Now));
        Assert.False(lines[1].Asks(corporate, denied with { Level = RiskLevel.Medium }, Now, Now));
        Assert.False(lines[1].Asks(corporate, denied with { UserIsNotTold = true }, Now, Now));
        Assert.False(lines[1].Asks(corporate, Of(FindingKinds.Stalkerware, RiskLevel.Critical), Now, Now));
    }

    private static Finding Of(FindingKind kind, RiskLevel level) =>
        new(
            kind.Id,
            kind.RuleVersion,
            kind.Id,
            level,
            kind.Title,
            "For the administrator.",
            kind.AttackIds,
            FindingProof.Reported,
            new FindingEvidence([])
        );
}
