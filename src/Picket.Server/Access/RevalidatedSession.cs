using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Picket.Server.People;

namespace Picket.Server.Access;

/// <summary>
/// A page that stays open lives on one connection, on which no cookie is looked at again: its session is asked for anew
/// every so often. One that has ended, or whose person may now do something else, ends the page.
/// </summary>
internal sealed class RevalidatedSession(ILoggerFactory logs, Sessions sessions)
    : RevalidatingServerAuthenticationStateProvider(logs)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(15);

    protected override async Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState,
        CancellationToken cancellationToken
    ) =>
        authenticationState.User.SessionId() is { } session
        && await sessions.PrincipalAsync(session, cancellationToken) is { } person
        && person.Grants().Given.SequenceEqual(authenticationState.User.Grants().Given);
}
