using Picket.Core.Identity;

namespace Picket.Core.Tests.Identity;

public sealed class ChangeAuthorityTests
{
    private static readonly Guid Group = new("10000000-0000-4000-8000-000000000001");
    private static readonly Guid Above = new("10000000-0000-4000-8000-000000000002");
    private static readonly Guid Me = new("20000000-0000-4000-8000-000000000001");
    private static readonly ChangeTarget Target = new(Group, ["picket-api", "picket-api-2"]);
    private static readonly AdminRole Admin = new("Console Administrator", Group, "World", Active: true);
    private static readonly AdminAccount Good = new(Me, "erika", Active: true, Group, [Admin]);

    public static TheoryData<AdminAccount, ChangeRefusal> Accounts =>
        new()
        {
            { Good, ChangeRefusal.None },
            { Good with { Active = false }, ChangeRefusal.AccountNotActive },
            { Good with { Active = null }, ChangeRefusal.AccountNotActive },
            { Good with { UserName = "PICKET-API" }, ChangeRefusal.IntegrationsOwnAccount },
            { Good with { UserName = " picket-api-2" }, ChangeRefusal.IntegrationsOwnAccount },
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

    [Fact]
    public void Refuses_service_tokens_always() =>
        Assert.Equal(
            ChangeRefusal.ServiceTokensNeverChange,
            Decide(new ChangeActor.ServiceToken("ci"), new AdminReading.Found(Good))
        );

    [Fact]
    public void Admits_whom_the_host_let_in_without_the_uem() =>
        Assert.Equal(
            ChangeRefusal.None,
            Decide(new ChangeActor.Recovering(), new AdminReading.NoAnswer("the UEM is gone"))
        );

    private static ChangeRefusal Decide(ChangeActor actor, AdminReading reading) =>
        ChangeAuthority.Decide(actor, Target, reading).Refusal;
}
