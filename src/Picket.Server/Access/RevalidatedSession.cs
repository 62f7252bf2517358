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
    private readonly ILogger log = logs.CreateLogger<RevalidatedSession>();

    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(15);

    protected override async Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return authenticationState.User.SessionId() is { } session
                && await sessions.PrincipalAsync(session, cancellationToken) is { } person
                && person.Grants().Given.SequenceEqual(authenticationState.User.Grants().Given);
        }
        catch (Exception broken)
            when (broken is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // No answer of the database ends nobody's work: without it the page can do nothing either.
            AccessLog.NotRevalidated(log, broken);
            return true;
        }
    }
}

internal static partial class AccessLog
{
    [LoggerMessage(
        1,
        LogLevel.Warning,
        "Whether the session of an open page still stands could not be read; asked again later."
    )]
    public static partial void NotRevalidated(ILogger log, Exception broken);
}
