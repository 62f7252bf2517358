using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Picket.Api;
using Picket.Core.Policy;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Hosting;

namespace Picket.Server.Policy;

internal static class PolicyEndpoints
{
    public static void MapPolicies(this WebApplication app)
    {
        app.MapGet(Routes.Policy, GetAsync).RequireAuthorization(Policies.ReadEverywhere);
        app.MapGet(Routes.PolicyVersions, VersionsAsync).RequireAuthorization(Policies.ReadEverywhere);
        app.MapGet(Routes.PolicyVersion, VersionAsync).RequireAuthorization(Policies.ReadEverywhere);
        app.MapGet(Routes.PolicyExceptions, ExceptionsAsync).RequireAuthorization(Policies.ReadEverywhere);
        app.MapGet(Routes.DevicePolicy, OfDeviceAsync);
        app.MapPost(Routes.PolicyPlan, PlanAsync).RequireAuthorization(Policies.Operate);
        app.MapPost(Routes.PolicyVersions, ApplyAsync)
            .RequireAuthorization(Policies.ManagePolicy)
            .Produces<PolicyVersionView>(StatusCodes.Status201Created);
    }

    private static async Task<Ok<PolicyVersionView>> GetAsync(PolicyQueries queries, CancellationToken cancellation) =>
        TypedResults.Ok(await queries.InForceAsync(cancellation));

    private static async Task<Ok<Page<PolicyVersionView>>> VersionsAsync(
        string? cursor,
        int? limit,
        PolicyQueries queries,
        CancellationToken cancellation
    ) => TypedResults.Ok(await queries.VersionsAsync(cursor, limit, cancellation));

    private static async Task<Results<Ok<PolicyVersionView>, NotFound>> VersionAsync(
        int number,
        PolicyQueries queries,
        CancellationToken cancellation
    ) =>
        await queries.VersionAsync(number, cancellation) is { } version
            ? TypedResults.Ok(version)
            : TypedResults.NotFound();

    private static async Task<Ok<Page<PolicyExceptionView>>> ExceptionsAsync(
        PolicyQueries queries,
        CancellationToken cancellation
    ) => TypedResults.Ok(new Page<PolicyExceptionView>(await queries.ExceptionsAsync(cancellation), Next: null));

    private static async Task<Results<Ok<DevicePolicyView>, NotFound>> OfDeviceAsync(
        Guid id,
        ClaimsPrincipal user,
        PolicyQueries queries,
        CancellationToken cancellation
    ) =>
        await queries.OfDeviceAsync(user.Visible(), id, cancellation) is { } policy
            ? TypedResults.Ok(policy)
            : TypedResults.NotFound();

    private static async Task<Results<Ok<PolicyPlan>, ValidationProblem>> PlanAsync(
        PlanPolicy asked,
        PolicyPlanner planner,
        CancellationToken cancellation
    ) =>
        asked.Text is null
            ? TypedResults.ValidationProblem(WithoutText)
            : TypedResults.Ok(await planner.PlanAsync(asked, cancellation));

    private static async Task<IResult> ApplyAsync(
        ApplyPolicy asked,
        ClaimsPrincipal user,
        PolicyChanges changes,
        PolicyQueries queries,
        CancellationToken cancellation
    )
    {
        if (asked.Text is null)
        {
            return TypedResults.ValidationProblem(WithoutText);
        }

        if (asked.Comment?.Length > PolicyLimits.LongestReason)
        {
            return TypedResults.ValidationProblem(
                new Dictionary<string, string[]>
                {
                    ["comment"] = [$"A comment has at most {PolicyLimits.LongestReason} characters."],
                }
            );
        }

        return await changes.ApplyAsync(asked, AuditLog.ActorOf(user), cancellation) switch
        {
            { Mistakes: { Count: > 0 } mistakes } => Unreadable(mistakes),
            { InForce: { } inForce } => Stale(asked.BasedOn, inForce),
            { Version: { } version } => TypedResults.Created(
                Routes.Fill(Routes.PolicyVersion, version.Number),
                await queries.VersionAsync(version.Number, cancellation)
            ),
            _ => Problems.Make(
                StatusCodes.Status409Conflict,
                "Nothing would change",
                $"The document is the one in force, version {asked.BasedOn}.",
                "Change it first; `picket policy plan` shows what differs."
            ),
        };
    }

    private static readonly Dictionary<string, string[]> WithoutText = new()
    {
        ["text"] = ["The document is missing."],
    };

    private static ProblemHttpResult Stale(int basedOn, int inForce) =>
        Problems.Make(
            StatusCodes.Status409Conflict,
            "Another policy is in force meanwhile",
            $"This was planned against version {basedOn}, and version {inForce} is in force now. Nothing was changed.",
            "Plan it again, and look at what somebody else has changed."
        );

    internal static ProblemHttpResult Unreadable(IReadOnlyList<PolicyMistake> mistakes)
    {
        var all = mistakes.Select(mistake => $"line {mistake.Line}, column {mistake.Column}: {mistake.Message}");
        return TypedResults.Problem(
            $"{string.Join(' ', all)} What was in force stays in force.",
            statusCode: StatusCodes.Status422UnprocessableEntity,
            title: "The policy cannot be read",
            extensions: new Dictionary<string, object?>
            {
                ["next"] = "Correct the document at the given lines; `picket policy default` prints a whole one.",
                ["policyMistakes"] = mistakes,
            }
        );
    }
}
