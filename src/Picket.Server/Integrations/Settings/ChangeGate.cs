using System.Security.Claims;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Server.Access;

namespace Picket.Server.Integrations;

/// <summary>Brings each change before the one function that decides about it (law 6).</summary>
public static class ChangeGate
{
    /// <param name="row">The integration; null for one that does not exist yet.</param>
    public static ChangeDecision Decide(ClaimsPrincipal user, IntegrationRow? row) =>
        ChangeAuthority.Decide(Actor(user), Target(row), new AdminReading.NoAnswer("people cannot sign in here yet"));

    private static ChangeActor Actor(ClaimsPrincipal user) =>
        user.HasClaim(PicketClaims.Scope, nameof(TokenScope.Owner))
            ? new ChangeActor.LocalOwner()
            : new ChangeActor.ServiceToken(user.Identity?.Name ?? "?");

    // Nobody can sign in as a person yet, so the local owner stands in for all of them.
    private static ChangeTarget Target(IntegrationRow? row) =>
        new(
            row?.OrganizationGroupUuid ?? Guid.Empty,
            row?.CredentialKind == CredentialKind.Basic ? row.Account : null,
            PeopleExist: false
        );
}
