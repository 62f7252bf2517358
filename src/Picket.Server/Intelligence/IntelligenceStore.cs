using Microsoft.EntityFrameworkCore;
using Picket.Core.Intelligence;
using Picket.Core.Risk;
using Picket.Core.Risk.Uem;
using Picket.Server.Inventory;
using Picket.Server.Storage;

namespace Picket.Server.Intelligence;

/// <summary>What all feeds in force say, ready to judge against. Immutable.</summary>
/// <param name="Versions">
/// The versions in force, and the revisions of the own indicators; the same ones mean the same knowledge.
/// </param>
/// <param name="Failed">Versions in force that cannot be read any more, with what is wrong. Judging knows of them.</param>
public sealed record Knowledge(
    IReadOnlyList<Guid> Versions,
    RiskContext Context,
    IReadOnlyDictionary<Guid, FailedFeed> Failed
)
{
    /// <summary>Exploited vulnerabilities of the UEM itself; null while no catalogue of such is in force.</summary>
    public IReadOnlyList<UemExploit>? UemExploits { get; init; }

    /// <summary>What an administrator should know about the feeds in force, for people.</summary>
    public IEnumerable<string> Notices =>
        Failed.Values.Select(feed => feed.ToString()).Concat(Context.Systems.Disagreements.Select(each => $"{each}"));

    /// <summary>Those of the notices that are about one feed.</summary>
    public IEnumerable<string> NoticesOf(FeedRow feed)
    {
        if (feed.ActiveVersionId is { } active && Failed.TryGetValue(active, out var failed))
        {
            yield return failed.ToString();
        }

        foreach (var each in DisagreementsOf(feed))
        {
            yield return each;
        }
    }

    public IEnumerable<string> DisagreementsOf(FeedRow feed) =>
        Context.Systems.Disagreements.Where(each => each.IsAbout(feed.Name)).Select(each => each.ToString());
}

public sealed record FailedFeed(string Name, string Format, string Mistake)
{
    public override string ToString() =>
        $"The stored file of feed {Name} cannot be read any more ({Mistake}). What it found is held and nothing that it "
        + "would cover is called Secure; import it again.";
}

/// <summary>
/// Keeps the knowledge of the feeds in force in memory. Which ones are in force is asked of the database each time, so
/// a change is seen by every node; only what changed is read and parsed.
/// </summary>
public sealed class IntelligenceStore(PersonalApps personal, ILogger<IntelligenceStore> log) : IDisposable
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
        var own = await db.OwnIndicators.OrderBy(row => row.Id).Select(row => row.Revision).ToListAsync(cancellation);
        List<Guid> inForce = [.. versions, .. own];
        if (current is { } known && known.Versions.SequenceEqual(inForce))
        {
            return known;
        }

        await building.WaitAsync(cancellation);
        try
        {
            return current = await BuildAsync(db, versions, inForce, cancellation);
        }
        finally
        {
            building.Release();
        }
    }

    /// <summary>The content of one stored version; null when it is gone or cannot be read any more.</summary>
    public async Task<FeedContent?> ContentAsync(PicketDbContext db, Guid version, CancellationToken cancellation) =>
        contents.TryGetValue(version, out var known) ? known : (await ReadAsync(db, version, cancellation)).Content;

    /// <summary>What would be known with another stored version of a feed; null when it is not there or cannot be read.</summary>
    public async Task<RiskContext?> WithVersionAsync(
        PicketDbContext db,
        Guid feed,
        Guid version,
        CancellationToken cancellation
    )
    {
        var known = await CurrentAsync(db, cancellation);
        if (
            !await db.FeedVersions.AnyAsync(row => row.Id == version && row.FeedId == feed, cancellation)
            || await ContentAsync(db, version, cancellation) is not { } content
        )
        {
            return null;
        }

        var inForce = await db
            .Feeds.Where(row => row.Id == feed)
            .Select(row => row.ActiveVersionId)
            .SingleAsync(cancellation);
        var others = contents.Where(other => other.Key != inForce).Select(other => other.Value);
        var own = await OwnIndicatorStore.ContentAsync(db, cancellation);
        return Context(
            With([.. others, content], own),
            known.Failed.Where(failed => failed.Key != inForce).Select(failed => failed.Value)
        );
    }

    /// <summary>The indicators of one feed as hashes, to be compared with the hashes of personal apps.</summary>
    public HashedApps Hashed(IEnumerable<FeedContent> feeds) => HashedApps.Build(feeds, personal.HashOf);

    private async Task<Knowledge> BuildAsync(
        PicketDbContext db,
        List<Guid> versions,
        List<Guid> inForce,
        CancellationToken cancellation
    )
    {
        var read = new Dictionary<Guid, FeedContent>();
        var failed = new Dictionary<Guid, FailedFeed>();
        foreach (var version in versions)
        {
            if (contents.TryGetValue(version, out var known))
            {
                read[version] = known;
                continue;
            }

            var (content, failure) = await ReadAsync(db, version, cancellation);
            if (content is not null)
            {
                read[version] = content;
            }
            else if (failure is not null)
            {
                failed[version] = failure;
            }
        }

        contents = read;
        var own = await OwnIndicatorStore.ContentAsync(db, cancellation);
        var context = Context(With(read.Values, own), failed.Values);
        IntelligenceLog.InForce(log, read.Count, context.Indicators.Count);
        return new Knowledge(inForce, context, failed) { UemExploits = OfUem(read.Values) };
    }

    private static IReadOnlyList<UemExploit>? OfUem(IReadOnlyCollection<FeedContent> feeds) =>
        feeds.All(feed => feed.Exploited.Count == 0)
            ? null
            :
            [
                .. from feed in feeds
                from entry in feed.Exploited
                where UemAdvisories.IsOfUem(entry)
                group new UemExploit(entry, feed.Source) by entry.Cve into same
                select same.First(),
            ];

    private static IReadOnlyCollection<FeedContent> With(IReadOnlyCollection<FeedContent> feeds, FeedContent own) =>
        own.Entries > 0 ? [.. feeds, own] : feeds;

    /// <summary>What these feeds say, whatever is in force.</summary>
    public RiskContext Context(IReadOnlyCollection<FeedContent> feeds) =>
        RiskContext.Build(feeds) with
        {
            HashedApps = Hashed(feeds),
            AppHash = personal.HashOf,
        };

    private RiskContext Context(IReadOnlyCollection<FeedContent> feeds, IEnumerable<FailedFeed> failed) =>
        Context(feeds) with
        {
            Unreadable = [.. failed.Select(feed => new UnreadableFeed(feed.Name, StoredFeed.Format(feed.Format)))],
        };

    private async Task<(FeedContent? Content, FailedFeed? Failed)> ReadAsync(
        PicketDbContext db,
        Guid version,
        CancellationToken cancellation
    )
    {
        var row = await db.FeedVersions.AsNoTracking().SingleOrDefaultAsync(row => row.Id == version, cancellation);
        var feed = row is null
            ? null
            : await db.Feeds.AsNoTracking().SingleOrDefaultAsync(feed => feed.Id == row.FeedId, cancellation);
        if (row is null || feed is null)
        {
            return (null, null); // Removed meanwhile.
        }

        var parse = StoredFeed.Parse(feed, row);
        if (parse.Succeeded)
        {
            return (parse.Content, null);
        }

        IntelligenceLog.Unreadable(log, feed.Name, row.Id, parse.Errors[0].ToString());
        return (null, new FailedFeed(feed.Name, feed.Format, parse.Errors[0].ToString()));
    }

    public void Dispose() => building.Dispose();
}
