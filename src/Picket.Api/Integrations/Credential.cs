using System.Text.Json.Serialization;

namespace Picket.Api;

/// <summary>How Picket signs in at the UEM. Only ever sent to the server; no answer contains it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(BasicCredential), "basic")]
[JsonDerivedType(typeof(OAuthCredential), "oauth")]
[JsonDerivedType(typeof(CertificateCredential), "certificate")]
[JsonDerivedType(typeof(DirectoryCredential), "directory")]
public abstract record Credential
{
    private protected Credential() { }

    /// <summary>
    /// A credential that the UEM refused is not tried again for 15 minutes, lest the account is locked; the doctor then
    /// answers from memory. True says that the account was mended in the UEM since: it is tried once more.
    /// </summary>
    public bool AccountMended { get; init; }

    /// <summary>Names the kind alone: a secret must not reach a log by way of text formatting.</summary>
    public sealed override string ToString() => GetType().Name;
}

/// <summary>Basic authentication: an administrator account of the UEM and the organization group's API key.</summary>
/// <param name="Account">Name of the administrator account.</param>
/// <param name="Password">Its password.</param>
/// <param name="ApiKey">The REST API key of the organization group (the <c>aw-tenant-code</c>), of the kind Admin.</param>
public sealed record BasicCredential(string Account, string Password, string ApiKey) : Credential;

/// <summary>OAuth 2.0 client credentials.</summary>
/// <param name="TokenAddress">Address of the token service, https.</param>
/// <param name="ClientId">Client id.</param>
/// <param name="ClientSecret">Client secret.</param>
/// <param name="ApiKey">REST API key, where the tenant wants it besides the token.</param>
public sealed record OAuthCredential(string TokenAddress, string ClientId, string ClientSecret, string? ApiKey = null)
    : Credential;

/// <summary>Certificate-based authentication: known, so that the doctor can refuse it with an explanation. Carries nothing.</summary>
public sealed record CertificateCredential : Credential;

/// <summary>Directory-based authentication: known, so that the doctor can refuse it with an explanation. Carries nothing.</summary>
public sealed record DirectoryCredential : Credential;

/// <summary>Kind of sign-in at the UEM.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CredentialKind>))]
public enum CredentialKind
{
    /// <summary>Account, password and API key.</summary>
    Basic,

    /// <summary>OAuth 2.0 client credentials.</summary>
    OAuth,
}

/// <summary>Replaces the credential. The new one is tried first; when it fails, the old one stays (422 with the doctor's report).</summary>
/// <param name="Credential">The new credential, whole.</param>
public sealed record RotateCredential(Credential Credential)
{
    /// <summary>The day on which it ends in the UEM, from today on; null where nobody knows. Not for the credential of wipes.</summary>
    public DateOnly? EndsOn { get; init; }
}

/// <summary>The proxy on the way to the UEM.</summary>
/// <param name="Address">http or https address with port.</param>
/// <param name="User">User name, when the proxy asks for one.</param>
/// <param name="Password">Password; absent in answers.</param>
public sealed record ProxySettings(string Address, string? User = null, string? Password = null)
{
    /// <summary>Without the password.</summary>
    public override string ToString() => $"{nameof(ProxySettings)} {{ {Address} }}";
}
