using Picket.Core.Identity;

namespace Picket.Core.Tests.Identity;

/// <summary>Who gives and takes which roles.</summary>
public sealed class AppointmentTests
{
    private static readonly Guid Here = Guid.NewGuid();
    private static readonly Guid There = Guid.NewGuid();
    private static readonly Grants Owner = new([new Grant(Role.Owner, null)]);
    private static readonly Grants Everywhere = new([new Grant(Role.Administrator, null)]);
    private static readonly Grants OnlyHere = new([new Grant(Role.Administrator, Here)]);

    [Fact]
    public void Only_an_owner_makes_owners()
    {
        var owner = new Grant(Role.Owner, null);

        Assert.Null(Appointment.Refusal(Owner, owner));
        Assert.NotNull(Appointment.Refusal(Everywhere, owner));
        Assert.NotNull(Appointment.Refusal(Owner with { Reach = Reach.Working }, owner));
    }

    [Fact]
    public void An_administrator_gives_roles_where_they_are_one()
    {
        Assert.Null(Appointment.Refusal(OnlyHere, new Grant(Role.Administrator, Here)));
        Assert.NotNull(Appointment.Refusal(OnlyHere, new Grant(Role.Analyst, There)));
        Assert.NotNull(Appointment.Refusal(OnlyHere, new Grant(Role.Analyst, null)));
        Assert.Null(Appointment.Refusal(Everywhere, new Grant(Role.Analyst, null)));
    }

    [Theory]
    [InlineData(Role.Analyst)]
    [InlineData(Role.Approver)]
    [InlineData(Role.Auditor)]
    public void No_other_role_gives_any(Role role)
    {
        var giver = new Grants([new Grant(role, null)]);

        Assert.All(Enum.GetValues<Role>(), given => Assert.NotNull(Appointment.Refusal(giver, new Grant(given, Here))));
    }

    [Fact]
    public void Whom_to_shut_out_has_to_be_managed_everywhere_and_an_owner_by_an_owner()
    {
        Grant[] analyst = [new(Role.Analyst, Here)];
        Grant[] owner = [new(Role.Analyst, Here), new(Role.Owner, null)];

        Assert.Null(Appointment.Refusal(Everywhere, analyst));
        Assert.NotNull(Appointment.Refusal(OnlyHere, analyst));
        Assert.NotNull(Appointment.Refusal(Everywhere, owner));
        Assert.Null(Appointment.Refusal(Owner, owner));
        Assert.Null(Appointment.Refusal(Everywhere, []));
    }
}
