namespace Picket.Api;

// People, their accounts and tokens, and the audit of what they did.
public static partial class Routes
{
    /// <summary>GET: page of <see cref="AuditEntry"/>, newest first, by <see cref="AuditFilter"/>.</summary>
    public const string Audit = Prefix + "/audit";

    /// <summary>GET: <see cref="AuditHeadView"/>, the signed end of the audit's chain; 409 when its key is lost.</summary>
    public const string AuditHead = Audit + "/head";

    /// <summary>GET: the whole audit as lines of <see cref="AuditExportLine"/>, the signed head last; 409 as above.</summary>
    public const string AuditExport = Audit + "/export";

    /// <summary>
    /// GET: page of <see cref="TokenView"/>: the caller's own, or all for whom may manage tokens. POST
    /// <see cref="CreateToken"/>: 201 with <see cref="CreatedToken"/>. For people; a service's token is made by who may
    /// manage tokens.
    /// </summary>
    public const string Tokens = Prefix + "/tokens";

    /// <summary>DELETE: revokes the token at once; 204, or 404 when it is revoked already.</summary>
    public const string Token = Tokens + "/{id}";

    /// <summary>
    /// POST <see cref="ClaimLink"/>: uses the one-time link of the first start or of an invitation; 201 with
    /// <see cref="SignedIn"/>, 400 for a name, address or password that cannot be taken, 403 when the code is unknown, used
    /// or expired, 429. Needs no token.
    /// </summary>
    public const string ClaimLink = Prefix + "/one-time-links/claim";

    /// <summary>
    /// POST <see cref="SignIn"/>: <see cref="SignedIn"/> with a token for 12 hours; 401 for a wrong name, password or second
    /// factor, and for an account that is closed for a while after ten wrong ones; 429. Needs no token.
    /// </summary>
    public const string SignIn = Prefix + "/sign-in";

    /// <summary>
    /// POST <see cref="Api.SetPassword"/>: chooses a new password by a one-time link that was made for that; 204, 400 for a
    /// password that cannot be taken, 403 when the code is unknown, used or expired, 429. Needs no token. All sessions,
    /// personal tokens and links to UEM accounts of the person end.
    /// </summary>
    public const string SetPassword = Prefix + "/one-time-links/password";

    /// <summary>
    /// GET: page of <see cref="PersonView"/>, for who manages people or reads the audit: everybody, or who has a role where
    /// the caller has that right.
    /// </summary>
    public const string People = Prefix + "/people";

    /// <summary>
    /// GET: <see cref="PersonView"/>. DELETE: erases the person; 204. Their sessions, tokens, roles and links go, and nobody
    /// can tell any more whose entries of the audit theirs were. 409 for the last owner.
    /// </summary>
    public const string Person = People + "/{id}";

    /// <summary>
    /// POST <see cref="RoleGiven"/>: gives a role, in place of the one at the same integration. DELETE with
    /// <c>?integrationId=</c>, or without for the role at all integrations: takes it. Both answer with
    /// <see cref="PersonView"/>; 403 for a role that is not the caller's to give, 409 for the last owner's.
    /// </summary>
    public const string PersonRoles = Person + "/roles";

    /// <summary>POST: shuts a person out at once, tokens too; <see cref="PersonView"/>; 409 for the last owner.</summary>
    public const string PersonDeactivate = Person + "/deactivate";

    /// <summary>POST: lets a person in again; <see cref="PersonView"/>.</summary>
    public const string PersonReactivate = Person + "/reactivate";

    /// <summary>
    /// POST: 201 with <see cref="CreatedLink"/>, good for a day, by which the person chooses a new password. Until it is used
    /// the old one stays good.
    /// </summary>
    public const string PersonPasswordLink = Person + "/password-link";

    /// <summary>POST: takes the second factor off a person who has lost it; <see cref="PersonView"/>.</summary>
    public const string PersonSecondFactorReset = Person + "/second-factor/reset";

    /// <summary>
    /// GET: page of <see cref="InvitationView"/>: those that are open, where the caller manages people. POST
    /// <see cref="Invite"/>: 201 with <see cref="CreatedLink"/>.
    /// </summary>
    public const string Invitations = Prefix + "/invitations";

    /// <summary>DELETE: withdraws an invitation; 204, or 404 when it is used or over.</summary>
    public const string Invitation = Invitations + "/{id}";

    /// <summary>GET: <see cref="MeView"/>, who the caller is.</summary>
    public const string Me = Prefix + "/me";

    /// <summary>GET: <see cref="AccountView"/>, how the caller signs in. For people.</summary>
    public const string MyAccount = Me + "/account";

    /// <summary>
    /// DELETE: the account of the OpenID Connect provider signs the caller in no more; 204, 404 where none is linked, 409
    /// where nothing else would.
    /// </summary>
    public const string MyProvider = Me + "/provider";

    /// <summary>
    /// POST <see cref="ChangePassword"/>: 204; 422 when the current one is wrong, 400 for one that cannot be taken. All other
    /// sessions end.
    /// </summary>
    public const string MyPassword = Me + "/password";

    /// <summary>GET: page of <see cref="SessionView"/>, newest first. DELETE: ends all but the one that asks; 204.</summary>
    public const string MySessions = Me + "/sessions";

    /// <summary>DELETE: ends a session of the caller's; 204, or 404 when it has ended.</summary>
    public const string MySession = MySessions + "/{id}";

    /// <summary>
    /// POST: <see cref="AuthenticatorSecret"/>, a new one; it counts once it is confirmed. 409 where a second factor is on.
    /// </summary>
    public const string MySecondFactor = Me + "/second-factor";

    /// <summary>
    /// POST <see cref="SecondFactorCode"/>: switches the second factor on; <see cref="Api.RecoveryCodes"/>. 422 for a wrong code.
    /// </summary>
    public const string MySecondFactorConfirm = MySecondFactor + "/confirm";

    /// <summary>POST <see cref="SecondFactorCode"/>: switches the second factor off; 204, 422 for a wrong code.</summary>
    public const string MySecondFactorRemove = MySecondFactor + "/remove";

    /// <summary>
    /// POST <see cref="SecondFactorCode"/>: <see cref="Api.RecoveryCodes"/>, new ones; the old ones end. 422 for a wrong code.
    /// </summary>
    public const string MyRecoveryCodes = Me + "/recovery-codes";
}
