using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Intelligence;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Hosting;
using Picket.Server.Risk;
using Picket.Server.Storage;

namespace Picket.Server.Intelligence;

/// <summary>Own indicators: read by everybody, changed by whom may manage feeds.</summary>
internal static class OwnIndicatorEndpoints
{
    public static void MapOwnIndicators(this WebApplication app)
    {
        app.MapGet(Routes.OwnIndicators, ListAsync);
        app.MapGet(Routes.OwnIndicator, GetAsync);
        app.MapPost(Routes.OwnIndicators, AddAsync).RequireAuthorization(Policies.ManageFeeds);
        app.MapPut(Routes.OwnIndicator, ChangeAsync).RequireAuthorization(Policies.ManageFeeds);
        app.MapDelete(Routes.OwnIndicator, RemoveAsync).RequireAuthorization(Policies.ManageFeeds);
    }

    private static async Task<Ok<Page<OwnIndicatorView>>> ListAsync(
        PicketDbContext db,
        FeedIndicators indicators,
        ClaimsPrincipal user,
        string? cursor,
        int? limit,
        CancellationToken cancellation
    )
    {
        var page = await db
            .OwnIndicators.AsNoTracking()
            .ToPageAsync(row => row.Id, Keyset.Parse(cursor), limit, row => row, cancellation);
        var views = await ViewsAsync(db, indicators, user, page.Items, cancellation);
        return TypedResults.Ok(new Page<OwnIndicatorView>(views, page.Next));
    }

    private static async Task<Results<Ok<OwnIndicatorView>, NotFound>> GetAsync(
        Guid id,
        PicketDbContext db,
        FeedIndicators indicators,
        ClaimsPrincipal user,
        CancellationToken cancellation
    ) =>
        await db.OwnIndicators.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation) is { } row
            ? TypedResults.Ok((await ViewsAsync(db, indicators, user, [row], cancellation))[0])
            : TypedResults.NotFound();

    private static async Task<Results<Created<OwnIndicatorView>, ValidationProblem, ProblemHttpResult>> AddAsync(
        SaveOwnIndicator wish,
        PicketDbContext db,
        OwnIndicatorStore store,
        FeedIndicators indicators,
        ClaimsPrincipal user,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var read = OwnIndicatorWish.Read(wish, time.GetUtcNow());
        await RefuseSecondAsync(db, read, null, cancellation);
        if (read.Mistakes.Count > 0)
        {
            return Refused(read);
        }

        try
        {
            return await store.AddAsync(read, AuditLog.ActorOf(user), cancellation) is { } row
                ? TypedResults.Created(
                    Routes.Fill(Routes.OwnIndicator, row.Id),
                    (await ViewsAsync(db, indicators, user, [row], cancellation))[0]
                )
                : Problems.Make(
                    StatusCodes.Status409Conflict,
                    "There are too many own indicators",
                    $"There are {OwnIndicatorStore.Most} already. Nothing was added.",
                    "Remove some that are no longer needed, or import a longer list as a CSV feed."
                );
        }
        catch (DbUpdateException taken) when (taken.IsUniqueViolation())
        {
            return Taken();
        }
    }

    private static async Task<
        Results<Ok<OwnIndicatorView>, ValidationProblem, NotFound, ProblemHttpResult>
    > ChangeAsync(
        Guid id,
        SaveOwnIndicator wish,
        PicketDbContext db,
        OwnIndicatorStore store,
        FeedIndicators indicators,
        ClaimsPrincipal user,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var read = OwnIndicatorWish.Read(wish, time.GetUtcNow());
        await RefuseSecondAsync(db, read, id, cancellation);
        if (read.Mistakes.Count > 0)
        {
            return Refused(read);
        }

        try
        {
            return await store.ChangeAsync(id, read, AuditLog.ActorOf(user), cancellation) is { } row
                ? TypedResults.Ok((await ViewsAsync(db, indicators, user, [row], cancellation))[0])
                : TypedResults.NotFound();
        }
        catch (DbUpdateException taken) when (taken.IsUniqueViolation())
        {
            return Taken();
        }
    }

    private static async Task<Results<NoContent, NotFound>> RemoveAsync(
        Guid id,
        OwnIndicatorStore store,
        ClaimsPrincipal user,
        CancellationToken cancellation
    ) =>
        await store.RemoveAsync(id, AuditLog.ActorOf(user), cancellation)
            ? TypedResults.NoContent()
            : TypedResults.NotFound();

    private static async Task RefuseSecondAsync(
        PicketDbContext db,
        OwnIndicatorWish wish,
        Guid? except,
        CancellationToken cancellation
    )
    {
        if (
            wish.Mistakes.Count == 0
            && await db.OwnIndicators.AnyAsync(
                row =>
                    row.Id != except
                    && row.Kind == wish.Kind
                    && row.Value == wish.Value
                    && row.Platform == wish.Platform,
                cancellation
            )
        )
        {
            wish.Mistakes["value"] = ["There is an own indicator of this kind and value already. Change that one."];
        }
    }

    /// <summary>Between the look at what is there and the writing.</summary>
    private static ProblemHttpResult Taken() =>
        Problems.Make(
            StatusCodes.Status409Conflict,
            "Somebody was faster",
            "An own indicator of this kind and value was added at the same moment. Nothing was changed.",
            "Look at the list, and change that one."
        );

    private static ValidationProblem Refused(OwnIndicatorWish wish) =>
        TypedResults.ValidationProblem(
            wish.Mistakes,
            string.Join(" ", wish.Mistakes.Values.SelectMany(mistakes => mistakes)),
            title: "The indicator cannot be taken"
        );

    private static async Task<List<OwnIndicatorView>> ViewsAsync(
        PicketDbContext db,
        FeedIndicators indicators,
        ClaimsPrincipal user,
        IReadOnlyList<OwnIndicatorRow> rows,
        CancellationToken cancellation
    )
    {
        var own = rows.Select(row => row.Indicator).ToList();
        var content = new FeedContent(OwnSource.Of("", null)) { Indicators = own };
        var hits = await indicators.HitsAsync(db, user.Visible(), content, own, cancellation);
        return [.. rows.Select((row, place) => View(row, hits.GetValueOrDefault(own[place])))];
    }

    private static OwnIndicatorView View(OwnIndicatorRow row, int hits) =>
        new()
        {
            Id = row.Id,
            Kind = IndicatorWords.Of(IndicatorWords.Kinds, row.Kind),
            Value = row.Value,
            Platform = IndicatorWords.Of(IndicatorWords.Platforms, row.Platform),
            Category = IndicatorWords.Of(IndicatorWords.Classes, row.Class),
            Severity = FindingViews.LevelOf(row.Severity),
            Reason = row.Reason,
            Owner = row.Owner,
            ExpiresAt = row.ExpiresAt,
            Ended = row.EndedAt is not null,
            Testable = row.Indicator.IsTestable,
            Hits = hits,
            CreatedAt = row.CreatedAt,
            ChangedAt = row.ChangedAt,
        };
}
