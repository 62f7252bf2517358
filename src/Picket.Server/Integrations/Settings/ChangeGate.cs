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
        ChangeAuthority.Decide(
            Actor(user),
            Target(row),
            new AdminReading.NoAnswer("nobody can be linked to a UEM account yet")
        );

    private static ChangeActor Actor(ClaimsPrincipal user) =>
        user.PersonId() is null
            ? new ChangeActor.ServiceToken(user.Identity?.Name ?? "?")
            : new ChangeActor.LocalOwner();

    // Nobody is linked to a UEM account yet, so whose role lets them change settings stands in for the local owner.
    private static ChangeTarget Target(IntegrationRow? row) =>
        new(
            row?.OrganizationGroupUuid ?? Guid.Empty,
            row?.CredentialKind == CredentialKind.Basic ? row.Account : null,
            PeopleExist: false
        );
}
