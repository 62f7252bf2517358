namespace Picket.Core.Identity;

/// <summary>Who asks to change an integration's settings.</summary>
public abstract record ChangeActor
{
    private ChangeActor() { }

    /// <summary>The token that only who owns this machine's data folder can read.</summary>
    public sealed record LocalOwner : ChangeActor;

    public sealed record ServiceToken(string Name) : ChangeActor;

    /// <param name="LinkedAdmin">The UEM administrator account that the person proved to hold; null when none.</param>
    public sealed record Person(Guid? LinkedAdmin) : ChangeActor;
}

/// <summary>The integration whose settings would change.</summary>
/// <param name="OwnUserName">The account that Picket itself signs in with; null for an OAuth client.</param>
/// <param name="PeopleExist">Whether anybody can be a person here yet; until then the local owner stands in.</param>
public sealed record ChangeTarget(Guid GroupUuid, string? OwnUserName, bool PeopleExist);

public enum ChangeRefusal
{
    None = 0,
    ServiceTokensNeverChange,
    OwnerOnlyUntilPeopleExist,
    OwnerNoLongerActs,
    NotLinked,
    NoAnswer,
    AccountAbsent,
    AccountNotActive,
    IntegrationsOwnAccount,
    NoRoleAtGroup,
    RoleNotActive,
    RoleReadOnly,
}

/// <param name="Reason">A sentence for the person who was refused; empty when allowed.</param>
public sealed record ChangeDecision(ChangeRefusal Refusal, string Reason)
{
    public bool Allowed => Refusal == ChangeRefusal.None;
}

/// <summary>
/// The one function that decides who changes an integration's settings: only administrators whose active role, not a
/// read-only one, is assigned at exactly its organization group. The UEM stays the authority: the account is re-read
/// before each change, and no answer refuses.
/// </summary>
public static class ChangeAuthority
{
    private static readonly ChangeDecision Allow = new(ChangeRefusal.None, "");

    public static ChangeDecision Decide(ChangeActor actor, ChangeTarget target, AdminReading reread) =>
        actor switch
        {
            ChangeActor.ServiceToken token => Refuse(
                ChangeRefusal.ServiceTokensNeverChange,
                $"The token \"{token.Name}\" is a service's. Service tokens never change settings."
            ),
            ChangeActor.LocalOwner when !target.PeopleExist => Allow,
            ChangeActor.LocalOwner => Refuse(
                ChangeRefusal.OwnerNoLongerActs,
                "People have signed in here, so settings are changed by a person who is linked to a UEM account."
            ),
            _ when !target.PeopleExist => Refuse(
                ChangeRefusal.OwnerOnlyUntilPeopleExist,
                "Only the local owner's token changes settings here."
            ),
            ChangeActor.Person { LinkedAdmin: { } admin } => Decide(admin, target, reread),
            _ => Refuse(
                ChangeRefusal.NotLinked,
                "You are not linked to a UEM administrator account. Link one, then try again."
            ),
        };

    private static ChangeDecision Decide(Guid admin, ChangeTarget target, AdminReading reread) =>
        reread switch
        {
            AdminReading.Found { Account: var account } when account.Uuid == admin => Decide(account, target),
            AdminReading.NoAnswer no => Refuse(
                ChangeRefusal.NoAnswer,
                $"The UEM could not be asked whether you may do this ({no.Cause}). Try again when it answers."
            ),
            _ => Refuse(ChangeRefusal.AccountAbsent, "The UEM no longer knows the account that you are linked to."),
        };

    private static ChangeDecision Decide(AdminAccount account, ChangeTarget target)
    {
        var here = account.Roles.Where(role => role.GroupUuid == target.GroupUuid).ToList();
        var active = here.Where(role => role.Active).ToList();

        return account switch
        {
            { Active: not true } => Refuse(ChangeRefusal.AccountNotActive, "Your UEM account is not active."),
            _ when IsOwn(account, target) => Refuse(
                ChangeRefusal.IntegrationsOwnAccount,
                "This is the account that Picket itself uses; nobody changes settings with it."
            ),
            _ when here.Count == 0 => Refuse(
                ChangeRefusal.NoRoleAtGroup,
                "Your UEM account has no role at the integration's own organization group; one above or below does not count."
            ),
            _ when active.Count == 0 => Refuse(
                ChangeRefusal.RoleNotActive,
                "Your role at the integration's organization group is not active."
            ),
            _ when active.All(role => role.ReadOnly) => Refuse(
                ChangeRefusal.RoleReadOnly,
                "Your role at the integration's organization group is read-only."
            ),
            _ => Allow,
        };
    }

    private static bool IsOwn(AdminAccount account, ChangeTarget target) =>
        target.OwnUserName is { } own && own.Trim().Equals(account.UserName.Trim(), StringComparison.OrdinalIgnoreCase);

    private static ChangeDecision Refuse(ChangeRefusal refusal, string reason) => new(refusal, reason);
}
