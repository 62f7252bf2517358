using Picket.Core.Policy;
using Picket.Core.Risk;

namespace Picket.Core.Tests.Policy;

public sealed class PolicyReaderTests
{
    private const string Whole = """
        version: 1
        policies:
          - name: "Sales, on the road: \"quick\""
            group: "Europe / Sales"
            priority: 7
            when: {platform: [ios, ipados], ownership: [employee], userGroup: [Travellers, 'On: call'], smartGroup: [Kiosks], tag: ['VIP: "1"', Lent]}
            levels: {os.exploited-cves: critical, app.watchware: off, os.patch-old: off}
            grace: {os.exploited-cves: 7d}
            ages:
              patchAge: {120d: low, 240d: high}
              oldestFact: 9d
            silence: grace 14d
            apps:
              required: [{id: com.example.vpn, platform: [ios], reason: the VPN}]
              denied:
                - {pattern: '^com\.example\.game\..*$', reason: "no games"}
            supervision: required
            confidence:
              cap: {medium: medium}
              sources: {"a feed": {app-id: low}}
        exceptions:
          - {name: kiosks, finding: device.no-passcode, group: Kiosks, owner: Ada, reason: no keyboard, ends: 2026-12-31}
          - {name: one, app: com.example.tool, device: SN-1, owner: Ada, reason: test, ends: 2026-10-01}
          - {name: all, appPattern: '^com\.example\.', everywhere: true, owner: Ada, reason: ours, ends: 2026-10-01}
        """;

    [Fact]
    public void The_default_document_says_what_holds_without_one()
    {
        var document = Documents.Accepted(PolicyText.Default);

        var policy = Assert.Single(document.Policies);
        Assert.Equal(
            PolicyValues.Of(RiskPolicy.Default),
            PolicyValues.Of(policy.Values.Over(RiskPolicy.Default with { Levels = Nonsense }))
        );
        Assert.Equal(
            PolicyValues.Of(RiskPolicy.Default).Select(value => value.Name).Order(),
            PolicyValues.Of(policy.Values).Select(value => value.Name).Order()
        );
    }

    private static Dictionary<string, RiskLevel> Nonsense =>
        FindingKinds.All.ToDictionary(kind => kind.Id, _ => RiskLevel.Secure);

    [Fact]
    public void What_is_written_reads_back_as_the_same()
    {
        var document = Documents.Accepted(Whole);
        var text = PolicyText.Write(document);

        Assert.Equal(text, PolicyText.Write(Documents.Accepted(text)));
        Assert.Equal(3, document.Exceptions.Count);
        Assert.Equal("Sales, on the road: \"quick\"", document.Policies[0].Name);
        Assert.Equal(
            PolicyValues.Of(document.Policies[0].Values),
            PolicyValues.Of(Documents.Accepted(text).Policies[0].Values)
        );
    }

    [Theory]
    [InlineData("levels: {os.exploited-cve: high}", "There is no finding 'os.exploited-cve'")]
    [InlineData("levels: {os.outdated: severe}", "off")]
    [InlineData("levels: {os.patch-old: high}", "patchAge")]
    [InlineData("grace: {os.outdated: 7}", "such as 7d")]
    [InlineData("ages: {patchAge: {90d: high, 180d: low}}", "must not fall with age")]
    [InlineData("ages: {oldestFacts: 9d}", "oldestFact, oldestFeed")]
    [InlineData("silence: open", "fail-open")]
    [InlineData("silence: grace", "fail-closed")]
    [InlineData("when: {platform: [iphone]}", "ios, ipados, android")]
    [InlineData("when: {platform: []}", "is empty")]
    [InlineData("when: {}", "'when' is empty")]
    [InlineData("when:", "'when' has no value")]
    [InlineData("when: {platform: }", "'platform' has no value")]
    [InlineData("when: {userGroup: ['']}", "An entry of 'userGroup'")]
    [InlineData("when: {smartGroups: [x]}", "platform, ownership, userGroup, smartGroup, tag")]
    [InlineData("when: {smartGroup: []}", "is empty")]
    [InlineData("when: {tag: }", "'tag' has no value")]
    [InlineData("when: {tag: x}", "'tag' must be a list")]
    [InlineData("when: {tag: [[x]]}", "An entry of 'tag'")]
    [InlineData("apps: {denied: [{pattern: '('}]}", "cannot be used")]
    [InlineData("apps: {denied: [{pattern: '((a{500}){500}){500}'}]}", "repetitions")]
    [InlineData("apps: {denied: [{id: a, pattern: b}]}", "either 'id' or 'pattern'")]
    [InlineData("apps: {required: [{pattern: b}]}", "no field 'pattern'")]
    [InlineData("supervision: yes", "required, not-required")]
    [InlineData("brake: {percent: 101}", "from 0 to 100")]
    [InlineData("brake: {perHour: many}", "whole number of devices")]
    [InlineData("brake: {perRun: -1}", "whole number of devices")]
    [InlineData("brake: {}", "percent, perHour, perRun")]
    [InlineData("brake: {perDay: 3}", "no field 'perDay'")]
    [InlineData("confidence: {cap: {sure: low}}", "low, medium, high")]
    [InlineData("confidence: {sources: {f: {app: low}}}", "app-id")]
    [InlineData("priority: first", "the smaller one goes first")]
    [InlineData("priority: 1\n    priority: 2", "twice")]
    public void Says_of_a_mistake_where_it_is_and_what_is_allowed(string line, string said)
    {
        var parse = PolicyReader.Read(
            $"version: 1\npolicies:\n  - name: x\n    group: '*'\n    {line}\n",
            Documents.Today
        );

        Assert.False(parse.Succeeded);
        Assert.Contains(parse.Mistakes, mistake => mistake.Message.Contains(said, StringComparison.Ordinal));
        Assert.All(parse.Mistakes, mistake => Assert.InRange(mistake.Line, 3, 6));
    }

