using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Picket.Api;
using Picket.Core.Intelligence;
using Picket.Server.Audit;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Intelligence.Sources;

/// <summary>
/// One look at one source: claim it, read it, hand over what is new, write down what came of it. Several servers may try
/// at once; the claim lets one of them, and where that one dies, another after a while.
/// </summary>
internal sealed class FeedSourceCheck(
    PicketDatabase database,
    FeedFetch addresses,
    FeedFolder folder,
    FeedStore feeds,
    IOptions<FeedOptions> options,
    TimeProvider time,
    ILogger<FeedSourceCheck> log
)
{
    /// <summary>What came of it.</summary>
    /// <param name="File">The file that was dealt with; null where there was none, or it could not be read.</param>
    private sealed record Result(
        FeedSourceOutcome Outcome,
        string? Failure = null,
        TimeSpan? Wait = null,
        FetchedFile? File = null,
        FeedRow? Feed = null
    );

    public async Task RunAsync(Guid id, CancellationToken stopping)
    {
        if (await ClaimAsync(id, stopping) is not { } source)
        {
            return;
        }

        try
        {
            var result = await LookAsync(source, stopping);
            await WriteAsync(source, result, stopping);
            if (result.Failure is { } failure)
            {
                IntelligenceLog.SourceFailed(log, source.Name, failure);
            }
        }
        finally
        {
            await ReleaseAsync(source);
        }
    }

    /// <returns>Null where it is not due any more, or somebody else is at it.</returns>
    private async Task<FeedSourceRow?> ClaimAsync(Guid id, CancellationToken stopping)
    {
        await using var db = database.Open();
        var now = time.GetUtcNow();
        // Taking a large feed over marks devices; the claim ends with the look, this is for a server that died.
        var until = now.AddSeconds(options.Value.FetchTimeoutSeconds).AddMinutes(10);
        var claimed = await db
            .FeedSources.Where(row => row.Id == id && row.NextTryAt <= now)
            .Where(row => row.ClaimedUntil == null || row.ClaimedUntil < now)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ClaimedUntil, until), stopping);
        return claimed == 0
            ? null
            : await db.FeedSources.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, stopping);
    }

    /// <summary>Where nothing could be written of the look the claim ends all the same, even while the server stops.</summary>
    private async Task ReleaseAsync(FeedSourceRow source)
    {
        await using var db = database.Open();
        await db
            .FeedSources.Where(row => row.Id == source.Id && row.ClaimedUntil == source.ClaimedUntil)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.ClaimedUntil, (DateTimeOffset?)null),
                CancellationToken.None
            );
    }

    private async Task<Result> LookAsync(FeedSourceRow source, CancellationToken stopping)
    {
        try
        {
            var known = source.Sha256 is not null;
            var file = source.IsAddress
                ? await addresses.GetAsync(source, known, stopping)
                : await folder.ReadAsync(source.Path!, stopping);
            return file is null || StoredFeed.Sha256(file.Bytes) == source.Sha256
                ? Unchanged(source, file)
                : await TakeOverAsync(source, file, stopping);
        }
        catch (FeedSourceException none)
        {
            return new Result(FeedSourceOutcome.Failed, none.Message, none.Wait);
        }
        catch (Exception mistake) when (mistake is not OperationCanceledException)
        {
            IntelligenceLog.SourceBroke(log, source.Name, mistake);
            return new Result(
                FeedSourceOutcome.Failed,
                "Picket could not take it over; the server's log holds the cause."
            );
        }
    }

    /// <summary>What waits for a person, or was refused by one, does so until the source brings something else.</summary>
    private static Result Unchanged(FeedSourceRow source, FetchedFile? file) =>
        new(
            source.Outcome is FeedSourceOutcome.SetAside or FeedSourceOutcome.Rejected
                ? source.Outcome.Value
                : FeedSourceOutcome.Unchanged,
            File: file
        );

    private async Task<Result> TakeOverAsync(FeedSourceRow source, FetchedFile file, CancellationToken stopping)
    {
        var licence = source.Licence is { } name
            ? new FeedLicence(name, source.Attribution ?? "", source.Attribution is not null)
            : null;
        var wish = new FeedFile(source.Name, FormatOf(source), file.FileName, licence, file.Bytes) { Source = source };
        var outcome = await feeds.ImportAsync(wish, AuditLog.Itself, stopping);
        return outcome switch
        {
            { Errors: [var error, ..] } => new Result(
                FeedSourceOutcome.Unreadable,
                $"The file cannot be read: {error}. What was in force stays in force."
            ),
            { Rejected: true } => new Result(FeedSourceOutcome.Rejected, File: file, Feed: outcome.Feed),
            { Aside: not null } => new Result(FeedSourceOutcome.SetAside, File: file, Feed: outcome.Feed),
            // Nothing is written of it: the source is another one by now, or none.
            { Feed: null } => new Result(FeedSourceOutcome.Unchanged),
            _ => new Result(FeedSourceOutcome.Imported, File: file, Feed: outcome.Feed),
        };
    }

    private static FeedFormat? FormatOf(FeedSourceRow source) =>
        source.Format is { } format ? StoredFeed.Format(format) : null;

    private async Task WriteAsync(FeedSourceRow source, Result result, CancellationToken stopping)
    {
        await using var db = database.Open();
        var row = await db.FeedSources.SingleOrDefaultAsync(row => row.Id == source.Id, stopping);
        if (row is null)
        {
            return; // Nobody follows it any more.
        }

        row.ClaimedUntil = null;
        if (row.Revision == source.Revision)
        {
            Note(row, result, time.GetUtcNow());
            if (result.Outcome is FeedSourceOutcome.Unchanged)
            {
                await EndRefusalAsync(db, row, stopping);
            }
        }

        await db.SaveChangesAsync(stopping);
    }

    /// <summary>A file that could not be read is of the past where the source gives again what is in force.</summary>
    private static Task<int> EndRefusalAsync(PicketDbContext db, FeedSourceRow source, CancellationToken stopping) =>
        db
            .Feeds.Where(feed => feed.Id == source.FeedId && feed.FailedAt != null)
            .Where(feed =>
                db.FeedVersions.Any(version => version.Id == feed.ActiveVersionId && version.Sha256 == source.Sha256)
            )
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(feed => feed.FailedAt, (DateTimeOffset?)null)
                        .SetProperty(feed => feed.Failure, (string?)null),
                stopping
            );

    private static void Note(FeedSourceRow row, Result result, DateTimeOffset now)
    {
        (row.LastTryAt, row.Outcome, row.Failure) = (now, result.Outcome, result.Failure);
        if (result.Failure is null)
        {
            (row.LastSuccessAt, row.FailingSince, row.Failures) = (now, null, 0);
        }
        else
        {
            (row.FailingSince, row.Failures) = (row.FailingSince ?? now, row.Failures + 1);
        }

        if (result.File is { } file)
        {
            (row.Sha256, row.ETag, row.LastModified) = (StoredFeed.Sha256(file.Bytes), file.ETag, file.LastModified);
        }

        if (result.Feed is { } feed)
        {
            (row.FeedId, row.Format) = (feed.Id, feed.Format);
        }

        row.NextTryAt =
            now + SourceSchedule.UntilNext(TimeSpan.FromMinutes(row.IntervalMinutes), row.Failures, result.Wait);
    }
}
