using System.Diagnostics;
using Picket.Core.Devices;
using Picket.Core.Policy;
using Picket.Core.Risk;
using Picket.Core.Sync;
using Picket.Core.Tests.Risk;

namespace Picket.Core.Tests.Policy;

public sealed class PolicyBookTests
{
    private const string Text = """
        version: 1
        policies:
          - name: Everyone
            group: "*"
            levels: {os.outdated: high, device.no-passcode: high}
          - name: Europe
            group: Europe
            levels: {os.outdated: medium}
            grace: {os.outdated: 3d}
          - name: Europe first
            group: uuid-of-Europe
            priority: 1
            silence: fail-closed
          - name: Sales in Europe
            group: Europe / Sales
            levels: {os.outdated: low}
          - name: Own devices
            group: "*"
            priority: 1
            when: {ownership: [employee], userGroup: [Guests]}
            supervision: required
        """;

    private static readonly PolicyBook Book = new(Documents.Accepted(Text));

    [Fact]
    public void The_nearest_group_goes_first_and_leaves_the_rest_to_those_farther_away()
    {
        var effective = Book.For(Subject(Documents.In("World", "Europe", "Sales", "Berlin")));

        Assert.Equal(
            ["Sales in Europe", "Europe first", "Europe", "Everyone"],
            effective.Chain.Select(policy => policy.Name)
        );
        Assert.Equal(RiskLevel.Low, effective.Policy.LevelOf(FindingKinds.OsOutdated));
        Assert.Equal(RiskLevel.High, effective.Policy.LevelOf(FindingKinds.NoPasscode));
        Assert.Equal(RiskLevel.Critical, effective.Policy.LevelOf(FindingKinds.Compromised));
        Assert.Equal(
            (3, SilenceMode.FailClosed),
            (effective.Policy.GraceOf("os.outdated"), effective.Policy.Silence.Mode)
        );
    }

    [Theory]
    [InlineData("World", RiskLevel.High)]
    [InlineData("World/Asia/Sales", RiskLevel.High)]
    [InlineData("World/Europe", RiskLevel.Medium)]
    [InlineData("World/EUROPE/sales", RiskLevel.Low)]
    public void A_group_stands_for_all_below_it_and_for_nothing_beside_it(string path, RiskLevel level) =>
        Assert.Equal(level, Book.For(Subject(Documents.In(path.Split('/')))).Policy.LevelOf(FindingKinds.OsOutdated));

    [Fact]
    public void Says_why_this_policy_and_whence_each_value()
    {
        var origin = Book.Explain(Subject(Documents.In("World", "Europe")));

        Assert.Equal(
            [("Europe first", true), ("Europe", true), ("Everyone", true)],
            origin.Steps.Where(step => step.Holds is true).Select(step => (step.Policy.Name, true))
        );
        var sales = origin.Steps.Single(step => step.Policy.Name == "Sales in Europe");
        Assert.Equal((false, "The device is not in Europe / Sales."), (sales.Holds, sales.Why));
        Assert.Contains(
            "employee",
            origin.Steps.Single(s => s.Policy.Name == "Own devices").Why,
            StringComparison.Ordinal
        );
        Assert.Equal("Europe", From(origin, "levels.os.outdated"));
        Assert.Equal("Europe first", From(origin, "silence"));
        Assert.Null(From(origin, "ages.patchAge"));
    }