    [Theory]
    [InlineData("finding: os.outdated, owner: a, reason: b, ends: 2026-10-01", "not for which devices")]
    [InlineData("finding: os.outdated, group: '*', owner: a, reason: b, ends: 2026-10-01", "not for which devices")]
    [InlineData(
        "finding: os.outdated, everywhere: true, group: x, owner: a, reason: b, ends: 2026-10-01",
        "contradicts"
    )]
    [InlineData("finding: os.outdated, everywhere: true, reason: b, ends: 2026-10-01", "'owner' is missing")]
    [InlineData("finding: os.outdated, everywhere: true, owner: a, ends: 2026-10-01", "'reason' is missing")]
    [InlineData("finding: os.outdated, everywhere: true, owner: a, reason: b", "'ends' is missing")]
    [InlineData("finding: os.outdated, everywhere: true, owner: a, reason: b, ends: 2028-01-01", "within a year")]
    [InlineData("finding: os.outdated, everywhere: true, owner: a, reason: b, ends: 1.3.2027", "2027-03-31")]
    [InlineData("everywhere: true, owner: a, reason: b, ends: 2026-10-01", "what is excepted")]
    [InlineData(
        "app: x, finding: os.outdated, everywhere: true, owner: a, reason: b, ends: 2026-10-01",
        "what is excepted"
    )]
    public void An_exception_states_what_for_whom_by_whom_why_and_until_when(string fields, string said)
    {
        var parse = PolicyReader.Read(
            $"version: 1\npolicies: []\nexceptions:\n  - {{name: x, {fields}}}\n",
            Documents.Today
        );

        var mistake = Assert.Single(parse.Mistakes);
        Assert.Contains(said, mistake.Message, StringComparison.Ordinal);
        Assert.Equal(4, mistake.Line);
    }

    [Theory]
    [InlineData("when: {}")]
    [InlineData("when: {platform: }")]
    [InlineData("when: ")]
    [InlineData("group: ")]
    [InlineData("device: ")]
    public void An_exception_is_not_narrow_by_words_without_a_value(string scope)
    {
        var parse = PolicyReader.Read(
            "version: 1\npolicies: []\nexceptions:\n"
                + $"  - {{name: x, finding: os.outdated, {scope}, owner: a, reason: b, ends: 2026-10-01}}\n",
            Documents.Today
        );

        Assert.Contains(parse.Mistakes, mistake => mistake.Message.Contains("not for which devices"));
        Assert.All(parse.Mistakes, mistake => Assert.Equal(4, mistake.Line));
    }

    [Fact]
    public void A_new_document_does_not_ask_for_a_tag_that_Picket_itself_sets()
    {
        var own = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "Picket High" };
        var text = "version: 1\npolicies:\n  - name: x\n    group: '*'\n    when:\n      tag: [VIP, picket high]\n";

        var mistake = Assert.Single(PolicyReader.Read(text, Documents.Today, own).Mistakes);

        Assert.Equal((6, "'picket high' is a tag that Picket sets"), (mistake.Line, mistake.Message[..39]));
        Assert.True(PolicyReader.Read(text, Documents.Today).Succeeded);
    }

    [Theory]
    [InlineData("smartGroup", "smart groups")]
    [InlineData("tag", "tags")]
    public void What_costs_a_call_each_is_bounded_over_the_whole_document(string condition, string what)
    {
        var names = Enumerable.Range(1, PolicyLimits.MostListed).Select(number => $"n{number}");
        var text =
            $"version: 1\npolicies:\n  - {{name: x, group: '*', when: {{{condition}: [{string.Join(", ", names)}]}}}}\n"
            + "exceptions:\n  - {name: y, finding: os.outdated, owner: a, reason: b, ends: 2026-10-01, ";

        var same = PolicyReader.Read($"{text}when: {{{condition}: [N1]}}}}\n", Documents.Today);
        var more = PolicyReader.Read($"{text}when: {{{condition}: [another]}}}}\n", Documents.Today);

        Assert.True(same.Succeeded, string.Join('\n', same.Mistakes));
        Assert.Contains($"51 {what}; at most 50", Assert.Single(more.Mistakes).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_come_at_once()
    {
        var parse = PolicyReader.Read(
            "version: 2\npolicies:\n  - name: a\n    group: '*'\n    silence: x\n  - name: A\n    group: '*'\nmore: 1\n",
            Documents.Today
        );

        Assert.Equal([1, 5, 6, 8], parse.Mistakes.Select(mistake => mistake.Line).Order());
    }

    [Theory]
    [InlineData("")]
    [InlineData("policies: [")]
    [InlineData("version: 1\npolicies: &a [*a]")]
    [InlineData("- 1")]
    [InlineData("version: 1")]
    [InlineData("\0")]
    [InlineData("version: !!int 1\npolicies: []")]
    public void Refuses_what_is_no_document(string text) =>
        Assert.NotEmpty(PolicyReader.Read(text, Documents.Today).Mistakes);

    [Fact]
    public void Refuses_bombs_in_bounded_time()
    {
        Assert.False(PolicyReader.Read(new string('[', 200_000), Documents.Today).Succeeded);
        Assert.False(PolicyReader.Read(new string('x', PolicyReader.LongestText + 1), Documents.Today).Succeeded);
    }
}
