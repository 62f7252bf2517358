using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Picket.Api;
using Picket.Server.Access;

namespace Picket.Server.Commands;

internal static class PolicyMessageEndpoints
{
    public static void MapPolicyMessages(this WebApplication app) =>
        app.MapPost(Routes.PolicyMessages, DecideAsync).RequireAuthorization(Policies.Approve);

    private static async Task<Results<NoContent, ProblemHttpResult>> DecideAsync(
        Guid id,
        DecideMessages wish,
        ClaimsPrincipal user,
        PolicyMessageDecisions decisions,
        CancellationToken cancellation
    ) => await decisions.DecideAsync(id, wish, user, cancellation) is { } refusal ? refusal : TypedResults.NoContent();
}
