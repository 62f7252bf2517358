using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Picket.Server.Access;

/// <summary><c>Authorization: Bearer pk_…</c></summary>
internal sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    TokenStore tokens
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Scheme_ = "Token";
    private const string Prefix = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        var token = await tokens.FindAsync(header[Prefix.Length..].Trim(), Context.RequestAborted);
        return token is null
            ? AuthenticateResult.Fail("The token is unknown, expired or revoked.")
            : AuthenticateResult.Success(new AuthenticationTicket(Principal(token, Scheme.Name), Scheme.Name));
    }

    internal static ClaimsPrincipal Principal(ApiTokenRow token, string scheme) =>
        new(
            new ClaimsIdentity(
                [
                    new Claim(ClaimTypes.Name, token.Name),
                    new Claim(PicketClaims.TokenId, token.Id.ToString()),
                    new Claim(PicketClaims.Scope, token.Scope.ToString()),
                ],
                scheme
            )
        );
}
