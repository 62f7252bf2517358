using Picket.Core.Devices;
using Picket.Core.Policy;
using Picket.Core.Response;
using Picket.Core.Risk;
using Picket.Core.Sync;
using Picket.Core.Tests.Policy;

namespace Picket.Core.Tests.Response;

/// <summary>Which tags of the policy's sets a verdict asks for.</summary>
public sealed class WantedTagsTests
{
    private const string Text = """
        version: 1
        policies: []
        tags:
          - set: Access
            tags:
              - {tag: Quarantine, level: [high, critical]}
              - {tag: Quarantine, finding: [app.stalkerware]}
              - {tag: Watch, finding: [app.watchware, device.no-passcode]}
          - set: Service
            tags:
              - {tag: Visit, level: [unknown], when: {ownership: [corporate]}}
              - {tag: Loan, level: [secure, low], when: {smartGroup: [Lent]}}
              - {tag: Both, level: [medium], finding: [os.outdated]}
        """;

    private static readonly IReadOnlyList<PolicyTagSet> Sets = Documents.Accepted(Text).TagSets;

    [Theory]
    [InlineData(RiskLevel.Critical, "", "Quarantine by Critical")]
    [InlineData(RiskLevel.High, "app.watchware", "Quarantine by High")]
    [InlineData(RiskLevel.Medium, "app.watchware app.stalkerware", "Quarantine by app.stalkerware")]
    [InlineData(RiskLevel.Medium, "os.outdated device.no-passcode", "Watch by device.no-passcode, Both by os.outdated")]
    [InlineData(RiskLevel.Medium, "", "")]
    [InlineData(RiskLevel.Low, "os.outdated", "")]
    // Unknown carries none by level unless a line names it; a finding counts all the same.
    [InlineData(RiskLevel.Unknown, "", "Visit by Unknown")]
    [InlineData(RiskLevel.Unknown, "app.watchware", "Watch by app.watchware, Visit by Unknown")]
    public void The_first_line_that_fits_gives_the_tag_of_each_set(RiskLevel level, string weighing, string wanted) =>
        Assert.Equal(wanted, Said(Of(level, weighing, Device(Memberships.None))));

    [Fact]
    public void A_line_of_which_it_is_not_known_whether_it_holds_gives_its_tag_to_nobody_and_takes_it_from_nobody()
    {
        var (open, lent) = (Device(Memberships.NotKnown), Device(Memberships.Of("Lent")));
        var before = Of(RiskLevel.Secure, "", lent);

        Assert.Equal("Loan by Secure", Said(before));
        Assert.Equal("", Said(Of(RiskLevel.Secure, "", open)));
        Assert.Equal("Loan by Low", Said(Of(RiskLevel.Low, "", open, before)));
        Assert.Equal("", Said(Of(RiskLevel.Secure, "", Device(Memberships.None), before)));
        // What was known to be wanted for another verdict is not kept by what is open.
        Assert.Equal("Quarantine by High", Said(Of(RiskLevel.High, "", open, before)));
    }

    [Fact]
    public void What_is_written_is_read_back_as_the_same()
    {
        var document = Documents.Accepted(Text);

        var again = Documents.Accepted(PolicyText.Write(document));

        Assert.Equal(Lines(document), Lines(again));
        Assert.Empty(PolicyDifference.Between(document, again));
        Assert.Contains("Lent", document.NamesOf(MemberOf.SmartGroup));
    }

    [Fact]
    public void The_order_of_lines_is_a_difference()
    {
        var turned = Documents.Accepted(
            Text.Replace(
                    "{tag: Quarantine, level: [high, critical]}",
                    "{tag: Watch, level: [high]}",
                    StringComparison.Ordinal
                )
                .Replace("[app.stalkerware]", "[app.malicious]", StringComparison.Ordinal)
        );

        var changes = PolicyDifference.Between(Documents.Accepted(Text), turned);

        Assert.Equal(
            [
                ("tags Access: line  1", "Quarantine: level high or critical", "Watch: level high"),
                ("tags Access: line  2", "Quarantine: finding app.stalkerware", "Quarantine: finding app.malicious"),
            ],
            changes.Select(change => (change.What, change.Before!, change.After!))
        );
    }

