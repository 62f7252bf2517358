using System.Text.Json.Serialization;

namespace Picket.Api;

/// <summary>What a token lets through of the rights behind it: those of its person, or a service's.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TokenScope>))]
public enum TokenScope
{
    /// <summary>Read everything but secrets.</summary>
    Read,

    /// <summary>Also start runs, import feeds and the like. Never settings of an integration, never an approval.</summary>
    Write,

    /// <summary>All that the person may whom the token acts as. Never for a service.</summary>
    Full,
}

/// <summary>Asks for a token.</summary>
/// <param name="Name">What it is for; 1 to 100 characters.</param>
/// <param name="Scope">What it may do; Full for a personal one only.</param>
/// <param name="ExpiresInDays">Days until it ends, 1 to 366.</param>
public sealed record CreateToken(string Name, TokenScope Scope, int ExpiresInDays)
{
    /// <summary>Whether it acts as the caller, with the caller's rights of each moment; else it is a service's.</summary>
    public bool Personal { get; set; }
}

/// <summary>A new token. The secret is shown this once and kept only as a hash.</summary>
/// <param name="Token">The token.</param>
/// <param name="Secret">The bearer text, <c>pk_…</c>.</param>
public sealed record CreatedToken(TokenView Token, string Secret)
{
    /// <summary>Without the secret.</summary>
    public override string ToString() => $"{nameof(CreatedToken)} {{ {Token.Id} }}";
}

/// <summary>A token without its secret.</summary>
/// <param name="Id">Picket's id.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Scope">What it may do.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it ends; null for the owner's.</param>
/// <param name="LastUsedAt">When it was last used, to the minute.</param>
/// <param name="RevokedAt">When it was revoked.</param>
public sealed record TokenView(
    Guid Id,
    string Name,
    TokenScope Scope,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt,
    DateTimeOffset? RevokedAt
)
{
    /// <summary>Whom it acts as; null for a service's.</summary>
    public Guid? PersonId { get; init; }
}

/// <summary>Who the caller is.</summary>
/// <param name="Name">Name of the token, or of the person in a browser.</param>
/// <param name="Scope">What it may do.</param>
/// <param name="ExpiresAt">When it ends.</param>
/// <param name="ServerVersion">Version of the server.</param>
public sealed record MeView(string Name, TokenScope Scope, DateTimeOffset? ExpiresAt, string ServerVersion)
{
    /// <summary>The person; null for a service.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>The person's roles; empty for a service.</summary>
    public IReadOnlyList<RoleGiven> Roles { get; set; } = [];
}
