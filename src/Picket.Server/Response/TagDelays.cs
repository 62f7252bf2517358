using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Response;
using Picket.Server.Storage;

namespace Picket.Server.Response;

/// <summary>
/// How long it took from the moment that a change of a verdict was known until its first tag call was on the wire. What
/// waited for something else is not counted: for a brake, a person, the end of a stop, or after a run that failed.
/// </summary>
internal sealed class TagDelays(PicketDatabase database)
{
    /// <summary>Days that are kept, and told of.</summary>
    public const int Days = 30;

    private readonly HashSet<int> seen = [];

    /// <param name="devices">The UEM's numbers; each counts with its first call of the run.</param>
    /// <param name="sentAt">When the call was handed to the network.</param>
    public async Task NoteAsync(
        TagRunRow run,
        IReadOnlyList<int> devices,
        DateTimeOffset sentAt,
        CancellationToken cancellation
    )
    {
        int[] first = [.. devices.Where(seen.Add)];
        if (first.Length == 0 || run.ApprovedBy is not null || run.Kind != TagRunKind.Levels)
        {
            return;
        }

        await using var db = database.Open();
        var after = await FromAsync(db, run, cancellation);
        var known = await db
            .Devices.Where(row =>
                row.IntegrationId == run.IntegrationId && first.Contains(row.RemoteId) && row.WantedAt > after
            )
            .Select(row => row.WantedAt!.Value)
            .ToListAsync(cancellation);
        TaggingTelemetry.Delayed(known.Select(at => sentAt - at));
        await CountAsync(db, run.IntegrationId, sentAt, known, cancellation);
    }

    /// <returns>Null when nothing was counted.</returns>
    public static async Task<DetectionToTag?> OfAsync(
        PicketDbContext db,
        Guid integration,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var from = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-Days);
        var counts = await db
            .TagDelays.Where(row => row.IntegrationId == integration && row.Day > from)
            .GroupBy(row => row.Bucket)
            .Select(group => new KeyValuePair<int, long>(group.Key, group.Sum(row => row.Devices)))
            .ToListAsync(cancellation);
        return DelayBuckets.Percentile(counts, 0.5) is { } median
            ? new DetectionToTag(
                counts.Sum(each => each.Value),
                Math.Ceiling(median.TotalMilliseconds),
                Math.Ceiling(DelayBuckets.Percentile(counts, 0.99)!.Value.TotalMilliseconds),
                Days
            )
            : null;
    }

    /// <summary>
    /// What was known before the run before this one began was seen by it, and not sent for a reason; so was what was known
    /// before the last stop of all writes ended.
    /// </summary>
    private static async Task<DateTimeOffset> FromAsync(
        PicketDbContext db,
        TagRunRow run,
        CancellationToken cancellation
    )
    {
        var before = await db
            .TagRuns.Where(row => row.IntegrationId == run.IntegrationId && row.Id < run.Id)
            .OrderByDescending(row => row.Id)
            .Select(row => row.StartedAt)
            .FirstOrDefaultAsync(cancellation);
        var released = await db.WriteStops.MaxAsync(row => row.ReleasedAt, cancellation);
        return new[] { before, released }.Max() ?? DateTimeOffset.MinValue;
    }

    private static async Task CountAsync(
        PicketDbContext db,
        Guid integration,
        DateTimeOffset sentAt,
        IEnumerable<DateTimeOffset> known,
        CancellationToken cancellation
    )
    {
        var day = DateOnly.FromDateTime(sentAt.UtcDateTime);
        foreach (var bucket in known.CountBy(at => DelayBuckets.Of(sentAt - at)))
        {
            var row = await db.TagDelays.FindAsync([integration, day, bucket.Key], cancellation);
            row ??= db
                .TagDelays.Add(
                    new TagDelayRow
                    {
                        IntegrationId = integration,
                        Day = day,
                        Bucket = bucket.Key,
                    }
                )
                .Entity;
            row.Devices += bucket.Value;
        }

        await db.SaveChangesAsync(cancellation);
    }
}
