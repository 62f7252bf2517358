using System.Text.Json.Serialization;

namespace Picket.Api;

/// <summary>What a person is here.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PersonRole>))]
public enum PersonRole
{
    /// <summary>Everything, at all integrations.</summary>
    Owner,

    /// <summary>Everything.</summary>
    Administrator,

    /// <summary>Reads, starts readings and checks, and asks for responses.</summary>
    Analyst,

    /// <summary>Reads, and approves what waits for a person.</summary>
    Approver,

    /// <summary>Reads, the audit too, and changes nothing.</summary>
    Auditor,
}

/// <summary>A role that somebody has.</summary>
/// <param name="Role">Which.</param>
/// <param name="IntegrationId">Where; null for all integrations.</param>
public sealed record RoleGiven(PersonRole Role, Guid? IntegrationId);

/// <summary>A person.</summary>
/// <param name="Id">Picket's id.</param>
/// <param name="Name">The name to sign in with.</param>
/// <param name="Email">The mail address, which signs in as well.</param>
/// <param name="Roles">What the person is, and where.</param>
/// <param name="SecondFactor">Whether signing in needs a second factor.</param>
/// <param name="CreatedAt">Since when.</param>
/// <param name="LastSignInAt">When the person last signed in.</param>
/// <param name="DeactivatedAt">Since when the person is shut out; null for who is not.</param>
public sealed record PersonView(
    Guid Id,
    string Name,
    string Email,
    IReadOnlyList<RoleGiven> Roles,
    bool SecondFactor,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastSignInAt,
    DateTimeOffset? DeactivatedAt
);

/// <summary>Uses a one-time link: the caller becomes a person.</summary>
/// <param name="Code">The code, which is what follows <c>#</c> in the link.</param>
/// <param name="Name">The name to sign in with: 2 to 64 letters, digits, spaces, dots, hyphens and underscores.</param>
/// <param name="Email">The mail address.</param>
/// <param name="Password">12 to 128 characters.</param>
/// <param name="TokenDays">Days until the personal token of the answer ends, 1 to 366.</param>
public sealed record ClaimLink(string Code, string Name, string Email, string Password, int TokenDays = 30)
{
    /// <summary>Without the secrets.</summary>
    public override string ToString() => $"{nameof(ClaimLink)} {{ {Name} }}";
}

/// <summary>Signs in.</summary>
/// <param name="Name">The person's name or mail address.</param>
/// <param name="Password">The password.</param>
/// <param name="SecondFactor">A code of the authenticator app, or a recovery code, where the person has one.</param>
public sealed record SignIn(string Name, string Password, string? SecondFactor = null)
{
    /// <summary>Without the secrets.</summary>
    public override string ToString() => $"{nameof(SignIn)} {{ {Name} }}";
}

/// <summary>Who signed in, with a personal token of scope Full.</summary>
/// <param name="Person">The person.</param>
/// <param name="Token">The token; its secret is shown this once.</param>
public sealed record SignedIn(PersonView Person, CreatedToken Token);

/// <summary>Asks for a link that makes somebody a person, once.</summary>
/// <param name="Role">What they will be. Owner only at all integrations, and only by an owner.</param>
/// <param name="IntegrationId">Where; null for all integrations.</param>
/// <param name="Note">For whom, at most 200 characters; shown to who manages people, and gone with the invitation.</param>
/// <param name="Days">Days until the link ends, 1 to 30.</param>
public sealed record Invite(PersonRole Role, Guid? IntegrationId = null, string? Note = null, int Days = 7);

/// <summary>A link that was made and that nobody used yet.</summary>
/// <param name="Id">Picket's id.</param>
/// <param name="Role">What somebody becomes by it.</param>
/// <param name="IntegrationId">Where; null for all integrations.</param>
/// <param name="Note">For whom.</param>
/// <param name="InvitedBy">The inviter's name; null where it was erased.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it ends.</param>
public sealed record InvitationView(
    Guid Id,
    PersonRole Role,
    Guid? IntegrationId,
    string? Note,
    string? InvitedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt
);

