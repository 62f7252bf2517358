using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Intelligence;
using Picket.Server.Access;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Intelligence;

internal static class FeedReading
{
    public static void MapFeedReading(this WebApplication app)
    {
        app.MapGet(Routes.Feeds, ListAsync);
        app.MapGet(Routes.Feed, GetAsync);
        app.MapGet(Routes.FeedVersions, VersionsAsync);
        app.MapGet(Routes.FeedIndicators, IndicatorsAsync);
    }

    private static async Task<Ok<Page<FeedView>>> ListAsync(
        PicketDbContext db,
        IntelligenceStore intelligence,
        TimeProvider time,
        string? cursor,
        int? limit,
        CancellationToken cancellation
    )
    {
        var page = await db
            .Feeds.AsNoTracking()
            .Where(feed => feed.ActiveVersionId != null)
            .ToPageAsync(feed => feed.Id, Keyset.Parse(cursor), limit, feed => feed, cancellation);
        var knowledge = await intelligence.CurrentAsync(db, cancellation);
        var views = await FeedViews.OfAsync(db, page.Items, knowledge, time.GetUtcNow(), cancellation);
        return TypedResults.Ok(new Page<FeedView>(views, page.Next));
    }

    private static async Task<Results<Ok<FeedView>, NotFound>> GetAsync(
        Guid id,
        PicketDbContext db,
        IntelligenceStore intelligence,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var feed = await db.Feeds.AsNoTracking().SingleOrDefaultAsync(feed => feed.Id == id, cancellation);
        if (feed is null)
        {
            return TypedResults.NotFound();
        }

        var knowledge = await intelligence.CurrentAsync(db, cancellation);
        return await FeedViews.OfAsync(db, feed, knowledge, time.GetUtcNow(), cancellation) is { } view
            ? TypedResults.Ok(view)
            : TypedResults.NotFound();
    }

    private static async Task<Results<Ok<Page<FeedVersion>>, NotFound>> VersionsAsync(
        Guid id,
        PicketDbContext db,
        string? cursor,
        int? limit,
        CancellationToken cancellation
    )
    {
        var feed = await db.Feeds.AsNoTracking().SingleOrDefaultAsync(feed => feed.Id == id, cancellation);
        if (feed is null)
        {
            return TypedResults.NotFound();
        }

        var (take, rows) = (Keyset.Limit(limit), db.FeedVersions.Where(row => row.FeedId == id));
        if (Keyset.Parse(cursor) is { } last)
        {
            rows = rows.Where(row => row.Id < last);
        }

        var page = await WithoutContent(rows.OrderByDescending(row => row.Id).Take(take + 1)).ToListAsync(cancellation);
        var next = page.Count > take ? Keyset.Format(page[take - 1].Id) : null;
        var views = page.Take(take).Select(row => FeedViews.Of(row, feed));
        return TypedResults.Ok(new Page<FeedVersion>([.. views], next));
    }

    private static async Task<Results<Ok<Page<IndicatorView>>, NotFound>> IndicatorsAsync(
        Guid id,
        PicketDbContext db,
        IntelligenceStore intelligence,
        FeedIndicators indicators,
        ClaimsPrincipal user,
        [AsParameters] IndicatorFilter filter,
        CancellationToken cancellation
    )
    {
        var feed = await db.Feeds.AsNoTracking().SingleOrDefaultAsync(feed => feed.Id == id, cancellation);
        var content = feed is null ? null : await ContentAsync(db, intelligence, feed, filter, cancellation);
        return content is null
            ? TypedResults.NotFound()
            : TypedResults.Ok(
                await indicators.PageAsync(db, user.Visible(), content, filter.Cursor, filter.Limit, cancellation)
            );
    }

    /// <returns>Null when there is no such version, or its file cannot be read any more.</returns>
    private static async Task<FeedContent?> ContentAsync(
        PicketDbContext db,
        IntelligenceStore intelligence,
        FeedRow feed,
        IndicatorFilter filter,
        CancellationToken cancellation
    )
    {
        var version = filter.Version ?? feed.ActiveVersionId;
        if (
            version is null
            || !await db.FeedVersions.AnyAsync(row => row.Id == version && row.FeedId == feed.Id, cancellation)
        )
        {
            return null;
        }

        var content = await intelligence.ContentAsync(db, version.Value, cancellation);
        if (content is null || filter.Change is not { } change)
        {
            return content;
        }

        var earlier = await BeforeAsync(db, feed, version.Value, cancellation);
        var before = earlier is { } known ? await intelligence.ContentAsync(db, known, cancellation) : null;
        var (had, has) = (FeedEntries.Of(before), FeedEntries.Of(content));
        return change switch
        {
            FeedChange.Added => FeedEntries.Where(content, entry => !had.ContainsKey(entry)),
            FeedChange.Removed => FeedEntries.Where(before ?? content, entry => !has.ContainsKey(entry)),
            _ => FeedEntries.Where(content, entry => had.TryGetValue(entry, out var said) && said != has[entry]),
        };
    }

    /// <summary>
    /// The version that was in force when this one came into force last; of the one that waits, that which is in force; of
    /// any other, the one that it was compared with.
    /// </summary>
    internal static async Task<Guid?> BeforeAsync(
        PicketDbContext db,
        FeedRow feed,
        Guid version,
        CancellationToken cancellation
    )
    {
        if (version == feed.AsideVersionId)
        {
            return feed.ActiveVersionId;
        }

        List<Guid?> inForce = [.. feed.EarlierVersions, feed.ActiveVersionId];
        return inForce.LastIndexOf(version) switch
        {
            > 0 and var place => inForce[place - 1],
            0 when feed.EarlierVersions.Count < FeedRow.MostRemembered => null,
            _ => await db
                .FeedVersions.Where(row => row.Id == version)
                .Select(row => row.ComparedWith)
                .FirstOrDefaultAsync(cancellation),
        };
    }

    /// <summary>Files are large, and no view shows them.</summary>
    internal static IQueryable<FeedVersionRow> WithoutContent(IQueryable<FeedVersionRow> rows) =>
        rows.Select(row => new FeedVersionRow
        {
            Id = row.Id,
            FeedId = row.FeedId,
            Sha256 = row.Sha256,
            ImportedAt = row.ImportedAt,
            FeedDate = row.FeedDate,
            Version = row.Version,
            Licence = row.Licence,
            Attribution = row.Attribution,
            Counts = row.Counts,
            Added = row.Added,
            Removed = row.Removed,
            Changed = row.Changed,
            RejectedAt = row.RejectedAt,
            Content = Array.Empty<byte>(),
        });
}
