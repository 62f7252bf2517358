using Picket.Core.Intelligence;
using Picket.Core.Risk;
using Picket.Core.Risk.Uem;

namespace Picket.Core.Tests.Risk;

/// <summary>The UEM as something that can be attacked itself.</summary>
public sealed class UemRuleTests
{
    private static readonly FeedSource Kev = new(
        "kev.json",
        FeedFormat.CisaKev,
        "2026.08.25",
        new DateOnly(2026, 8, 25),
        new FeedLicence("CC0", "CISA", false)
    );

    private static readonly UemExploit Ssrf = Exploit("CVE-2021-22054", "Omnissa", "Workspace One UEM");

    private static readonly UemFacts Good = new()
    {
        Version = "25.11.6.68",
        VersionReadAt = SomeDevices.Collected,
        Exploits = [Ssrf],
        Account = "picket-api",
        Administrators = [Admin("picket-api", 1, "Picket"), Admin("ada", 3)],
        AdministratorsReadAt = SomeDevices.Collected,
    };

    [Fact]
    public void Finds_nothing_wrong_and_says_what_was_looked_at()
    {
        var verdict = Judge(Good);

        Assert.Empty(verdict.Findings);
        Assert.Empty(verdict.Unknown);
        Assert.Equal(3, verdict.Checked.Count);
        Assert.Contains(verdict.Checked, line => line.Contains("CVE-2021-22054", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("21.5.0.36", RiskLevel.Critical)]
    [InlineData("21.5.0.37", null)]
    [InlineData("20.8.0.36", RiskLevel.Critical)]
    [InlineData("20.0.8.36", RiskLevel.Critical)]
    [InlineData("20.0.8.37", null)]
    [InlineData("21.9.0.1", null)]
    [InlineData("9.1.0.0", RiskLevel.Medium)] // No advisory names it, and nobody mends it any more.
    [InlineData("21.7.0.0", RiskLevel.Medium)]
    [InlineData("twenty", RiskLevel.Medium)]
    public void Compares_the_version_with_what_is_exploited(string version, RiskLevel? level)
    {
        var finding = Judge(Good with { Version = version }).Findings.SingleOrDefault();

        Assert.Equal(level, finding?.Level);
        if (finding is not null)
        {
            Assert.Equal(
                (UemFindingKinds.Exploited, "CVE-2021-22054", Kev),
                (finding.Kind, finding.Cve?.Cve, finding.Source)
            );
            Assert.Equal(level is RiskLevel.Medium, finding.Text.Contains("may have", StringComparison.Ordinal));
            Assert.Contains(finding.Facts, fact => fact.Value == version && fact.ReadAt == SomeDevices.Collected);
        }
    }

    [Fact]
    public void Sends_to_the_advisory_where_nobody_told_it_the_versions()
    {
        var finding = Assert.Single(
            Judge(Good with { Exploits = [Exploit("CVE-2031-1", "Omnissa", "Workspace ONE UEM")] }).Findings
        );

        Assert.Equal(RiskLevel.Medium, finding.Level);
        Assert.Contains("advisory", finding.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Omnissa", "Workspace One UEM", true)]
    [InlineData("VMware", "AirWatch Console", true)]
    [InlineData("VMware", "Workspace ONE Access and Identity Manager", false)]
    [InlineData("VMware", "vCenter Server", false)]
    [InlineData("Example", "Workspace ONE UEM", false)]
    public void Takes_the_names_of_the_product_over_the_years_and_no_other_product(
        string vendor,
        string product,
        bool uem
    ) => Assert.Equal(uem, UemAdvisories.IsOfUem(Exploit("CVE-2031-1", vendor, product).Entry));

    [Fact]
    public void Tells_of_an_account_that_may_do_everything()
    {
        var broad = Good with { Administrators = [Admin("Picket-API", 1, "Console Administrator"), Admin("ada", 3)] };

        var finding = Assert.Single(Judge(broad).Findings);

        Assert.Equal((UemFindingKinds.Excess, RiskLevel.Low), (finding.Kind, finding.Level));
        Assert.Contains("Console Administrator", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_administrators_that_nobody_uses_and_leaves_its_own_out()
    {
        var some = Good with
        {
            Administrators =
            [
                Admin("picket-api", 400),
                Admin("ada", 89),
                Admin("bob", 91),
                Admin("eve", 200),
                Admin("new", null) with
                {
                    FirstSeen = SomeDevices.Now.AddDays(-20),
                },
            ],
        };

        var verdict = Judge(some);

        var finding = Assert.Single(verdict.Findings);
        Assert.Equal(UemFindingKinds.Unused, finding.Kind);
        Assert.Contains("2 of 4 administrators", finding.Text, StringComparison.Ordinal);
        Assert.StartsWith("eve (", finding.Facts[0].Value, StringComparison.Ordinal);
        Assert.Contains(verdict.Unknown, line => line.Contains("1 of 4", StringComparison.Ordinal));
    }

    [Fact]
    public void Counts_an_administrator_that_never_signed_in_since_it_was_first_seen()
    {
        var some = Good with { Administrators = [Admin("ada", 3), Admin("bob", 91), Admin("never", null)] };

        var verdict = Judge(some);

        var finding = Assert.Single(verdict.Findings);
        Assert.Contains("2 of 3 administrators", finding.Text, StringComparison.Ordinal);
        Assert.Contains("never (no sign-in", finding.Facts[0].Value, StringComparison.Ordinal);
        Assert.DoesNotContain(verdict.Unknown, line => line.Contains("no sign-in", StringComparison.Ordinal));
    }

    /// <summary>Who signed in since the listing was read, it does not tell.</summary>
    [Fact]
    public void Compares_sign_ins_with_the_time_at_which_they_were_read()
    {
        var old = Good with
        {
            AdministratorsReadAt = SomeDevices.Now.AddDays(-40),
            Administrators = [Admin("ada", 100), Admin("bob", 131)],
        };

        var verdict = Judge(old);

        var finding = Assert.Single(verdict.Findings);
        Assert.Contains("1 of 2 administrators", finding.Text, StringComparison.Ordinal);
        Assert.StartsWith("bob (", finding.Facts[0].Value, StringComparison.Ordinal);
        Assert.Contains(verdict.Unknown, line => line.Contains("40 days old", StringComparison.Ordinal));
        Assert.DoesNotContain(
            Judge(old with { Administrators = [Admin("ada", 50)] }).Checked,
            line => line.Contains("signed in within", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Says_what_it_does_not_know_instead_of_calling_it_fine()
    {
        var verdict = Judge(new UemFacts { Account = "picket-api" });

        Assert.Empty(verdict.Findings);
        Assert.Empty(verdict.Checked);
        Assert.Equal(3, verdict.Unknown.Count);
        Assert.Contains(
            Judge(Good with { Exploits = null }).Unknown,
            line => line.Contains("catalogue", StringComparison.Ordinal)
        );
    }

    private static UemVerdict Judge(UemFacts facts) => UemRules.Judge(facts, SomeDevices.Now);

    private static UemAdministrator Admin(string name, int? days, params string[] roles) =>
        new(name, roles, days is { } ago ? SomeDevices.Now.AddDays(-ago) : null, SomeDevices.Now.AddDays(-500));

    private static UemExploit Exploit(string cve, string vendor, string product) =>
        new(
            new KnownExploited(
                cve,
                vendor,
                product,
                "A vulnerability",
                null,
                new DateOnly(2026, 3, 23),
                "Update.",
                false
            ),
            Kev
        );
}
