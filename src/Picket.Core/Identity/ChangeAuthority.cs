namespace Picket.Core.Identity;

/// <summary>Who asks to change an integration's settings.</summary>
public abstract record ChangeActor
{
    private ChangeActor() { }

    public sealed record ServiceToken(string Name) : ChangeActor;

    /// <param name="LinkedAdmin">The UEM administrator account that the person proved to hold; null when none.</param>
    public sealed record Person(Guid? LinkedAdmin) : ChangeActor;

    /// <summary>A person whom somebody at the server's own host let in for a while, for a UEM that is gone.</summary>
    public sealed record Recovering : ChangeActor;
}

/// <summary>The integration whose settings would change.</summary>
/// <param name="OwnUserNames">The accounts that Picket itself signs in with, now and after the change.</param>
public sealed record ChangeTarget(Guid GroupUuid, IReadOnlyList<string> OwnUserNames)
{
    public bool IsOwn(string userName) =>
        OwnUserNames.Any(own => own.Trim().Equals(userName.Trim(), StringComparison.OrdinalIgnoreCase));
}

public enum ChangeRefusal
{
    None = 0,
    ServiceTokensNeverChange,
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

    /// <summary>What is known before the UEM is asked: null for who is linked, whom it then decides about.</summary>
    public static ChangeDecision? BeforeReading(ChangeActor actor) =>
        actor switch
        {
            ChangeActor.ServiceToken token => Refuse(
                ChangeRefusal.ServiceTokensNeverChange,
                $"The token \"{token.Name}\" is a service's. Service tokens never change settings."
            ),
            ChangeActor.Recovering => Allow,
            ChangeActor.Person { LinkedAdmin: null } => Refuse(
                ChangeRefusal.NotLinked,
                "You are not linked to a UEM administrator account at this integration. Only administrators of its "
                    + "organization group change its settings: link your UEM account, then try again."
            ),
            _ => null,
        };

    public static ChangeDecision Decide(ChangeActor actor, ChangeTarget target, AdminReading reread) =>
        BeforeReading(actor) ?? Decide(((ChangeActor.Person)actor).LinkedAdmin!.Value, target, reread);

    private static ChangeDecision Decide(Guid admin, ChangeTarget target, AdminReading reread) =>
        reread switch
        {
            AdminReading.Found { Account: var account } when account.Uuid == admin => Decide(account, target),
            AdminReading.NoAnswer no => Refuse(
                ChangeRefusal.NoAnswer,
                $"The UEM could not be asked whether you may do this: {no.Cause.TrimEnd('.')}. Try again when it answers."
            ),
            _ => Refuse(
                ChangeRefusal.AccountAbsent,
                "The UEM no longer shows the account that you are linked to: it was removed, renamed, or moved out of reach."
            ),
        };

    private static ChangeDecision Decide(AdminAccount account, ChangeTarget target)
    {
        var here = account.Roles.Where(role => role.GroupUuid == target.GroupUuid).ToList();
        var active = here.Where(role => role.Active).ToList();

        return account switch
        {
            { Active: false } => Refuse(ChangeRefusal.AccountNotActive, "Your UEM account is not active."),
            { Active: null } => Refuse(
                ChangeRefusal.AccountNotActive,
                "The UEM does not tell whether your account is active."
            ),
            _ when target.IsOwn(account.UserName) => Refuse(
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

    private static ChangeDecision Refuse(ChangeRefusal refusal, string reason) => new(refusal, reason);
}
