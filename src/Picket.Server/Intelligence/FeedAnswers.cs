using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Storage;

namespace Picket.Server.Intelligence;

/// <summary>A feed as it stands after a change, for whoever made it.</summary>
internal sealed class FeedAnswers(PicketDatabase database, IntelligenceStore intelligence, TimeProvider time)
{
    /// <returns>Null when it was removed meanwhile.</returns>
    public async Task<FeedView?> OfAsync(Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open();
        return await db.Feeds.AsNoTracking().SingleOrDefaultAsync(feed => feed.Id == id, cancellation) is { } feed
            ? await FeedViews.OfAsync(
                db,
                feed,
                await intelligence.CurrentAsync(db, cancellation),
                time.GetUtcNow(),
                cancellation
            )
            : null;
    }
}
