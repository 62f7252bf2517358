using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Mvc;
using Picket.Server.Audit;
using Picket.Server.Integrations;
using Picket.Server.Storage;

namespace Picket.Server.Access;

/// <summary>Says why a token may not do something, where the framework would answer 403 alone, and records the try.</summary>
internal sealed class ForbiddenExplained(IProblemDetailsService problems, PicketDatabase database, AuditLog audit)
    : IAuthorizationMiddlewareResultHandler
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
        await RecordAsync(context);
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

    /// <summary>Who tries what they may not is worth knowing.</summary>
    private async Task RecordAsync(HttpContext context)
    {
        await using var db = database.Open();
        audit.Add(
            db,
            AuditLog.ActorOf(context.User),
            "access.refused",
            $"{context.Request.Method} {context.Request.Path}",
            outcome: Picket.Api.AuditOutcome.Refused
        );
        await db.SaveChangesAsync(context.RequestAborted);
    }
}
