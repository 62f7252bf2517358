using Microsoft.EntityFrameworkCore;
using Picket.Core.Intelligence;
using Picket.Core.Risk;
using Picket.Core.Sync;
using Picket.Server.Inventory;
using Picket.Server.Storage;

namespace Picket.Server.Intelligence;

/// <summary>What all feeds in force say, ready to judge against. Immutable.</summary>
/// <param name="Versions">The versions in force; the same ones mean the same knowledge.</param>
public sealed record Knowledge(IReadOnlyList<Guid> Versions, RiskContext Context);

/// <summary>
/// Keeps the knowledge of the feeds in force in memory. Which ones are in force is asked of the database each time, so
/// a change is seen by every node; only what changed is read and parsed.
/// </summary>
public sealed class IntelligenceStore(PersonalAppKey key, ILogger<IntelligenceStore> log) : IDisposable
{
    private readonly SemaphoreSlim building = new(1, 1);
    private Dictionary<Guid, FeedContent> contents = [];
    private Knowledge? current;

    public async Task<Knowledge> CurrentAsync(PicketDbContext db, CancellationToken cancellation)
    {
        var versions = await db
            .Feeds.Where(feed => feed.ActiveVersionId != null)
            .OrderBy(feed => feed.Id)
            .Select(feed => feed.ActiveVersionId!.Value)
            .ToListAsync(cancellation);
        if (current is { } known && known.Versions.SequenceEqual(versions))
        {
            return known;
        }

        await building.WaitAsync(cancellation);
        try
        {
            return current = await BuildAsync(db, versions, cancellation);
        }
        finally
        {
            building.Release();
        }
    }

    /// <summary>The content of one stored version.</summary>
    public async Task<FeedContent?> ContentAsync(PicketDbContext db, Guid version, CancellationToken cancellation) =>
        contents.TryGetValue(version, out var known) ? known : await ReadAsync(db, version, cancellation);

    /// <summary>The indicators of one feed as hashes, to be compared with the hashes of personal apps.</summary>
    public HashedApps Hashed(IEnumerable<FeedContent> feeds) =>
        HashedApps.Build(feeds, identifier => AppPrivacy.Hash(key.Value, identifier));

    private async Task<Knowledge> BuildAsync(PicketDbContext db, List<Guid> versions, CancellationToken cancellation)
    {
        var read = new Dictionary<Guid, FeedContent>();
        foreach (var version in versions)
        {
            if (await ContentAsync(db, version, cancellation) is { } content)
            {
                read[version] = content;
            }
        }

        contents = read;
        var context = RiskContext.Build(read.Values) with { HashedApps = Hashed(read.Values) };
        IntelligenceLog.InForce(log, read.Count, context.Indicators.Count);
        return new Knowledge(versions, context);
    }

    private async Task<FeedContent?> ReadAsync(PicketDbContext db, Guid version, CancellationToken cancellation)
    {
        var row = await db.FeedVersions.AsNoTracking().SingleOrDefaultAsync(row => row.Id == version, cancellation);
        var feed = row is null
            ? null
            : await db.Feeds.AsNoTracking().SingleOrDefaultAsync(feed => feed.Id == row.FeedId, cancellation);
        if (row is null || feed is null)
        {
            return null; // Removed meanwhile.
        }

        var parse = StoredFeed.Parse(feed, row);
        if (!parse.Succeeded)
        {
            IntelligenceLog.Unreadable(log, feed.Name, row.Id, parse.Errors[0].ToString());
        }

        return parse.Content;
    }

    public void Dispose() => building.Dispose();
}
