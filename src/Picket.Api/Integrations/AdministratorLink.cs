namespace Picket.Api;

/// <summary>
/// Proves that somebody holds an administrator account of the UEM: one call signs in with it. Basic accounts only. The
/// password is used once and never kept. After three tries within an hour that were not right, for one account or by one
/// person, nothing more is sent to the UEM.
/// </summary>
/// <param name="UserName">Whole sign-in name of the person's own administrator account; never the account that Picket itself uses.</param>
/// <param name="Password">Its password.</param>
/// <param name="ApiKey">The REST API key, where the integration signs in by OAuth and has none; used once.</param>
public sealed record AdministratorProof(string UserName, string Password, string? ApiKey = null)
{
    /// <summary>Without a secret.</summary>
    public override string ToString() => nameof(AdministratorProof);
}

/// <summary>Who is linked to which UEM administrator account at an integration.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="PersonName">The person's name.</param>
/// <param name="UserName">Sign-in name of the UEM account.</param>
/// <param name="LinkedAt">When it was proven.</param>
/// <param name="ReadAt">When the account was last read in the UEM.</param>
/// <param name="MayChange">Whether it let its holder change settings then; it is read anew before each change.</param>
/// <param name="WhyNot">Why it did not.</param>
/// <param name="Issuer">
/// Issuer of the OpenID Connect provider whose account it is bound to; null where the UEM account was proven by password.
/// </param>
public sealed record AdministratorLink(
    Guid PersonId,
    string PersonName,
    string UserName,
    DateTimeOffset LinkedAt,
    DateTimeOffset ReadAt,
    bool MayChange,
    string? WhyNot,
    string? Issuer = null
);

/// <summary>
/// A person whose address one UEM account carries, by the word of the OpenID Connect provider, asks to be linked to it.
/// </summary>
/// <param name="Id">Picket's id.</param>
/// <param name="PersonId">Who asks.</param>
/// <param name="PersonName">The person's name.</param>
/// <param name="UserName">Sign-in name of the UEM account.</param>
/// <param name="AskedAt">Since when.</param>
/// <param name="ExpiresAt">Until when it can be confirmed.</param>
public sealed record LinkRequest(
    Guid Id,
    Guid PersonId,
    string PersonName,
    string UserName,
    DateTimeOffset AskedAt,
    DateTimeOffset ExpiresAt
);

/// <summary>
/// Somebody at the server's own host let a person change this integration without the UEM for a while. It is shown until
/// somebody who may change integrations acknowledges it.
/// </summary>
/// <param name="Id">Picket's id.</param>
/// <param name="PersonName">Who was let in.</param>
/// <param name="Reason">Why, in the words of who did it.</param>
/// <param name="StartedAt">Since when.</param>
/// <param name="EndsAt">Until when.</param>
/// <param name="Active">Whether it lasts still.</param>
/// <param name="AcknowledgedAt">When somebody acknowledged it.</param>
public sealed record RecoveryView(
    Guid Id,
    string PersonName,
    string Reason,
    DateTimeOffset StartedAt,
    DateTimeOffset EndsAt,
    bool Active,
    DateTimeOffset? AcknowledgedAt
);