    [Fact]
    public void A_policy_of_which_it_is_open_whether_it_holds_keeps_a_device_from_being_called_secure()
    {
        var context = Documents.Context(Text);
        var device = SomeDevices.Windows with { Ownership = DeviceOwnership.Employee };
        var guest = Documents.In("World") with { UserGroups = Memberships.Of("Guests") };

        Assert.Equal(RiskLevel.Secure, (device with { Place = Documents.In("World") }).Judge(context).Level);
        Assert.Equal(RiskLevel.Secure, (device with { Place = guest }).Judge(context).Level);
        var open = (device with { Place = guest with { UserGroups = Memberships.NotKnown } }).Judge(context);
        Assert.Equal(RiskLevel.Unknown, open.Level);
        var blind = Assert.Single(open.Unknowns, unknown => unknown.Required);
        Assert.Equal(FactName.Membership, blind.Fact);
        Assert.Contains("Own devices", blind.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_open_and_would_change_nothing_is_not_held_against_a_device()
    {
        const string overruled = """
            version: 1
            policies:
              - {name: Everyone, group: "*", priority: 1, levels: {os.outdated: high}}
              - {name: Guests, group: "*", priority: 2, when: {userGroup: [Guests]}, levels: {os.outdated: low}}
              - {name: The same, group: Sales, when: {userGroup: [Guests]}, levels: {os.outdated: high}}
            """;

        Assert.Empty(new PolicyBook(Documents.Accepted(overruled)).For(Subject(DevicePlace.NotKnown)).Undecided);
    }

    private const string Listed = """
        version: 1
        policies:
          - {name: Everyone, group: "*", levels: {os.outdated: high}}
          - {name: Kiosks, group: "*", priority: 1, when: {smartGroup: [Kiosks, VIP]}, levels: {os.outdated: low}}
          - {name: Lent, group: Europe, when: {tag: [Lent]}, levels: {os.outdated: medium}}
        """;

    [Fact]
    public void A_policy_for_a_smart_group_or_a_tag_goes_by_group_and_priority_as_any_other()
    {
        var book = new PolicyBook(Documents.Accepted(Listed));
        var (world, europe) = (Documents.In("World"), Documents.In("World", "Europe"));
        var both = new DevicePlace(europe.Groups, null)
        {
            SmartGroups = Memberships.Of("KIOSKS"),
            Tags = Memberships.Of("lent"),
        };

        Assert.Equal(["Everyone"], Chain(book, world));
        Assert.Equal(["Kiosks", "Everyone"], Chain(book, world with { SmartGroups = Memberships.Of("VIP") }));
        Assert.Equal(["Everyone"], Chain(book, world with { Tags = Memberships.Of("Lent") }));
        Assert.Equal(["Lent", "Kiosks", "Everyone"], Chain(book, both));
        Assert.Equal(
            ["The device is in none of the smart groups: Kiosks, VIP.", "The device carries none of the tags: Lent."],
            book.Explain(Subject(europe))
                .Steps.Where(step => step.Holds is false)
                .Select(step => step.Why)
                .Order()
                .Reverse()
        );
    }

    [Fact]
    public void One_group_that_a_device_is_in_is_enough_and_of_all_must_be_known_that_it_is_in_none()
    {
        var book = new PolicyBook(Documents.Accepted(Listed));
        var open = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "vip" };

        var isIn = In(new Memberships(new HashSet<string> { "Kiosks" }, open));
        var notKnown = In(new Memberships(Memberships.NoNames, open));
        var another = In(
            new Memberships(Memberships.NoNames, new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "Others" })
        );

        Assert.Equal(["Kiosks", "Everyone"], isIn.Chain.Select(policy => policy.Name));
        Assert.Empty(isIn.Undecided);
        Assert.Equal(["Everyone"], notKnown.Chain.Select(policy => policy.Name));
        Assert.Equal(["Kiosks"], notKnown.Undecided.Select(policy => policy.Name));
        Assert.Empty(another.Undecided);
        Assert.Equal(["Everyone"], another.Chain.Select(policy => policy.Name));

        EffectivePolicy In(Memberships groups) =>
            book.For(Subject(Documents.In("World") with { SmartGroups = groups }));
    }

    [Fact]
    public void A_device_of_which_no_tag_is_known_is_not_called_secure()
    {
        var context = Documents.Context(
            """
            version: 1
            policies:
              - {name: Lent, group: "*", when: {tag: [Lent]}, apps: {required: [{id: com.example.vpn}]}}
            """
        );
        var untagged = SomeDevices.Windows with { Place = Documents.In("World") };

        Assert.Equal(RiskLevel.Secure, untagged.Judge(context).Level);
        var open = (untagged with { Place = untagged.Place with { Tags = Memberships.NotKnown } }).Judge(context);
        Assert.Equal(RiskLevel.Unknown, open.Level);
        Assert.Equal(FactName.Membership, Assert.Single(open.Unknowns, unknown => unknown.Required).Fact);
    }

    [Fact]
    public void Resolves_a_large_fleet_in_well_under_a_second()
    {
        var places = Enumerable
            .Range(0, 200)
            .Select(at => Documents.In("World", at % 2 == 0 ? "Europe" : "Asia", $"Site {at}"))
            .ToList();
        var book = new PolicyBook(Documents.Accepted(Text));
        var clock = Stopwatch.StartNew();

        for (var at = 0; at < 100_000; at++)
        {
            _ = book.For(Subject(places[at % places.Count]));
        }

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(1), $"It took {clock.Elapsed}.");
    }

    private static string? From(PolicyOrigin origin, string value) =>
        origin.Values.Single(originated => originated.Value.Name == value).From;

    private static IEnumerable<string> Chain(PolicyBook book, DevicePlace place) =>
        book.For(Subject(place)).Chain.Select(policy => policy.Name);

    private static DeviceSubject Subject(DevicePlace place) =>
        new("d-1", DevicePlatform.Ios, DeviceOwnership.Corporate, place);
}
