using Picket.Core.Response;

namespace Picket.Core.Tests.Response;

public sealed class TwoPeopleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Alice = Id(1);
    private static readonly Guid Bob = Id(2);
    private static readonly Guid AliceUem = Id(11);
    private static readonly Guid BobUem = Id(12);
    private static readonly WipeParty Party = new(Bob, true, true, BobUem, true, Now.AddMinutes(-1));
    private static readonly WipeParty Requester = new(Alice, true, true, AliceUem, true, null);
    private static readonly WipeAsked Asked = new(Alice, AliceUem, Now.AddHours(1));

    public static TheoryData<string, PartyRefusal> OneAlone =>
        new()
        {
            { "fine", PartyRefusal.None },
            { "a service", PartyRefusal.NotAPerson },
            { "a token of scope Write", PartyRefusal.NotAPerson },
            { "no right", PartyRefusal.NoRight },
            { "not linked", PartyRefusal.NotLinked },
            { "no factor", PartyRefusal.NoFactor },
            { "factor never shown", PartyRefusal.FactorNotShown },
            { "factor shown 5 minutes ago", PartyRefusal.None },
            { "factor shown 6 minutes ago", PartyRefusal.FactorNotShown },
            { "factor shown tomorrow", PartyRefusal.FactorNotShown },
        };

    [Theory]
    [MemberData(nameof(OneAlone))]
    public void Who_asks_and_who_approves_are_people_with_a_right_an_account_and_a_factor(
        string who,
        PartyRefusal refusal
    )
    {
        var party = who switch
        {
            "a service" => Party with { Person = null },
            "a token of scope Write" => Party with { IsWhole = false },
            "no right" => Party with { May = false },
            "not linked" => Party with { UemAccount = null },
            "no factor" => Party with { HasFactor = false, FactorAt = null },
            "factor never shown" => Party with { FactorAt = null },
            "factor shown 5 minutes ago" => Party with { FactorAt = Now.AddMinutes(-5) },
            "factor shown 6 minutes ago" => Party with { FactorAt = Now.AddMinutes(-6) },
            "factor shown tomorrow" => Party with { FactorAt = Now.AddDays(1) },
            _ => Party,
        };

        Assert.Equal(refusal, TwoPeople.MayAsk(party, Now));
        Assert.Equal(refusal, Approving(party));
    }

    [Fact]
    public void They_are_two_with_two_accounts_and_in_time()
    {
        Assert.Equal(PartyRefusal.SamePerson, Approving(Party with { Person = Alice }));
        Assert.Equal(PartyRefusal.SamePerson, Approving(Party with { Person = Alice, UemAccount = BobUem }));
        Assert.Equal(PartyRefusal.SameAccount, Approving(Party with { UemAccount = AliceUem }));
        Assert.Equal(
            PartyRefusal.Expired,
            TwoPeople.MayApprove(Party, Asked with { ExpiresAt = Now }, Requester, [], Now)
        );
    }

    [Fact]
    public void Nothing_is_approved_for_who_may_not_ask_any_more()
    {
        foreach (
            var gone in new[]
            {
                Requester with
                {
                    Person = null,
                },
                Requester with
                {
                    May = false,
                },
                Requester with
                {
                    UemAccount = null,
                },
                Requester with
                {
                    UemAccount = Id(13),
                },
            }
        )
        {
            Assert.Equal(PartyRefusal.RequesterMayNot, TwoPeople.MayApprove(Party, Asked, gone, [], Now));
        }
    }

    [Theory]
    [InlineData(6, true)]
    [InlineData(7, false)]
    [InlineData(400, false)]
    public void Who_made_the_other_what_they_are_within_seven_days_is_no_other(int days, bool tied)
    {
        var at = Now.AddDays(-days);
        var expected = tied ? PartyRefusal.Tied : PartyRefusal.None;

        Assert.Equal(expected, Approving(Party, new PersonTie(Alice, Bob, at)));
        Assert.Equal(expected, Approving(Party, new PersonTie(Bob, Alice, at)));
        Assert.Equal(
            PartyRefusal.None,
            Approving(Party, new PersonTie(Id(3), Bob, at), new PersonTie(Alice, Id(3), at))
        );
    }

    [Fact]
    public void What_was_approved_counts_only_while_both_may_and_are_who_they_were()
    {
        Assert.True(Holds(Requester, Party));
        Assert.False(Holds(Requester with { May = false }, Party));
        Assert.False(Holds(Requester, Party with { May = false }));
        Assert.False(Holds(Requester with { UemAccount = null }, Party));
        Assert.False(Holds(Requester, Party with { UemAccount = Id(13) }));
        Assert.False(Holds(Requester, Party with { Person = null }));
        Assert.False(Holds(Requester, Party with { Person = Alice }));

        static bool Holds(WipeParty asked, WipeParty approved) =>
            TwoPeople.StillHolds(asked, AliceUem, approved, BobUem);
    }

    private static PartyRefusal Approving(WipeParty approver, params PersonTie[] ties) =>
        TwoPeople.MayApprove(approver, Asked, Requester, ties, Now);

    private static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
}
