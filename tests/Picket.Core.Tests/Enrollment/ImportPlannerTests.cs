using CsCheck;
using Picket.Core.Enrollment;

namespace Picket.Core.Tests.Enrollment;

/// <summary>What becomes of each line, before anything is sent.</summary>
public sealed class ImportPlannerTests
{
    private static readonly KnownUser Ada = new(1, "Ada", 570) { FirstName = "Ada", Email = "ada@example.com" };

    [Fact]
    public void Makes_who_is_not_there_changes_who_is_called_otherwise_and_leaves_the_rest()
    {
        var planner = new ImportPlanner(Known());

        var grace = planner.Plan(Line(2, new UserWish("grace") { OrganizationGroup = "Sales" }));
        var changed = planner.Plan(Line(3, new UserWish("ada") { LastName = "Lovelace", Email = "ada@example.com" }));

        Assert.Equal(571, Assert.IsType<ImportStep.Create>(grace).OrganizationGroup);
        var change = Assert.IsType<ImportStep.Change>(changed);
        Assert.Equal((1, new ImportField("last_name", null, "Lovelace")), (change.User, Assert.Single(change.Fields)));
        Assert.IsType<ImportStep.AlreadyThere>(new ImportPlanner(Known()).Plan(Line(2, new UserWish("ADA"))));
    }

    [Fact]
    public void Moves_nobody_and_makes_nobody_in_groups_that_are_not_the_integrations()
    {
        var planner = new ImportPlanner(Known());

        Refuses(planner, new UserWish("ada") { OrganizationGroup = "Sales" }, "organization_group", "moves nobody");
        Refuses(planner, new UserWish("eve") { OrganizationGroup = "Rivals" }, "organization_group", "no such group");
        Refuses(planner, new UserWish("bob") { OrganizationGroup = "Twins" }, "organization_group", "t1, t2");
    }

    [Fact]
    public void Announces_a_device_unless_it_is_there_or_somebody_elses()
    {
        var planner = new ImportPlanner(Known());

        Assert.IsType<ImportStep.Create>(planner.Plan(Line(2, new DeviceWish("ada") { SerialNumber = "NEW" })));
        Assert.IsType<ImportStep.AlreadyThere>(planner.Plan(Line(3, new DeviceWish("ada") { SerialNumber = "MINE" })));
        Refuses(planner, new DeviceWish("ada") { SerialNumber = "GRACES" }, "user_name", "enrolled for the user grace");
        Refuses(planner, new DeviceWish("ada") { SerialNumber = "TWO" }, "serial_number", "several devices");
        Refuses(planner, new DeviceWish("nobody") { SerialNumber = "X" }, "user_name", "no such user");
    }

    [Fact]
    public void Says_all_that_is_wrong_with_a_line_at_once()
    {
        var planner = new ImportPlanner(Known());
        planner.Plan(Line(2, new DeviceWish("ada") { SerialNumber = "NEW", Udid = "U" }));

        Assert.Equal(
            ["organization_group", "user_name", "user_name"],
            Columns(new DeviceWish("nobody") { SerialNumber = "GRACES", OrganizationGroup = "Rivals" })
        );
        Assert.Equal(
            ["organization_group", "user_name", "serial_number"],
            Columns(new DeviceWish("nobody") { SerialNumber = "TWO", OrganizationGroup = "Twins" })
        );
        Assert.Equal(
            [null, "organization_group", "user_name"],
            Columns(
                new DeviceWish("nobody")
                {
                    SerialNumber = "NEW",
                    Udid = "U",
                    OrganizationGroup = "Rivals",
                }
            )
        );
        Assert.Equal(["user_name", "group"], Columns(new MemberWish("Directory", "nobody")));

        IEnumerable<string?> Columns(ImportWish wish) =>
            Assert.IsType<ImportStep.Refuse>(planner.Plan(Line(9, wish))).Mistakes.Select(mistake => mistake.Column);
    }

    [Fact]
    public void Fills_custom_groups_makes_one_that_is_missing_once_and_touches_no_directory()
    {
        var planner = new ImportPlanner(Known() with { User = name => new KnownUser(9, name, 570) });

        var first = Assert.IsType<ImportStep.Create>(planner.Plan(Line(2, new MemberWish("New", "ada"))));
        var second = Assert.IsType<ImportStep.Create>(planner.Plan(Line(3, new MemberWish("new", "grace"))));
        var old = Assert.IsType<ImportStep.Create>(planner.Plan(Line(4, new MemberWish("Canaries", "grace"))));

        Assert.Equal((true, true, false), (first.WithGroup, second.WithGroup, old.WithGroup));
        Assert.IsType<ImportStep.AlreadyThere>(planner.Plan(Line(5, new MemberWish("Canaries", "ada"))));
        Refuses(planner, new MemberWish("Directory", "ada"), "group", "follows a directory");
    }

