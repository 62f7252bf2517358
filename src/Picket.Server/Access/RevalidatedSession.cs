using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace Picket.Server.Access;

/// <summary>
/// A page that stays open lives on one connection, on which no cookie is looked at again: its token is asked for anew
/// every so often, and a revoked or expired one ends the page's session.
/// </summary>
internal sealed class RevalidatedSession(ILoggerFactory logs, TokenStore tokens)
    : RevalidatingServerAuthenticationStateProvider(logs)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(15);

    protected override async Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState,
        CancellationToken cancellationToken
    ) =>
        Guid.TryParse(authenticationState.User.FindFirstValue(PicketClaims.TokenId), out var token)
        && await tokens.IsValidAsync(token, cancellationToken);
}
