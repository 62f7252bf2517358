using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Picket.Core.Devices;
using Picket.Core.Intelligence;
using Picket.Server.Audit;
using Picket.Server.Hunts;
using Picket.Server.Risk;
using Picket.Server.Storage;
using FeedSourceOutcome = Picket.Api.FeedSourceOutcome;

namespace Picket.Server.Intelligence;

/// <summary>What somebody, or a feed's source, wants to import.</summary>
/// <param name="Format">Null: told by the content and the file's name.</param>
/// <param name="Licence">Null: that of the format's usual source.</param>
/// <param name="Accepted">A person says that it shall come into force however much it changes.</param>
/// <param name="Source">The source that brought it, as it was asked; null for a person's file.</param>
internal sealed record FeedFile(
    string Name,
    FeedFormat? Format,
    string? FileName,
    FeedLicence? Licence,
    byte[] Bytes,
    bool Accepted = false,
    FeedSourceRow? Source = null
);

/// <summary>
/// The outcome of a change: the feed with its version, or why nothing was changed. Without any of them the file is not
/// wanted any more.
/// </summary>
/// <param name="Aside">Why the version waits for a person, where it does; another one stays in force.</param>
/// <param name="Rejected">A person decided against this very file before; nothing was changed.</param>
internal sealed record FeedOutcome(
    FeedRow? Feed,
    FeedVersionRow? Version,
    IReadOnlyList<FeedError> Errors,
    string? Aside = null,
    bool Rejected = false
);

