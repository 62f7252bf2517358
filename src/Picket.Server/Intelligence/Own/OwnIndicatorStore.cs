using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Picket.Core.Devices;
using Picket.Core.Intelligence;
using Picket.Server.Audit;
using Picket.Server.Risk;
using Picket.Server.Storage;

namespace Picket.Server.Intelligence;

/// <summary>
/// Changes of own indicators. A change, its entry in the audit and the devices that it concerns are written together; one
/// change at a time.
/// </summary>
internal sealed class OwnIndicatorStore(
    PicketDatabase database,
    IntelligenceStore intelligence,
    AffectedDevices affected,
    JudgingSignal judging,
    AuditLog audit,
    TimeProvider time,
    ILogger<OwnIndicatorStore> log
) : IDisposable
{
    /// <summary>Each device is judged against all of them. Longer lists are feeds.</summary>
    public const int Most = 2_000;

    /// <summary>So long before its end somebody is told.</summary>
    public static readonly TimeSpan Reminder = TimeSpan.FromDays(14);

    private readonly SemaphoreSlim changing = new(1, 1);

    /// <summary>What they say together, ready to be judged against.</summary>
    public static async Task<FeedContent> ContentAsync(PicketDbContext db, CancellationToken cancellation)
    {
        var rows = await db.OwnIndicators.AsNoTracking().OrderBy(row => row.Id).ToListAsync(cancellation);
        var changed = rows.Count == 0 ? (DateTimeOffset?)null : rows.Max(row => row.ChangedAt);
        var date = changed is { } at ? DateOnly.FromDateTime(at.UtcDateTime) : (DateOnly?)null;
        return Content(rows.Select(row => row.Indicator), VersionOf(rows), date);
    }

    /// <summary>How many end soon.</summary>
    public static Task<int> EndingAsync(PicketDbContext db, DateTimeOffset now, CancellationToken cancellation)
    {
        var soon = now + Reminder;
        return db.OwnIndicators.CountAsync(row => row.ExpiresAt > now && row.ExpiresAt <= soon, cancellation);
    }

    /// <returns>Null when there are as many as there may be.</returns>
    public Task<OwnIndicatorRow?> AddAsync(OwnIndicatorWish wish, string actor, CancellationToken cancellation) =>
        OneAtATimeAsync(
            async db =>
            {
                if (await db.OwnIndicators.CountAsync(cancellation) >= Most)
                {
                    return null;
                }

                var now = time.GetUtcNow();
                var row = new OwnIndicatorRow
                {
                    Id = Guid.CreateVersion7(now),
                    Revision = Guid.CreateVersion7(now),
                    Kind = wish.Kind,
                    Value = wish.Value,
                    Platform = wish.Platform,
                    Class = wish.Class,
                    Severity = wish.Severity,
                    Reason = "",
                    Owner = "",
                    CreatedAt = now,
                    ChangedAt = now,
                };
                wish.Fill(row);
                db.OwnIndicators.Add(row);
                await SaveAsync(db, [row.Indicator], () => Tell(db, actor, "indicator.added", null, row), cancellation);
                return row;
            },
            cancellation
        );

    /// <returns>Null when there is no such indicator.</returns>
    public Task<OwnIndicatorRow?> ChangeAsync(
        Guid id,
        OwnIndicatorWish wish,
        string actor,
        CancellationToken cancellation
    ) =>
        OneAtATimeAsync(
            async db =>
            {
                if (await db.OwnIndicators.SingleOrDefaultAsync(row => row.Id == id, cancellation) is not { } row)
                {
                    return null;
                }

                var (before, told) = (row.Indicator, Told(row));
                wish.Fill(row);
                row.ChangedAt = time.GetUtcNow();
                row.Revision = Guid.CreateVersion7(row.ChangedAt);
                void Audit() => audit.Add(db, actor, "indicator.changed", $"{id}", told, Told(row));
                await SaveAsync(db, [before, row.Indicator], Audit, cancellation);
                return row;
            },
            cancellation
        );

    /// <returns>False when there is no such indicator.</returns>
    public Task<bool> RemoveAsync(Guid id, string actor, CancellationToken cancellation) =>
        OneAtATimeAsync(
            async db =>
            {
                if (await db.OwnIndicators.SingleOrDefaultAsync(row => row.Id == id, cancellation) is not { } row)
                {
                    return false;
                }

                db.OwnIndicators.Remove(row);
                await SaveAsync(
                    db,
                    [row.Indicator],
                    () => Tell(db, actor, "indicator.removed", row, null),
                    cancellation
                );
                return true;
            },
            cancellation
        );

    /// <summary>Devices that an expired indicator matched are judged without it, now and not within a day.</summary>
    public Task<int> EndExpiredAsync(CancellationToken cancellation) =>
        OneAtATimeAsync(
            async db =>
            {
                var now = time.GetUtcNow();
                var expired = await db
                    .OwnIndicators.Where(row => row.EndedAt == null && row.ExpiresAt <= now)
                    .ToListAsync(cancellation);
                if (expired.Count > 0)
                {
                    expired.ForEach(row => row.EndedAt = now);
                    await SaveAsync(
                        db,
                        [.. expired.Select(row => row.Indicator)],
                        () => expired.ForEach(row => Tell(db, AuditLog.Itself, "indicator.ended", row, null)),
                        cancellation
                    );
                }

                return expired.Count;
            },
            cancellation
        );

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

    private async Task SaveAsync(
        PicketDbContext db,
        List<Indicator> concerned,
        Action tell,
        CancellationToken cancellation
    )
    {
        var covered = await CoveredAsync(db, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.SaveChangesAsync(cancellation);
        var testable = concerned.Where(indicator => indicator.IsTestable).ToList();
        // With the first indicator of a platform's apps, or without the last, all its devices are judged anew.
        var devices = covered.SetEquals(await CoveredAsync(db, cancellation))
            ? await affected.MarkAsync(db, Content(testable, "", null), testable, cancellation)
            : await AffectedDevices.MarkAllAsync(db, cancellation);
        tell(); // Last: whoever writes to the audit meanwhile would wait until the devices are marked.
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        IntelligenceLog.Changed(log, OwnSource.Name, "changed", devices);
        foreach (var integration in await db.Integrations.Select(row => row.Id).ToListAsync(cancellation))
        {
            judging.Raise(integration);
        }
    }

    private async Task<HashSet<DevicePlatform>> CoveredAsync(PicketDbContext db, CancellationToken cancellation)
    {
        var knowledge = await intelligence.CurrentAsync(db, cancellation);
        return [.. Enum.GetValues<DevicePlatform>().Where(knowledge.Context.Indicators.CoversApps)];
    }

    private void Tell(
        PicketDbContext db,
        string actor,
        string action,
        OwnIndicatorRow? before,
        OwnIndicatorRow? after
    ) =>
        audit.Add(
            db,
            actor,
            action,
            (before ?? after)!.Id.ToString(),
            before is null ? null : Told(before),
            after is null ? null : Told(after)
        );

    /// <summary>Owner and reason may name people, whom the audit could not forget.</summary>
    private static object Told(OwnIndicatorRow row) =>
        new
        {
            Kind = IndicatorWords.Of(IndicatorWords.Kinds, row.Kind),
            row.Value,
            Platform = row.Platform.ToString(),
            Severity = row.Severity.ToString(),
            row.ExpiresAt,
        };

    private static FeedContent Content(IEnumerable<Indicator> indicators, string version, DateOnly? date)
    {
        var all = indicators.ToList();
        return new FeedContent(OwnSource.Of(version, date)) { Indicators = all, Entries = all.Count };
    }

    private static string VersionOf(List<OwnIndicatorRow> rows)
    {
        var revisions = rows.SelectMany(row => row.Revision.ToByteArray()).ToArray();
        return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(revisions))[..16];
    }

    public void Dispose() => changing.Dispose();
}
