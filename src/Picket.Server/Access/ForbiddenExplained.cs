using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Picket.Server.Hosting;

namespace Picket.Server.Access;

/// <summary>Explains and records a refusal of the API, where the framework would answer 403 alone.</summary>
internal sealed class ForbiddenExplained(IProblemDetailsService problems, Refusals refusals)
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
        if (authorizeResult.Forbidden)
        {
            await refusals.RecordAsync(context);
        }

        if (!authorizeResult.Forbidden || !context.Request.IsApi())
        {
            await usual.HandleAsync(next, context, policy, authorizeResult);
            return;
        }

        var forPeople = policy.Requirements.OfType<PersonRequirement>().Any() && !context.User.IsWholePerson();
        var missing = forPeople ? null : policy.Requirements.OfType<RightRequirement>().FirstOrDefault()?.Right;
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        await problems.WriteAsync(
            new ProblemDetailsContext
            {
                HttpContext = context,
                ProblemDetails = Refusals.Explain(context.User, missing),
            }
        );
    }
}
