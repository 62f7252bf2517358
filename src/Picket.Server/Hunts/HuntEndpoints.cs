using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Audit;

namespace Picket.Server.Hunts;

internal static class HuntEndpoints
{
    public static void MapHuntEndpoints(this IEndpointRouteBuilder app)
    {
        app.MapGet(Routes.HuntAnswer, AnswerAsync);
        app.MapGet(Routes.HuntAnswerDevices, AnswerDevicesAsync);
        app.MapGet(Routes.FeedHunt, FeedAsync);
        app.MapGet(Routes.Hunts, ListAsync);
        app.MapPost(Routes.Hunts, SaveAsync)
            .RequireAuthorization(Policies.Operate)
            .Produces<SavedHunt>(StatusCodes.Status201Created);
        app.MapGet(Routes.Hunt, GetAsync);
        app.MapDelete(Routes.Hunt, RemoveAsync).RequireAuthorization(Policies.Operate);
        app.MapPost(Routes.HuntRun, RunAsync).RequireAuthorization(Policies.Operate);
        app.MapPost(Routes.HuntLooked, LookedAsync).RequireAuthorization(Policies.Operate);
        app.MapGet(Routes.HuntDevices, DevicesAsync);
    }

    private static async Task<Results<Ok<HuntAnswer>, ValidationProblem>> AnswerAsync(
        HuntKind kind,
        string? value,
        HuntQueries hunts,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        var answered = await hunts.AnswerAsync(user.Visible(), kind, value, AuditLog.ActorOf(user), cancellation);
        return answered.Answer is { } answer ? TypedResults.Ok(answer) : Wrong(answered.Mistake);
    }

    private static async Task<Results<Ok<Page<HuntHit>>, ValidationProblem>> AnswerDevicesAsync(
        HuntKind kind,
        string? value,
        HuntState? state,
        string? cursor,
        int? limit,
        HuntQueries hunts,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        var answered = await hunts.DevicesAsync(
            user.Visible(),
            HuntQueries.Question(kind, value),
            state ?? HuntState.Ever,
            saved: null,
            AuditLog.ActorOf(user),
            cursor,
            limit,
            cancellation
        );
        return answered.Answer is { } page ? TypedResults.Ok(page) : Wrong(answered.Mistake);
    }

    private static async Task<Results<Ok<Page<FeedHuntRow>>, NotFound>> FeedAsync(
        Guid id,
        Guid? version,
        FeedHunts hunts,
        ClaimsPrincipal user,
        CancellationToken cancellation
    ) =>
        await hunts.OfAsync(user.Visible(), id, version, AuditLog.ActorOf(user), cancellation) is { } page
            ? TypedResults.Ok(page)
            : TypedResults.NotFound();

    private static async Task<Ok<Page<SavedHunt>>> ListAsync(
        string? cursor,
        int? limit,
        SavedHunts hunts,
        ClaimsPrincipal user,
        CancellationToken cancellation
    ) => TypedResults.Ok(await hunts.ListAsync(user.Visible(), cursor, limit, cancellation));

    private static async Task<IResult> SaveAsync(
        SaveHunt hunt,
        SavedHunts hunts,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        var saved = await hunts.SaveAsync(hunt, AuditLog.ActorOf(user), cancellation);
        if (saved.Errors is { } errors)
        {
            return TypedResults.ValidationProblem(errors);
        }

        return saved.Id is { } id
            ? TypedResults.Created(Routes.Fill(Routes.Hunt, id), await hunts.GetAsync(user.Visible(), id, cancellation))
            : TypedResults.Problem(
                saved.Conflict,
                statusCode: StatusCodes.Status409Conflict,
                title: "The hunt cannot be kept",
                extensions: new Dictionary<string, object?> { ["next"] = "Give it another name, or remove one." }
            );
    }

    private static async Task<Results<Ok<SavedHunt>, NotFound>> GetAsync(
        Guid id,
        SavedHunts hunts,
        ClaimsPrincipal user,
        CancellationToken cancellation
    ) =>
        await hunts.GetAsync(user.Visible(), id, cancellation) is { } hunt
            ? TypedResults.Ok(hunt)
            : TypedResults.NotFound();

    private static async Task<Results<NoContent, NotFound>> RemoveAsync(
        Guid id,
        SavedHunts hunts,
        ClaimsPrincipal user,
        CancellationToken cancellation
    ) =>
        await hunts.RemoveAsync(id, AuditLog.ActorOf(user), cancellation)
            ? TypedResults.NoContent()
            : TypedResults.NotFound();

    private static async Task<Results<Ok<SavedHunt>, NotFound>> RunAsync(
        Guid id,
        SavedHunts hunts,
        ClaimsPrincipal user,
        CancellationToken cancellation
    ) =>
        await hunts.RunAsync(id, cancellation)
            ? await GetAsync(id, hunts, user, cancellation)
            : TypedResults.NotFound();

    private static async Task<Results<Ok<SavedHunt>, NotFound>> LookedAsync(
        Guid id,
        SavedHunts hunts,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        await hunts.LookedAsync(user.Visible(), id, cancellation);
        return await GetAsync(id, hunts, user, cancellation);
    }

    private static async Task<Results<Ok<Page<HuntHit>>, NotFound, ValidationProblem>> DevicesAsync(
        Guid id,
        HuntState? state,
        string? cursor,
        int? limit,
        SavedHunts hunts,
        HuntQueries queries,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        if (await hunts.GetAsync(user.Visible(), id, cancellation) is not { } hunt)
        {
            return TypedResults.NotFound();
        }

        var answered = await queries.DevicesAsync(
            user.Visible(),
            HuntQueries.Question(hunt.Kind, hunt.Value),
            state ?? HuntState.Ever,
            id,
            AuditLog.ActorOf(user),
            cursor,
            limit,
            cancellation
        );
        return answered.Answer is { } page ? TypedResults.Ok(page) : Wrong(answered.Mistake);
    }

    private static ValidationProblem Wrong(string? mistake) =>
        TypedResults.ValidationProblem(
            new Dictionary<string, string[]> { ["value"] = [mistake ?? "It is not understood."] }
        );
}
