using System.Text;

namespace Picket.WorkspaceOne;

/// <summary>A way to sign in. Its text form never holds a secret.</summary>
public abstract record Credential
{
    private protected Credential() { }

    /// <summary>The kind alone.</summary>
    public sealed override string ToString() => $"{GetType().Name} (secrets hidden)";

    internal abstract IEnumerable<string?> Secrets { get; }

    internal abstract string? TenantCode { get; }

    internal abstract void Validate();

    /// <summary>A key is sent as a header, where a line break or another control character would be refused at each call.</summary>
    private protected static void RequireHeaderText(string apiKey)
    {
        if (apiKey.Any(letter => letter is <= ' ' or >= '\x7f'))
        {
            throw new ArgumentException("An API key holds neither blanks nor line breaks nor letters beyond ASCII.");
        }
    }
}

/// <summary>Basic authentication of an administrator account, with the API key of the organization group.</summary>
/// <param name="Account">Name of the account; directory accounts as <c>domain\user</c>.</param>
/// <param name="Password">Its password.</param>
/// <param name="ApiKey">The admin API key, sent as <c>aw-tenant-code</c>.</param>
public sealed record BasicCredential(string Account, string Password, string ApiKey) : Credential
{
    internal string HeaderValue => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Account}:{Password}"));

    internal override IEnumerable<string?> Secrets => [Password, ApiKey, HeaderValue];

    internal override string? TenantCode => ApiKey;

    internal override void Validate()
    {
        // An empty password is a sign-in that can only fail, and counts towards the lock of the account.
        ArgumentException.ThrowIfNullOrWhiteSpace(Account);
        ArgumentException.ThrowIfNullOrEmpty(Password);
        ArgumentException.ThrowIfNullOrWhiteSpace(ApiKey);
        RequireHeaderText(ApiKey);
        if (Account.Contains(':', StringComparison.Ordinal))
        {
            throw new ArgumentException("An account name for Basic authentication cannot hold a colon.");
        }
    }
}

/// <summary>OAuth 2 client credentials; SaaS only. The API key is sent when given (field use differs, trust C).</summary>
/// <param name="TokenAddress">The token route of the region, such as <c>https://na.uemauth.workspaceone.com/connect/token</c>.</param>
/// <param name="ClientId">Client id, bound to one role and organization group.</param>
/// <param name="ClientSecret">Client secret.</param>
/// <param name="ApiKey">API key, or null.</param>
public sealed record OAuthCredential(Uri TokenAddress, string ClientId, string ClientSecret, string? ApiKey = null)
    : Credential
{
    /// <summary>What <see cref="FailureFacts.Route"/> holds where the token service failed, not the UEM.</summary>
    public const string TokenRoute = "POST (token address)";

    internal override IEnumerable<string?> Secrets => [ClientSecret, ApiKey];

    internal override string? TenantCode => ApiKey;

    internal override void Validate()
    {
        WorkspaceOneOptions.RequireSecure(TokenAddress, nameof(TokenAddress));
        ArgumentException.ThrowIfNullOrWhiteSpace(ClientId);
        ArgumentException.ThrowIfNullOrEmpty(ClientSecret);
        if (ApiKey is not null)
        {
            RequireHeaderText(ApiKey);
        }
    }
}
