using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Intelligence.Sources;

/// <summary>Where feeds come from by themselves: the catalogue, and what is followed.</summary>
internal static class FeedSourceEndpoints
{
    public static void MapFeedSources(this WebApplication app)
    {
        app.MapGet(Routes.FeedCatalogue, CatalogueAsync);
        app.MapGet(Routes.FeedSources, ListAsync);
        app.MapGet(Routes.FeedSource, GetAsync);
        app.MapPost(Routes.FeedSources, FollowAsync)
            .RequireAuthorization(Policies.ManageFeeds)
            .Produces<FeedSourceView>(StatusCodes.Status201Created);
        app.MapPut(Routes.FeedSource, ChangeAsync)
            .RequireAuthorization(Policies.ManageFeeds)
            .Produces<FeedSourceView>();
        app.MapDelete(Routes.FeedSource, UnfollowAsync).RequireAuthorization(Policies.ManageFeeds);
        app.MapPost(Routes.FeedSourceCheck, CheckAsync)
            .RequireAuthorization(Policies.ManageFeeds)
            .Produces<FeedSourceView>(StatusCodes.Status202Accepted);
    }

    private static async Task<Ok<Page<KnownFeed>>> CatalogueAsync(PicketDbContext db, CancellationToken cancellation)
    {
        var followed = await db
            .FeedSources.AsNoTracking()
            .Where(row => row.Known != null)
            .Select(row => new { row.Known, row.Id })
            .ToListAsync(cancellation);
        return TypedResults.Ok(
            new Page<KnownFeed>(
                [
                    .. FeedCatalogue.All.Select(known =>
                        known with
                        {
                            SourceId = followed.FirstOrDefault(row => row.Known == known.Name)?.Id,
                        }
                    ),
                ],
                null
            )
        );
    }

    private static async Task<Ok<Page<FeedSourceView>>> ListAsync(
        PicketDbContext db,
        TimeProvider time,
        string? cursor,
        int? limit,
        CancellationToken cancellation
    )
    {
        var page = await db
            .FeedSources.AsNoTracking()
            .ToPageAsync(row => row.Id, Keyset.Parse(cursor), limit, row => row, cancellation);
        var now = time.GetUtcNow();
        return TypedResults.Ok(
            new Page<FeedSourceView>([.. page.Items.Select(row => FeedViews.Of(row, now))], page.Next)
        );
    }

    private static async Task<Results<Ok<FeedSourceView>, NotFound>> GetAsync(
        Guid id,
        PicketDbContext db,
        TimeProvider time,
        CancellationToken cancellation
    ) =>
        await db.FeedSources.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation) is { } row
            ? TypedResults.Ok(FeedViews.Of(row, time.GetUtcNow()))
            : TypedResults.NotFound();

    private static async Task<IResult> FollowAsync(
        FeedSourceDraft draft,
        ClaimsPrincipal user,
        FeedSourceStore sources,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        if (draft.Known is { } name)
        {
            if (FeedCatalogue.Find(name) is not { } known)
            {
                return TypedResults.ValidationProblem(
                    new Dictionary<string, string[]>
                    {
                        ["known"] = [$"The catalogue has no {name}. See `picket feeds catalogue`."],
                    }
                );
            }

            draft = Filled(draft, known);
        }

        if (FeedSourceRules.MistakesIn(draft, isNew: true) is { Count: > 0 } mistakes)
        {
            return TypedResults.ValidationProblem(mistakes);
        }

        return await sources.FollowAsync(draft, AuditLog.ActorOf(user), cancellation) is { } row
            ? TypedResults.Created(Routes.Fill(Routes.FeedSource, row.Id), FeedViews.Of(row, time.GetUtcNow()))
            : TypedResults.Problem(
                $"A source brings feed {draft.Name!.Trim()} already.",
                statusCode: StatusCodes.Status409Conflict,
                title: "It is followed already",
                extensions: FeedEndpoints.Next("Change that source, or give this one another name.")
            );
    }

    private static async Task<IResult> ChangeAsync(
        Guid id,
        FeedSourceDraft draft,
        ClaimsPrincipal user,
        FeedSourceStore sources,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        if (FeedSourceRules.MistakesIn(draft, isNew: false) is { Count: > 0 } mistakes)
        {
            return TypedResults.ValidationProblem(mistakes);
        }

        return await sources.ChangeAsync(id, draft, AuditLog.ActorOf(user), cancellation) is { } row
            ? TypedResults.Ok(FeedViews.Of(row, time.GetUtcNow()))
            : TypedResults.NotFound();
    }

    private static async Task<Results<NoContent, NotFound>> UnfollowAsync(
        Guid id,
        ClaimsPrincipal user,
        FeedSourceStore sources,
        CancellationToken cancellation
    ) =>
        await sources.UnfollowAsync(id, AuditLog.ActorOf(user), cancellation)
            ? TypedResults.NoContent()
            : TypedResults.NotFound();

    private static async Task<IResult> CheckAsync(
        Guid id,
        FeedSourceStore sources,
        TimeProvider time,
        CancellationToken cancellation
    ) =>
        await sources.CheckNowAsync(id, cancellation) is { } row
            ? TypedResults.Accepted(Routes.Fill(Routes.FeedSource, id), FeedViews.Of(row, time.GetUtcNow()))
            : TypedResults.NotFound();

    private static FeedSourceDraft Filled(FeedSourceDraft draft, KnownFeed known) =>
        draft with
        {
            Known = known.Name,
            Name = string.IsNullOrWhiteSpace(draft.Name) ? known.Name : draft.Name,
            Address = known.Address,
            Path = null,
            Format = known.Format,
            Licence = known.Licence,
            Attribution = known.Attribution,
        };
}
