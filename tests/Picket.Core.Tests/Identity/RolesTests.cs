using Picket.Core.Identity;

namespace Picket.Core.Tests.Identity;

/// <summary>What each role may, written down a second time: whoever changes the table has to mean it.</summary>
public sealed class RolesTests
{
    private static readonly Guid Here = Guid.Parse("0198c0de-0000-7000-8000-000000000001");
    private static readonly Guid There = Guid.Parse("0198c0de-0000-7000-8000-000000000002");

    [Theory]
    //                                    own. adm. ana. app. aud.
    [InlineData(Right.Read, "yes yes yes yes yes")]
    [InlineData(Right.ReadPersonalApps, "yes yes yes no yes")]
    [InlineData(Right.Operate, "yes yes yes no no")]
    [InlineData(Right.Request, "yes yes yes no no")]
    [InlineData(Right.Approve, "yes yes no yes no")]
    [InlineData(Right.ChangeSettings, "yes yes no no no")]
    [InlineData(Right.ManageFeeds, "yes yes no no no")]
    [InlineData(Right.ManagePolicy, "yes yes no no no")]
    [InlineData(Right.ManagePeople, "yes yes no no no")]
    [InlineData(Right.ManageTokens, "yes yes no no no")]
    [InlineData(Right.ReadAudit, "yes yes no no yes")]
    public void A_role_has_the_rights_of_the_table(Right right, string expected)
    {
        var roles = new[] { Role.Owner, Role.Administrator, Role.Analyst, Role.Approver, Role.Auditor };

        Assert.Equal(
            expected,
            string.Join(' ', roles.Select(role => Roles.RightsOf(role).Contains(right) ? "yes" : "no"))
        );
        Assert.Equal(roles.Where(role => Roles.RightsOf(role).Contains(right)), Roles.With(right));
    }

    [Fact]
    public void The_table_names_every_right_and_every_role()
    {
        Assert.Equal(11, Enum.GetValues<Right>().Length);
        Assert.Equal(5, Enum.GetValues<Role>().Length);
    }

    [Fact]
    public void A_role_at_one_integration_reaches_no_other_and_nothing_that_belongs_to_none()
    {
        var grants = new Grants([new Grant(Role.Administrator, Here), new Grant(Role.Auditor, There)]);

        Assert.True(grants.May(Right.ChangeSettings, Here));
        Assert.False(grants.May(Right.ChangeSettings, There));
        Assert.False(grants.May(Right.ManagePeople, null));
        Assert.True(grants.MaySomewhere(Right.ManagePeople));
        Assert.Equal([Here, There], grants.Where(Right.Read)!);
        Assert.Null(new Grants([new Grant(Role.Auditor, null)]).Where(Right.Read));
    }

    [Theory]
    [InlineData(Reach.Reading, Right.Read, true)]
    [InlineData(Reach.Reading, Right.ReadAudit, true)]
    [InlineData(Reach.Reading, Right.Operate, false)]
    [InlineData(Reach.Working, Right.Operate, true)]
    [InlineData(Reach.Working, Right.ManageFeeds, true)]
    [InlineData(Reach.Working, Right.ManagePolicy, false)]
    [InlineData(Reach.Working, Right.ChangeSettings, false)]
    [InlineData(Reach.Working, Right.Approve, false)]
    [InlineData(Reach.Working, Right.ManagePeople, false)]
    [InlineData(Reach.Working, Right.ManageTokens, false)]
    [InlineData(Reach.Whole, Right.ManageTokens, true)]
    public void A_token_lets_through_what_its_scope_reaches_of_its_persons_rights(Reach reach, Right right, bool may)
    {
        Assert.Equal(may, new Grants([new Grant(Role.Owner, null)], reach).May(right, null));
        Assert.False(new Grants([], reach).MaySomewhere(right));
    }

    [Fact]
    public void A_service_never_changes_settings_nor_people_nor_tokens_nor_reads_the_audit()
    {
        Right[] never =
        [
            Right.ChangeSettings,
            Right.ManagePolicy,
            Right.Approve,
            Right.ManagePeople,
            Right.ManageTokens,
            Right.ReadAudit,
        ];
        foreach (var reach in Enum.GetValues<Reach>())
        {
            Assert.DoesNotContain(never, right => Grants.OfService(reach).MaySomewhere(right));
        }
    }
}
