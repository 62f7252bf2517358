namespace Picket.Core.Response;

/// <summary>Somebody who asks for a wipe, or approves one, as it is known at this moment.</summary>
/// <param name="Person">Picket's id; null for a service's token.</param>
/// <param name="IsWhole">Signed in in a browser, or with a token that reaches all that the person may.</param>
/// <param name="May">Whether their role lets them do it at this integration.</param>
/// <param name="UemAccount">The UEM administrator account that they are linked to at this integration; null for none.</param>
/// <param name="HasFactor">Whether they have a second factor.</param>
/// <param name="FactorAt">When it was last shown here; null when it was not.</param>
public sealed record WipeParty(
    Guid? Person,
    bool IsWhole,
    bool May,
    Guid? UemAccount,
    bool HasFactor,
    DateTimeOffset? FactorAt
);

/// <summary>What was kept of a wipe when it was asked for.</summary>
/// <param name="Person">Who asked.</param>
/// <param name="UemAccount">The UEM account that they were linked to then.</param>
/// <param name="ExpiresAt">When the request ends.</param>
public sealed record WipeAsked(Guid Person, Guid UemAccount, DateTimeOffset ExpiresAt);

/// <summary>
/// One had a hand in what the other is here: an invitation, a role, a confirmed link to a UEM account, a link for a new
/// password, a reset factor.
/// </summary>
public sealed record PersonTie(Guid From, Guid To, DateTimeOffset At);

/// <summary>Why somebody may not ask for a wipe, or not approve this one.</summary>
public enum PartyRefusal
{
    None = 0,
    NotAPerson,
    NoRight,
    NotLinked,
    NoFactor,
    FactorNotShown,
    SamePerson,
    SameAccount,
    Tied,
    Expired,

    /// <summary>Who asked may not any more, or is linked to another UEM account now.</summary>
    RequesterMayNot,
}

/// <summary>Destruction takes two people (law 4): who they may be.</summary>
public static class TwoPeople
{
    /// <summary>How long a second factor counts as just used.</summary>
    public static readonly TimeSpan FactorCounts = TimeSpan.FromMinutes(5);

    /// <summary>Who was invited or given a role by the other within this time does not count as another.</summary>
    public static readonly TimeSpan TieCounts = TimeSpan.FromDays(7);

    public static PartyRefusal MayAsk(WipeParty party, DateTimeOffset now) => Alone(party, now);

    /// <param name="requester">Who asked, as they are known at this moment.</param>
    public static PartyRefusal MayApprove(
        WipeParty approver,
        WipeAsked asked,
        WipeParty requester,
        IEnumerable<PersonTie> ties,
        DateTimeOffset now
    ) =>
        now >= asked.ExpiresAt ? PartyRefusal.Expired
        : approver.Person == asked.Person ? PartyRefusal.SamePerson
        : Alone(approver, now) is var alone and not PartyRefusal.None ? alone
        : approver.UemAccount == asked.UemAccount ? PartyRefusal.SameAccount
        : ties.Any(tie => Between(tie, approver.Person!.Value, asked.Person) && now - tie.At < TieCounts)
            ? PartyRefusal.Tied
        : !StillHolds(requester, asked.UemAccount, approver, approver.UemAccount!.Value) ? PartyRefusal.RequesterMayNot
        : PartyRefusal.None;

    /// <summary>
    /// What must still hold when the wipe is sent, perhaps a day after it was approved. The second factor was shown then.
    /// </summary>
    public static bool StillHolds(WipeParty requester, Guid asWas, WipeParty approver, Guid approverWas) =>
        requester is { Person: not null, May: true }
        && approver is { Person: not null, May: true }
        && requester.Person != approver.Person
        && requester.UemAccount == asWas
        && approver.UemAccount == approverWas
        && asWas != approverWas;

    private static PartyRefusal Alone(WipeParty party, DateTimeOffset now) =>
        party.Person is null || !party.IsWhole ? PartyRefusal.NotAPerson
        : !party.May ? PartyRefusal.NoRight
        : party.UemAccount is null ? PartyRefusal.NotLinked
        : !party.HasFactor ? PartyRefusal.NoFactor
        : party.FactorAt is not { } at || now - at > FactorCounts || at > now + FactorCounts
            ? PartyRefusal.FactorNotShown
        : PartyRefusal.None;

    private static bool Between(PersonTie tie, Guid one, Guid other) =>
        (tie.From == one && tie.To == other) || (tie.From == other && tie.To == one);
}
