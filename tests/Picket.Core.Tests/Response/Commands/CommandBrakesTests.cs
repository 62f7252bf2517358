using Picket.Core.Response;
using Picket.Core.Risk;

namespace Picket.Core.Tests.Response;

public sealed class CommandBrakesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);
    private static readonly CommandSettings On = new(true, true, true, TimeSpan.FromHours(72));
    private static readonly CommandSubject Phone = new("Apple", "Enrolled", Now.AddHours(-1));

    [Theory]
    // kind, hours since the device reported, brake
    [InlineData(CommandKind.Sync, 1, CommandBrake.None)]
    [InlineData(CommandKind.Sync, 9000, CommandBrake.None)]
    [InlineData(CommandKind.Query, 9000, CommandBrake.None)]
    [InlineData(CommandKind.RequestApps, 9000, CommandBrake.None)]
    [InlineData(CommandKind.Lock, 72, CommandBrake.None)]
    [InlineData(CommandKind.Lock, 73, CommandBrake.StaleFacts)]
    [InlineData(CommandKind.EnterpriseWipe, 72, CommandBrake.None)]
    [InlineData(CommandKind.EnterpriseWipe, 73, CommandBrake.StaleFacts)]
    public void Locks_and_wipes_need_facts_that_are_fresh_enough(CommandKind kind, int hours, CommandBrake brake) =>
        Assert.Equal(brake, CommandBrakes.Of(kind, Phone with { SeenAt = Now.AddHours(-hours) }, On, Now));

    [Fact]
    public void What_is_not_known_is_not_fresh() =>
        Assert.Equal(
            (CommandBrake.StaleFacts, CommandBrake.PlatformNotKnown, CommandBrake.None),
            (
                CommandBrakes.Of(CommandKind.Lock, Phone with { SeenAt = null }, On, Now),
                CommandBrakes.Of(CommandKind.EnterpriseWipe, Phone with { Platform = null }, On, Now),
                CommandBrakes.Of(CommandKind.Sync, new CommandSubject(null, "enrolled", null), On, Now)
            )
        );

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Nothing_goes_to_a_device_that_left_is_never_touched_or_not_enrolled(CommandKind kind)
    {
        Assert.Equal(CommandBrake.Gone, CommandBrakes.Of(kind, Phone with { Gone = true }, On, Now));
        Assert.Equal(CommandBrake.NeverTouched, CommandBrakes.Of(kind, Phone with { NeverTouched = true }, On, Now));
        foreach (
            var status in new[] { "Unenrolled", "Registered", "EnterpriseWipePending", "DeviceWipePending", "", null }
        )
        {
            Assert.Equal(CommandBrake.NotEnrolled, CommandBrakes.Of(kind, Phone with { Status = status }, On, Now));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Nothing_goes_while_it_is_off(CommandKind kind)
    {
        var off = CommandBrakes.Of(kind, Phone, On with { Commands = false, Wipes = false, Messages = false }, Now);
        var noWipes = CommandBrakes.Of(kind, Phone, On with { Wipes = false }, Now);

        var isWipe = kind == CommandKind.EnterpriseWipe;
        Assert.Equal(
            isWipe ? CommandBrake.WipesOff
                : kind == CommandKind.Message ? CommandBrake.MessagesOff
                : CommandBrake.CommandsOff,
            off
        );
        Assert.Equal(isWipe ? CommandBrake.WipesOff : CommandBrake.None, noWipes);
    }

    [Fact]
    public void A_name_alone_is_no_cause_for_a_wipe()
    {
        Assert.All(
            Enum.GetValues<FindingProof>(),
            proof =>
                Assert.Equal(
                    proof == FindingProof.NameMatch ? CommandBrake.NameAlone : CommandBrake.None,
                    CommandBrakes.OfCause(CommandKind.EnterpriseWipe, proof)
                )
        );
        Assert.Equal(CommandBrake.None, CommandBrakes.OfCause(CommandKind.EnterpriseWipe, null));
        Assert.Equal(CommandBrake.None, CommandBrakes.OfCause(CommandKind.Lock, FindingProof.NameMatch));
    }

    public static TheoryData<CommandKind> Kinds => [.. Enum.GetValues<CommandKind>()];

    [Fact]
    public void A_wipe_is_bound_to_the_device_its_user_and_its_enrollment()
    {
        var bound = new WipeBinding(Guid.Parse("0198c0de-0000-7000-8000-000000000001"), "C02XK1", 7, Now);
        WipeBinding[] others =
        [
            bound with
            {
                Uuid = Guid.Parse("0198c0de-0000-7000-8000-000000000002"),
            },
            bound with
            {
                Uuid = null,
            },
            bound with
            {
                Serial = "C02XK2",
            },
            bound with
            {
                Serial = null,
            },
            bound with
            {
                User = 8,
            },
            bound with
            {
                User = null,
            },
            bound with
            {
                EnrolledAt = Now.AddSeconds(2),
            },
            bound with
            {
                EnrolledAt = null,
            },
        ];

        Assert.True(bound.Holds(bound with { Serial = "c02xk1", EnrolledAt = Now.AddMilliseconds(400) }));
        Assert.All(others, other => Assert.False(bound.Holds(other)));
        Assert.All(others, other => Assert.False(other.Holds(bound)));
        Assert.False(new WipeBinding(null, null, null, null).Holds(new WipeBinding(null, null, null, null)));
    }

    [Theory]
    // minutes ago of those sent, most, minutes until the next may go
    [InlineData("", 5, 0)]
    [InlineData("1 2 3 4", 5, 0)]
    [InlineData("1 2 3 4 59", 5, 1)]
    [InlineData("1 2 3 4 60", 5, 0)]
    [InlineData("10 20 30 40 50 55", 5, 10)]
    [InlineData("10", 1, 50)]
    [InlineData("", 0, 60)]
    public void So_many_wipes_go_within_an_hour(string ago, int most, int minutes)
    {
        var sent = ago.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(text => Now.AddMinutes(-int.Parse(text, null)));

        Assert.Equal(minutes == 0 ? null : Now.AddMinutes(minutes), HourlyCap.NextAt(sent, most, Now));
    }
}
