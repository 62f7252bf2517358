using Picket.Core.Identity;

namespace Picket.Core.Tests.Identity;

public sealed class ChangeAuthorityTests
{
    private static readonly Guid Group = new("10000000-0000-4000-8000-000000000001");
    private static readonly Guid Above = new("10000000-0000-4000-8000-000000000002");
    private static readonly Guid Me = new("20000000-0000-4000-8000-000000000001");
    private static readonly ChangeTarget Target = new(Group, "picket-api", PeopleExist: true);
    private static readonly AdminRole Admin = new("Console Administrator", Group, "World", Active: true);
    private static readonly AdminAccount Good = new(Me, "erika", Active: true, Group, [Admin]);

    public static TheoryData<AdminAccount, ChangeRefusal> Accounts =>
        new()
        {
            { Good, ChangeRefusal.None },
            { Good with { Active = false }, ChangeRefusal.AccountNotActive },
            { Good with { Active = null }, ChangeRefusal.AccountNotActive },
            { Good with { UserName = "PICKET-API" }, ChangeRefusal.IntegrationsOwnAccount },
            { Good with { Roles = [] }, ChangeRefusal.NoRoleAtGroup },
            { Good with { Roles = [Admin with { GroupUuid = Above }] }, ChangeRefusal.NoRoleAtGroup },
            { Good with { Roles = [Admin with { GroupUuid = null }] }, ChangeRefusal.NoRoleAtGroup },
            { Good with { Roles = [Admin with { Active = false }] }, ChangeRefusal.RoleNotActive },
            { Good with { Roles = [Admin with { Name = "Read Only" }] }, ChangeRefusal.RoleReadOnly },
            { Good with { Roles = [Admin with { Name = "Read-only auditor" }] }, ChangeRefusal.RoleReadOnly },
            { Good with { Roles = [Admin with { Name = "Read Only" }, Admin] }, ChangeRefusal.None },
            {
                Good with
                {
                    Roles = [Admin with { Name = "Read Only" }, Admin with { GroupUuid = Above }],
                },
                ChangeRefusal.RoleReadOnly
            },
            { Good with { Uuid = Above }, ChangeRefusal.AccountAbsent },
        };

    [Theory]
    [MemberData(nameof(Accounts))]
    public void Lets_only_active_administrators_of_the_very_group_change_it(
        AdminAccount account,
        ChangeRefusal expected
    )
    {
        var decision = ChangeAuthority.Decide(new ChangeActor.Person(Me), Target, new AdminReading.Found(account));

        Assert.Equal(expected, decision.Refusal);
        Assert.Equal(expected == ChangeRefusal.None, decision.Allowed);
        Assert.Equal(decision.Allowed, decision.Reason.Length == 0);
    }

    [Fact]
    public void Refuses_when_the_uem_gives_no_answer() =>
        Assert.Equal(ChangeRefusal.NoAnswer, Decide(new ChangeActor.Person(Me), new AdminReading.NoAnswer("timeout")));

    [Fact]
    public void Refuses_when_the_account_is_gone() =>
        Assert.Equal(ChangeRefusal.AccountAbsent, Decide(new ChangeActor.Person(Me), new AdminReading.Absent()));

    [Fact]
    public void Refuses_a_person_without_link() =>
        Assert.Equal(ChangeRefusal.NotLinked, Decide(new ChangeActor.Person(null), new AdminReading.Found(Good)));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Refuses_service_tokens_always(bool people) =>
        Assert.Equal(
            ChangeRefusal.ServiceTokensNeverChange,
            Decide(new ChangeActor.ServiceToken("ci"), new AdminReading.Found(Good), people)
        );

    [Fact]
    public void Admits_only_the_local_owner_until_people_exist()
    {
        var absent = new AdminReading.Absent();

        Assert.Equal(ChangeRefusal.None, Decide(new ChangeActor.LocalOwner(), absent, people: false));
        Assert.Equal(ChangeRefusal.OwnerNoLongerActs, Decide(new ChangeActor.LocalOwner(), absent, people: true));
        Assert.Equal(
            ChangeRefusal.OwnerOnlyUntilPeopleExist,
            Decide(new ChangeActor.Person(Me), new AdminReading.Found(Good), people: false)
        );
    }

    private static ChangeRefusal Decide(ChangeActor actor, AdminReading reading, bool people = true) =>
        ChangeAuthority.Decide(actor, Target with { PeopleExist = people }, reading).Refusal;
}
