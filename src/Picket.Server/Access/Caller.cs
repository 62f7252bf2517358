using System.Security.Claims;
using Picket.Api;
using Picket.Core.Identity;

namespace Picket.Server.Access;

public static class PicketClaims
{
    /// <summary>As the audit names the caller.</summary>
    public const string Actor = "picket:actor";
    public const string PersonId = "picket:person";
    public const string SessionId = "picket:session";
    public const string TokenId = "picket:token";
    public const string Scope = "picket:scope";
    public const string Role = "picket:role";

    /// <summary>When a second factor was last shown in this session, in Unix seconds.</summary>
    public const string SecondFactorAt = "picket:second-factor";
}

/// <summary>What the rest of the server asks about who is calling.</summary>
public static class Caller
{
    private const char At = '@';

    public static Claim ClaimOf(Grant grant) =>
        new(PicketClaims.Role, grant.Integration is { } where ? $"{grant.Role}{At}{where}" : $"{grant.Role}");

    public static Grants Grants(this ClaimsPrincipal user)
    {
        if (user.FindFirstValue(PicketClaims.Scope) is not { } scope)
        {
            return Core.Identity.Grants.None;
        }

        var reach = Reach(Enum.Parse<TokenScope>(scope));
        return user.PersonId() is null
            ? Core.Identity.Grants.OfService(reach)
            : new Grants([.. user.FindAll(PicketClaims.Role).Select(Grant)], reach);
    }

    public static bool May(this ClaimsPrincipal user, Right right, Guid? integration = null) =>
        user.Grants().May(right, integration);

    /// <summary>Null for a service's token.</summary>
    public static Guid? PersonId(this ClaimsPrincipal user) => Id(user, PicketClaims.PersonId);

    public static Guid? SessionId(this ClaimsPrincipal user) => Id(user, PicketClaims.SessionId);

    public static Guid? TokenId(this ClaimsPrincipal user) => Id(user, PicketClaims.TokenId);

    /// <summary>A person who is here, in a browser or with a token that reaches all of the person's rights.</summary>
    public static bool IsWholePerson(this ClaimsPrincipal user) =>
        user.PersonId() is not null && user.HasClaim(PicketClaims.Scope, nameof(TokenScope.Full));

    /// <summary>A person who may do nothing yet, or nothing any more.</summary>
    public static bool HasNoRole(this ClaimsPrincipal user) => user.IsWholePerson() && user.Grants().Given.Count == 0;

    /// <summary>When this session last showed a second factor; null when it did not, and for every token.</summary>
    public static DateTimeOffset? SecondFactorAt(this ClaimsPrincipal user) =>
        long.TryParse(user.FindFirstValue(PicketClaims.SecondFactorAt), out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    public static Reach Reach(TokenScope scope) =>
        scope switch
        {
            TokenScope.Read => Core.Identity.Reach.Reading,
            TokenScope.Write => Core.Identity.Reach.Working,
            _ => Core.Identity.Reach.Whole,
        };

    private static Grant Grant(Claim claim) =>
        claim.Value.Split(At) is [var role, var where]
            ? new Grant(Enum.Parse<Role>(role), Guid.Parse(where))
            : new Grant(Enum.Parse<Role>(claim.Value), null);

    private static Guid? Id(ClaimsPrincipal user, string claim) =>
        Guid.TryParse(user.FindFirstValue(claim), out var id) ? id : null;
}