/// <summary>A new one-time link. The server keeps only a hash of its code.</summary>
/// <param name="Id">Of the link.</param>
/// <param name="Path">To be put behind the server's address, e.g. <c>/invitation#…</c>. Shown this once.</param>
/// <param name="ExpiresAt">When it ends.</param>
public sealed record CreatedLink(Guid Id, string Path, DateTimeOffset ExpiresAt)
{
    /// <summary>Without the code.</summary>
    public override string ToString() => $"{nameof(CreatedLink)} {{ {Id} }}";
}

/// <summary>Chooses a new password by a one-time link that somebody made for that.</summary>
/// <param name="Code">The code, which is what follows <c>#</c> in the link.</param>
/// <param name="Password">12 to 128 characters.</param>
public sealed record SetPassword(string Code, string Password)
{
    /// <summary>Without the secrets.</summary>
    public override string ToString() => nameof(SetPassword);
}

/// <summary>Changes one's own password.</summary>
/// <param name="Current">The one until now.</param>
/// <param name="Wanted">12 to 128 characters.</param>
public sealed record ChangePassword(string Current, string Wanted)
{
    /// <summary>Without the secrets.</summary>
    public override string ToString() => nameof(ChangePassword);
}

/// <summary>A browser in which somebody is signed in.</summary>
/// <param name="Id">Picket's id.</param>
/// <param name="CreatedAt">When they signed in.</param>
/// <param name="LastSeenAt">When it was last used, to the minute.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
/// <param name="Address">The network address that they signed in from.</param>
/// <param name="Browser">What the browser calls itself.</param>
/// <param name="SecondFactor">Whether a second factor was shown.</param>
/// <param name="Current">Whether it is the one that asks.</param>
public sealed record SessionView(
    Guid Id,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastSeenAt,
    DateTimeOffset ExpiresAt,
    string Address,
    string Browser,
    bool SecondFactor,
    bool Current
);

/// <summary>How the caller signs in.</summary>
/// <param name="Person">The caller.</param>
/// <param name="HasPassword">Whether a password signs in.</param>
/// <param name="RecoveryCodesLeft">Recovery codes that were not used yet; 0 without a second factor.</param>
public sealed record AccountView(PersonView Person, bool HasPassword, int RecoveryCodesLeft)
{
    /// <summary>The OpenID Connect provider that people can sign in with; null where the server has none.</summary>
    public string? Provider { get; set; }

    /// <summary>Whether an account of that provider signs the caller in.</summary>
    public bool ProviderLinked { get; set; }

    /// <summary>Names of the owners, for whom has no role yet and wants to know whom to ask; else empty.</summary>
    public IReadOnlyList<string> WhoGivesRoles { get; init; } = [];
}

/// <summary>What an authenticator app needs to know. It counts once a code of it was confirmed.</summary>
/// <param name="Secret">In base 32, for typing.</param>
/// <param name="Uri">The <c>otpauth:</c> address, for a QR code: SHA-1, 6 digits, 30 seconds, as every app can.</param>
public sealed record AuthenticatorSecret(string Secret, string Uri)
{
    /// <summary>Without the secret.</summary>
    public override string ToString() => nameof(AuthenticatorSecret);
}

/// <summary>A code of the second factor.</summary>
/// <param name="Code">The six digits of the authenticator app, or a recovery code where one is taken.</param>
public sealed record SecondFactorCode(string Code)
{
    /// <summary>Without the code.</summary>
    public override string ToString() => nameof(SecondFactorCode);
}

/// <summary>Codes for the day on which the phone with the authenticator is lost. Each is good once; shown this once.</summary>
/// <param name="Codes">Ten, of 16 characters in four groups.</param>
public sealed record RecoveryCodes(IReadOnlyList<string> Codes)
{
    /// <summary>Without the codes.</summary>
    public override string ToString() => $"{nameof(RecoveryCodes)} {{ {Codes.Count} }}";
}