/// <summary>
/// Changes of feeds. A change, its entry in the audit and the devices that it concerns are written together; one change
/// at a time. What is decided of versions that were set aside is in a file of its own.
/// </summary>
internal sealed partial class FeedStore(
    PicketDatabase database,
    IntelligenceStore intelligence,
    AffectedDevices affected,
    JudgingSignal judging,
    HuntSignal hunts,
    AuditLog audit,
    IOptions<FeedOptions> options,
    TimeProvider time,
    ILogger<FeedStore> log
) : IDisposable
{
    private readonly SemaphoreSlim changing = new(1, 1);

    public Task<FeedOutcome> ImportAsync(FeedFile file, string actor, CancellationToken cancellation)
    {
        var origin = new FeedOrigin(file.Name, file.FileName, Licence: file.Licence);
        var parse = file.Format is { } format
            ? FeedFormats.Parse(format, file.Bytes, origin)
            : FeedFormats.Parse(file.Bytes, origin);
        return parse.Succeeded
            ? OneAtATimeAsync(Wanted(db => TakeOverAsync(db, file, parse.Content, actor, cancellation)), cancellation)
            : OneAtATimeAsync(Wanted(db => RefuseAsync(db, file, parse.Errors, cancellation)), cancellation);

        Func<PicketDbContext, Task<FeedOutcome>> Wanted(Func<PicketDbContext, Task<FeedOutcome>> change) =>
            async db =>
                await IsWantedAsync(db, file, cancellation) ? await change(db) : new FeedOutcome(null, null, []);
    }

    /// <summary>A download takes its time: meanwhile the feed may be removed, or its source changed or followed no more.</summary>
    private static async Task<bool> IsWantedAsync(PicketDbContext db, FeedFile file, CancellationToken cancellation) =>
        file.Source is not { } source
        || await db.FeedSources.AnyAsync(row => row.Id == source.Id && row.Revision == source.Revision, cancellation);

    /// <summary>Null when there is no such feed; an outcome without a version when there is none before.</summary>
    public Task<FeedOutcome?> RollBackAsync(Guid id, string actor, CancellationToken cancellation) =>
        OneAtATimeAsync(db => RollBackAsync(db, id, actor, cancellation), cancellation);

    public Task<bool> DeleteAsync(Guid id, string actor, CancellationToken cancellation) =>
        OneAtATimeAsync(db => DeleteAsync(db, id, actor, cancellation), cancellation);

    private async Task<T> OneAtATimeAsync<T>(Func<PicketDbContext, Task<T>> change, CancellationToken cancellation)
    {
        await changing.WaitAsync(cancellation);
        try
        {
            // A sync and judging write the devices that a change marks.
            return await Rivalry.RepeatAsync(async () =>
            {
                await using var db = database.Open();
                return await change(db);
            });
        }
        finally
        {
            changing.Release();
        }
    }

    private async Task<FeedOutcome> TakeOverAsync(
        PicketDbContext db,
        FeedFile file,
        FeedContent content,
        string actor,
        CancellationToken cancellation
    )
    {
        var format = content.Source.Format.ToString();
        var feed = await db.Feeds.SingleOrDefaultAsync(
            feed => feed.Name == file.Name && feed.Format == format,
            cancellation
        );
        if (feed is null)
        {
            var now = time.GetUtcNow();
            feed = new FeedRow
            {
                Id = Guid.CreateVersion7(now),
                Name = file.Name,
                Format = format,
                CreatedAt = now,
            };
            db.Feeds.Add(feed);
        }

        (feed.FailedAt, feed.Failure) = (null, null);
        var before = await InForceAsync(db, feed, cancellation);
        var difference = FeedDifference.Between(before, content);
        var stored = await StoredAsync(db, feed, file, cancellation);
        if (before is not null && stored.Find(row => row.Id == feed.ActiveVersionId) is { } same)
        {
            feed.EndWaiting(); // The source came back to what is in force.
            await db.SaveChangesAsync(cancellation);
            return new FeedOutcome(feed, same, []);
        }

        if (stored is [{ RejectedAt: not null } rejected, ..] && !file.Accepted)
        {
            await db.SaveChangesAsync(cancellation);
            return new FeedOutcome(feed, rejected, [], Rejected: true);
        }

        // What waits is compared with what is in force already. Any other file is a version of its own, also one that was
        // there before: it came now, and differs from what is in force now. So the same file mends a damaged one, too.
        var version = stored.Find(row => row.Id == feed.AsideVersionId);
        if (version is null)
        {
            var now = time.GetUtcNow();
            version = StoredFeed.Row(
                feed.Id,
                file.Bytes,
                file.FileName,
                content,
                difference.Shift,
                feed.ActiveVersionId,
                now
            );
            db.FeedVersions.Add(version);
        }

        if (before is not null && !file.Accepted && Brake.ReasonToAsk(difference.Shift) is { } reason)
        {
            return await PutAsideAsync(db, feed, version, reason, actor, cancellation);
        }

        if (feed.AsideVersionId == version.Id)
        {
            await TellSourceAsync(db, feed.Id, FeedSourceOutcome.Imported, cancellation);
        }

        feed.PutInForce(version.Id);
        var after = new { feed.Name, version.Sha256 };
        await SaveAsync(db, feed, before, content, difference, "was imported", Tell, cancellation);
        return new FeedOutcome(feed, version, []);

        void Tell() => audit.Add(db, actor, "feed.imported", feed.Id.ToString(), after: after);
    }

    /// <summary>The feed for which the file was meant remembers it. Of which format it was meant to be may not be told.</summary>
    private async Task<FeedOutcome> RefuseAsync(
        PicketDbContext db,
        FeedFile file,
        IReadOnlyList<FeedError> errors,
        CancellationToken cancellation
    )
    {
        var format = file.Format?.ToString();
        await db
            .Feeds.Where(feed => feed.Name == file.Name && (format == null || feed.Format == format))
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(feed => feed.FailedAt, time.GetUtcNow())
                        .SetProperty(feed => feed.Failure, errors[0].ToString()),
                cancellation
            );
        return new FeedOutcome(null, null, errors);
    }

    private async Task<FeedOutcome?> RollBackAsync(
        PicketDbContext db,
        Guid id,
        string actor,
        CancellationToken cancellation
    )
    {
        var feed = await db.Feeds.SingleOrDefaultAsync(feed => feed.Id == id, cancellation);
        if (feed?.ActiveVersionId is not { } active)
        {
            return null;
        }

        var earlier = feed.EarlierVersions.LastOrDefault();
        var version = await db.FeedVersions.SingleOrDefaultAsync(row => row.Id == earlier, cancellation);
        if (version is null)
        {
            return new FeedOutcome(feed, null, []);
        }

        var parse = StoredFeed.Parse(feed, version);
        if (!parse.Succeeded)
        {
            return new FeedOutcome(feed, null, parse.Errors);
        }

        var before = await InForceAsync(db, feed, cancellation);
        feed.RollBack();
        await CompareWaitingAsync(db, feed, version, parse.Content, cancellation);
        var (from, to) = (new { Version = active }, new { Version = version.Id });
        var difference = FeedDifference.Between(before, parse.Content);
        await SaveAsync(db, feed, before, parse.Content, difference, "was rolled back", Tell, cancellation);
        return new FeedOutcome(feed, version, []);

        void Tell() => audit.Add(db, actor, "feed.rolled-back", id.ToString(), from, to);
    }

    private async Task<bool> DeleteAsync(PicketDbContext db, Guid id, string actor, CancellationToken cancellation)
    {
        var feed = await db.Feeds.SingleOrDefaultAsync(feed => feed.Id == id, cancellation);
        if (feed is null)
        {
            return false;
        }

        var before = await InForceAsync(db, feed, cancellation);
        db.Feeds.Remove(feed);
        await db.FeedSources.Where(source => source.FeedId == id).LoadAsync(cancellation);
        db.FeedSources.RemoveRange(db.FeedSources.Local); // Its source would bring it back.
        var difference = FeedDifference.Between(before, null);
        await SaveAsync(db, feed, before, null, difference, "was removed", Tell, cancellation);
        return true;

        void Tell() => audit.Add(db, actor, "feed.removed", id.ToString(), before: new { feed.Name, feed.Format });
    }

    private async Task<FeedContent?> InForceAsync(PicketDbContext db, FeedRow feed, CancellationToken cancellation) =>
        feed.ActiveVersionId is { } active ? await intelligence.ContentAsync(db, active, cancellation) : null;

    /// <summary>The versions with the same file, the newest first: what was decided of it last counts.</summary>
    private static async Task<List<FeedVersionRow>> StoredAsync(
        PicketDbContext db,
        FeedRow feed,
        FeedFile file,
        CancellationToken cancellation
    )
    {
        var sha = StoredFeed.Sha256(file.Bytes);
        return await FeedReading
            .WithoutContent(
                db.FeedVersions.Where(row => row.FeedId == feed.Id && row.Sha256 == sha)
                    .OrderByDescending(row => row.Id)
            )
            .ToListAsync(cancellation);
    }

    private async Task SaveAsync(
        PicketDbContext db,
        FeedRow feed,
        FeedContent? before,
        FeedContent? content,
        FeedDifference difference,
        string change,
        Action tell,
        CancellationToken cancellation
    )
    {
        var covered = await CoveredAsync(db, cancellation);
        var wasUnreadable = before is null && feed.EarlierVersions.Count > 0;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.SaveChangesAsync(cancellation);
        await RemoveVersionsWithoutFeedAsync(db, cancellation);
        await RemoveOldVersionsAsync(db, feed, cancellation);
        var all = difference.Systems || wasUnreadable || !covered.SetEquals(await CoveredAsync(db, cancellation));
        var devices = all
            ? await AffectedDevices.MarkAllAsync(db, cancellation)
            : await affected.MarkAsync(db, (content ?? before)!, difference, cancellation);
        tell(); // Last: whoever writes to the audit meanwhile would wait until the devices are marked.
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        IntelligenceLog.Changed(log, feed.Name, change, devices);
        hunts.FeedsChanged();
        foreach (var integration in await db.Integrations.Select(row => row.Id).ToListAsync(cancellation))
        {
            judging.Raise(integration);
        }
    }

    private static Task<int> RemoveVersionsWithoutFeedAsync(PicketDbContext db, CancellationToken cancellation) =>
        db
            .FeedVersions.Where(version => !db.Feeds.Any(feed => feed.Id == version.FeedId))
            .ExecuteDeleteAsync(cancellation);

    /// <summary>Platforms on which an app can match anything: with the first feed of one, all its devices are judged anew.</summary>
    private async Task<HashSet<DevicePlatform>> CoveredAsync(PicketDbContext db, CancellationToken cancellation)
    {
        var knowledge = await intelligence.CurrentAsync(db, cancellation);
        return [.. Enum.GetValues<DevicePlatform>().Where(knowledge.Context.Indicators.CoversApps)];
    }

    public void Dispose() => changing.Dispose();
}
