using Picket.WorkspaceOne.Diagnostics;
using Picket.WorkspaceOne.Paging;

namespace Picket.WorkspaceOne;

/// <summary>What a client needs to know about one UEM. Immutable: rotate a credential by building a new client.</summary>
public sealed record WorkspaceOneOptions
{
    /// <summary>
    /// Address of the API, such as <c>https://as123.awmdm.com/API</c>. A missing path becomes <c>/API</c>.
    /// HTTPS only; plain HTTP is accepted to loopback.
    /// </summary>
    public required Uri Address { get; init; }

    /// <summary>Who signs in.</summary>
    public required Credential Credential { get; init; }

    /// <summary>Time that one attempt may take, from sending to the last byte. Default 30 s.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Retries after the first attempt of a call that is safe to repeat. 0 to 10, default 4.</summary>
    public int MaxRetries { get; init; } = 4;

    /// <summary>A <c>Retry-After</c> beyond this is not waited for; the caller gets it instead. Default 2 min.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>First wait of the exponential backoff; doubled each time, with jitter. Default 1 s.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How listings are read where a call does not say it. Default pages of 500, 8 in flight.</summary>
    public PagingOptions Paging { get; init; } = new();

    /// <summary>Longest body that is read, in bytes after decompression. Default 32 MiB.</summary>
    public long MaxResponseBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Sent as User-Agent with every request.</summary>
    public string UserAgent { get; init; } = "Picket";

    /// <summary>Seed of the retry jitter; null takes one from the system.</summary>
    public int? JitterSeed { get; init; }

    /// <summary>Receives a redacted copy of every exchange. Costs time: for diagnosis only.</summary>
    public ExchangeRecorder? Recorder { get; init; }

    /// <summary>Asked before each request that changes something; null lets all of them pass.</summary>
    public WriteGate? Writes { get; init; }

    /// <summary>
    /// What is known about the credential, shared with other clients that use the same one; null for a guard of its
    /// own with the default threshold.
    /// </summary>
    public SignInGuard? SignIns { get; init; }

    /// <summary>
    /// Called once when the credential is known to be refused by the server or the token service, before the caller
    /// gets the exception: the place to remember durably that nobody may sign in with it again. Must not throw.
    /// </summary>
    public Action<SignInRefusedException>? SignInRefused { get; init; }

    internal WorkspaceOneOptions Validated()
    {
        RequireSecure(Address, nameof(Address));
        Credential.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(AttemptTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxRetries);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxRetries, 10);
        _ = Paging.Validated();
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxResponseBytes, 1024);
        ArgumentException.ThrowIfNullOrWhiteSpace(UserAgent);
        return this with { Address = WithApiPath(Address), SignIns = SignIns ?? new SignInGuard() };
    }

    internal static void RequireSecure(Uri address, string name)
    {
        ArgumentNullException.ThrowIfNull(address, name);
        if (!address.IsAbsoluteUri)
        {
            throw new ArgumentException("The address must be absolute, such as https://as123.awmdm.com/API.", name);
        }

        var secure =
            address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);
        if (!secure)
        {
            throw new ArgumentException("The address must use https; plain http is for loopback only.", name);
        }

        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            throw new ArgumentException("The address must hold no user, query or fragment.", name);
        }
    }

    private static Uri WithApiPath(Uri address)
    {
        var path = address.AbsolutePath.TrimEnd('/');
        return new Uri(address, (path.Length == 0 ? "/API" : path) + "/");
    }
}
