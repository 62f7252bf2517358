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