    [Fact]
    public void Takes_a_doubled_line_once_and_refuses_one_that_contradicts_an_earlier_one()
    {
        var planner = new ImportPlanner(Known());
        planner.Plan(Line(2, new UserWish("grace") { FirstName = "Grace" }));
        planner.Plan(Line(3, new DeviceWish("ada") { SerialNumber = "A", Imei = "352099001761481" }));

        var same = planner.Plan(Line(4, new UserWish("grace") { FirstName = "Grace" }));

        Assert.Contains("Line 2", Assert.IsType<ImportStep.AlreadyThere>(same).Why, StringComparison.Ordinal);
        Refuses(planner, new UserWish("GRACE") { FirstName = "Eve" }, null, "Line 2 says otherwise");
        Refuses(planner, new DeviceWish("ada") { SerialNumber = "B", Imei = "352099001761481" }, null, "Line 3 says");
    }

    [Fact]
    public void Refuses_a_line_with_mistakes_and_remembers_nothing_of_it()
    {
        var planner = new ImportPlanner(Known());
        var mistake = new ImportMistake(2, "email", "It is no mail address.");

        var refused = planner.Plan(new ImportLine(2, null, [mistake]));

        Assert.Equal(mistake, Assert.Single(Assert.IsType<ImportStep.Refuse>(refused).Mistakes));
        Assert.IsType<ImportStep.Create>(planner.Plan(Line(3, new UserWish("grace"))));
    }

    [Fact]
    public void A_line_that_was_refused_stands_in_nobodys_way()
    {
        var planner = new ImportPlanner(Known());
        Refuses(planner, new UserWish("grace") { OrganizationGroup = "Salse" }, "organization_group", "no such group");

        Assert.IsType<ImportStep.Create>(planner.Plan(Line(3, new UserWish("grace") { OrganizationGroup = "Sales" })));
        Refuses(planner, new DeviceWish("nobody") { SerialNumber = "N" }, "user_name", "no such user");
        Refuses(planner, new DeviceWish("nobody") { SerialNumber = "N" }, "user_name", "no such user");
    }

    [Fact]
    public void Sets_a_telephone_number_that_is_given_and_takes_other_letter_case_for_the_same()
    {
        var planner = new ImportPlanner(Known());

        var change = planner.Plan(Line(2, new UserWish("ada") { Mobile = "+44 20" }));

        Assert.Equal("mobile_number", Assert.Single(Assert.IsType<ImportStep.Change>(change).Fields).Column);
        Assert.IsType<ImportStep.AlreadyThere>(planner.Plan(Line(3, new UserWish("ADA") { Mobile = "+44 20" })));
    }

    /// <summary>The law: whatever a file says, no user is made twice, and who is there is not made at all.</summary>
    [Fact]
    public void Makes_nobody_twice_and_nobody_who_is_there()
    {
        var name = Gen.Char["aAdDgG"].Array[1, 3].Select(letters => new string(letters));
        var wish = Gen.Select(name, Gen.Char["xy"], (user, first) => new UserWish(user) { FirstName = $"{first}" });

        wish.Array[0, 40]
            .Sample(wishes =>
            {
                var planner = new ImportPlanner(Known());
                var made = wishes
                    .Select((each, at) => planner.Plan(Line(at + 2, each)))
                    .OfType<ImportStep.Create>()
                    .Select(step => ((UserWish)step.Wish).UserName)
                    .ToList();

                Assert.Equal(made.Count, made.Distinct(StringComparer.OrdinalIgnoreCase).Count());
                Assert.DoesNotContain("ada", made, StringComparer.OrdinalIgnoreCase);
                Assert.Equal(
                    wishes.Select(each => each.UserName.ToUpperInvariant()).Distinct().Count(each => each != "ADA"),
                    made.Count
                );
            });
    }

    private static void Refuses(ImportPlanner planner, ImportWish wish, string? column, string said)
    {
        var mistake = Assert.Single(Assert.IsType<ImportStep.Refuse>(planner.Plan(Line(9, wish))).Mistakes);
        Assert.Equal((9, column), (mistake.Line, mistake.Column));
        Assert.Contains(said, mistake.Text, StringComparison.Ordinal);
    }

    private static ImportLine Line(int line, ImportWish wish) => new(line, wish, []);

    private static ImportKnown Known() =>
        new()
        {
            OrganizationGroup = text =>
                text switch
                {
                    "Sales" => new OrganizationGroupMatch.One(571),
                    "Twins" => new OrganizationGroupMatch.Several(["t1", "t2"]),
                    _ => new OrganizationGroupMatch.Nothing(),
                },
            User = name => name.Equals("ada", StringComparison.OrdinalIgnoreCase) ? Ada : null,
            Devices = wish =>
                wish.SerialNumber switch
                {
                    "MINE" => [new KnownDevice("Ada", Enrolled: false)],
                    "GRACES" => [new KnownDevice("grace", Enrolled: true)],
                    "TWO" => [new KnownDevice("Ada", Enrolled: true), new KnownDevice("Ada", Enrolled: false)],
                    _ => [],
                },
            Groups = name =>
                name.ToUpperInvariant() switch
                {
                    "CANARIES" => [new(7, "Canaries", Custom: true, user => user == "ada")],
                    "DIRECTORY" => [new(8, "Directory", Custom: false, _ => false)],
                    _ => [],
                },
        };
}
