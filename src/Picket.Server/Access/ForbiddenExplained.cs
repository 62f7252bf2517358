using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Mvc;
using Picket.Server.Integrations;

namespace Picket.Server.Access;

/// <summary>Says why a token may not do something, where the framework would answer 403 alone.</summary>
internal sealed class ForbiddenExplained(IProblemDetailsService problems) : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler usual = new();

    public async Task HandleAsync(
        RequestDelegate next,
        HttpContext context,
        AuthorizationPolicy policy,
        PolicyAuthorizationResult authorizeResult
    )
    {
        if (!authorizeResult.Forbidden || !context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
        {
            await usual.HandleAsync(next, context, policy, authorizeResult);
            return;
        }

        var change = context
            .GetEndpoint()
            ?.Metadata.GetOrderedMetadata<IAuthorizeData>()
            .Any(wanted => wanted.Policy == Policies.ChangeIntegration);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        await problems.WriteAsync(
            new ProblemDetailsContext
            {
                HttpContext = context,
                ProblemDetails = new ProblemDetails
                {
                    Status = StatusCodes.Status403Forbidden,
                    Title = "This token may not do that",
                    Detail = change is true
                        ? ChangeGate.Decide(context.User, null).Reason
                        : "A token of scope Read only reads.",
                    Extensions =
                    {
                        ["next"] = change is true ? "Use the owner's token." : "Use a token of scope Write.",
                    },
                },
            }
        );
    }
}
