using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Storage;
using Answer = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Accepted<Picket.Api.CommandView>,
    Microsoft.AspNetCore.Http.HttpResults.NotFound,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult
>;

namespace Picket.Server.Commands;

/// <summary>Enterprise wipes: one device per request, two people.</summary>
internal static class WipeEndpoints
{
    public static void MapWipes(this WebApplication app)
    {
        app.MapGet(Routes.DeviceWipe, PreviewAsync);
        app.MapPost(Routes.DeviceWipe, RequestAsync).RequireAuthorization(Policies.Request);
        app.MapPost(Routes.CommandApprove, ApproveAsync).RequireAuthorization(Policies.Approve);
        app.MapPost(Routes.CommandDecline, DeclineAsync).RequireAuthorization(Policies.Approve);
        app.MapGet(Routes.Approvals, ApprovalsAsync);
    }

    private static async Task<Results<Ok<WipePreview>, NotFound>> PreviewAsync(
        Guid id,
        ClaimsPrincipal user,
        PicketDbContext db,
        WipePreviews previews,
        CancellationToken cancellation
    ) =>
        await db.Devices.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation) is { } device
            ? TypedResults.Ok(await previews.OfAsync(device, user, cancellation))
            : TypedResults.NotFound();

    private static async Task<Answer> RequestAsync(
        Guid id,
        RequestWipe wish,
        ClaimsPrincipal user,
        PicketDbContext db,
        CommandMaker maker,
        CommandQueries queries,
        CancellationToken cancellation
    )
    {
        var device = await db.Devices.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (device is null)
        {
            return TypedResults.NotFound();
        }

        if (wish.Reason?.Trim().Length is not (> 0 and <= CreateCommand.LongestReason))
        {
            return CommandProblems.Invalid("reason", $"Say why, in 1 to {CreateCommand.LongestReason} characters.");
        }

        var (made, refusal) = await maker.RequestAsync(device, wish, user, cancellation);
        return made is null ? refusal! : await CommandEndpoints.AcceptedAsync(made.Id, user, queries, cancellation);
    }

    private static async Task<Answer> ApproveAsync(
        Guid id,
        ApproveCommand wish,
        ClaimsPrincipal user,
        PicketDbContext db,
        CommandDecisions decisions,
        CommandQueries queries,
        CancellationToken cancellation
    )
    {
        var command = await db.DeviceCommands.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        return command is null ? TypedResults.NotFound()
            : await decisions.ApproveAsync(command, wish.SecondFactor, user, cancellation) is { } refusal ? refusal
            : await CommandEndpoints.AcceptedAsync(id, user, queries, cancellation);
    }

    private static async Task<Results<Ok<CommandView>, NotFound, ProblemHttpResult>> DeclineAsync(
        Guid id,
        ClaimsPrincipal user,
        PicketDbContext db,
        CommandDecisions decisions,
        CommandQueries queries,
        CancellationToken cancellation
    )
    {
        var command = await db.DeviceCommands.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        return command is null ? TypedResults.NotFound()
            : await decisions.DeclineAsync(command, user, cancellation) is { } refusal ? refusal
            : TypedResults.Ok((await queries.GetAsync(user.Visible(), id, cancellation))!);
    }

    private static async Task<Ok<ApprovalsView>> ApprovalsAsync(
        ClaimsPrincipal user,
        ApprovalQueries queries,
        CancellationToken cancellation
    ) => TypedResults.Ok(await queries.GetAsync(user, cancellation));
}