    [Theory]
    [InlineData("{set: A, tags: [{tag: x}]}", "not for which verdicts")]
    [InlineData("{set: A, tags: [{tag: x, level: []}]}", "not for which verdicts")]
    [InlineData("{set: A, tags: [{tag: x, level: [worst]}]}", "unknown, secure")]
    [InlineData("{set: A, tags: [{tag: x, finding: [no.such]}]}", "no finding 'no.such'")]
    [InlineData("{set: A, tags: [{level: [high]}]}", "'tag' is missing")]
    [InlineData("{set: A, tags: [{tag: \"a\\nb\", level: [high]}]}", "one line of at most 100")]
    [InlineData("{tags: [{tag: x, level: [high]}]}", "'set' is missing")]
    [InlineData("{set: A, tags: []}", "'tags' is empty")]
    [InlineData("{set: A}", "'tags' is missing")]
    [InlineData("{set: A, tags: [{tag: x, level: [high]}, {tag: X, level: [low]}]}", "same way")]
    [InlineData("{set: A, tags: [{tag: 'picket: high', level: [high]}]}", "is the tag of a level")]
    [InlineData("{set: A, tags: [{tag: x, level: [high], when: {tag: [X]}}]}", "a tag that Picket sets")]
    public void Says_what_is_wrong_with_a_set(string set, string said)
    {
        var mistakes = Mistakes($"  - {set}\n");

        Assert.Contains(mistakes, mistake => mistake.Contains(said, StringComparison.Ordinal));
    }

    [Fact]
    public void Sets_and_their_tags_have_names_of_their_own_and_an_end()
    {
        var line = "[{tag: y, level: [high]}]";
        Assert.Contains(
            "Names are unique",
            Assert.Single(Mistakes($"  - {{set: A, tags: {line}}}\n  - {{set: a, tags: [{{tag: z, level: [low]}}]}}\n"))
        );
        Assert.Contains(
            "set 'A' already",
            Assert.Single(Mistakes($"  - {{set: A, tags: {line}}}\n  - {{set: B, tags: {line.Replace('y', 'Y')}}}\n"))
        );
        var many = Enumerable
            .Range(0, PolicyLimits.MostTagSets + 1)
            .Select(n => $"  - {{set: S{n}, tags: [{{tag: t{n}, level: [low]}}]}}\n");
        Assert.Contains("at most 10", Assert.Single(Mistakes(string.Concat(many))));
    }

    private static List<string> Mistakes(string sets)
    {
        var levels = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "Picket: High" };
        var parse = PolicyReader.Read($"version: 1\npolicies: []\ntags:\n{sets}", Documents.Today, levels, levels);
        Assert.All(parse.Mistakes, mistake => Assert.InRange(mistake.Line, 3, 15));
        return [.. parse.Mistakes.Select(mistake => mistake.Message)];
    }

    private static IReadOnlyList<WantedTag> Of(
        RiskLevel level,
        string weighing,
        DeviceSubject device,
        IReadOnlyList<WantedTag>? before = null
    ) => WantedTags.Of(Sets, device, level, weighing.Split(' ', StringSplitOptions.RemoveEmptyEntries), before ?? []);

    private static DeviceSubject Device(Memberships smartGroups) =>
        new(
            "device",
            DevicePlatform.Ios,
            DeviceOwnership.Corporate,
            Documents.In("World") with
            {
                SmartGroups = smartGroups,
            }
        );

    private static string Said(IEnumerable<WantedTag> wanted) =>
        string.Join(", ", wanted.Select(tag => $"{tag.Tag} by {tag.Cause}"));

    private static IEnumerable<string> Lines(PolicyDocument document) =>
        document.TagSets.SelectMany(set => set.Lines.Select(line => $"{set.Name}: {line.Tag}: {line.Rule}"));
}
