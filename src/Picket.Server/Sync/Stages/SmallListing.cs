using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Picket.Core.Sync;
using Picket.Server.Inventory;
using Picket.Server.Storage;
using Picket.WorkspaceOne.Paging;

namespace Picket.Server.Sync.Stages;

/// <summary>
/// Reads a listing of up to some ten thousand rows and writes its differences. What a complete and coherent listing
/// lacks gets a GoneAt; after any other the rows stay and the run says why (law 1).
/// </summary>
/// <param name="Kind">Name of the counts.</param>
/// <param name="Key">The row's key in the UEM.</param>
/// <param name="Make">The row with everything that is listed.</param>
internal sealed record SmallListing<TItem, TRow, TKey>(
    string Kind,
    Func<TRow, TKey> Key,
    Func<TItem, TKey> KeyOf,
    Func<TItem, RowHash> HashOf,
    Func<TItem, RowIdentity, TRow> Make
)
    where TRow : class, IListedRow
    where TKey : notnull
{
    private const int RowsPerTransaction = 5000;

    public async Task WorkAsync(
        IServiceProvider services,
        SyncRun run,
        Listing<TItem> listing,
        CancellationToken cancellation
    )
    {
        var database = services.GetRequiredService<PicketDatabase>();
        var time = services.GetRequiredService<TimeProvider>();
        var stored = await StoredAsync(database, run.Integration.Id, cancellation);
        var listed = new HashSet<TKey>();
        await foreach (var page in listing.WithCancellation(cancellation))
        {
            run.Row.StageTotal = page.Total;
            await WriteAsync(database, run, page.Items, stored, time.GetUtcNow(), cancellation);
            listed.UnionWith(page.Items.Select(KeyOf));
        }

        await RemoveAsync(database, run, listing.Report.Complete, stored, listed, time.GetUtcNow(), cancellation);
    }

    /// <summary>The same for a listing that comes in one piece.</summary>
    public async Task WorkAsync(
        IServiceProvider services,
        SyncRun run,
        IReadOnlyList<TItem> items,
        CancellationToken cancellation
    )
    {
        var database = services.GetRequiredService<PicketDatabase>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var stored = await StoredAsync(database, run.Integration.Id, cancellation);
        foreach (var part in items.Chunk(RowsPerTransaction))
        {
            await WriteAsync(database, run, part, stored, now, cancellation);
        }

        await RemoveAsync(database, run, complete: true, stored, [.. items.Select(KeyOf)], now, cancellation);
    }

    private async Task<Dictionary<TKey, Stored>> StoredAsync(
        PicketDatabase database,
        Guid integration,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var rows = await db.Set<TRow>()
            .AsNoTracking()
            .Where(row => row.IntegrationId == integration)
            .ToListAsync(cancellation);
        return rows.ToDictionary(
            Key,
            row => new Stored(row.Id, RowHash.FromBytes(row.Hash), row.FirstSeenAt, row.GoneAt)
        );
    }

    private async Task WriteAsync(
        PicketDatabase database,
        SyncRun run,
        IReadOnlyList<TItem> items,
        Dictionary<TKey, Stored> stored,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var byKey = new Dictionary<TKey, TItem>();
        foreach (var item in items)
        {
            byKey[KeyOf(item)] = item;
        }

        var plan = SyncPlanner.PlanPage(
            [.. byKey.Select(pair => new PageRow<TKey>(pair.Key, HashOf(pair.Value)))],
            byKey
                .Keys.Where(stored.ContainsKey)
                .ToDictionary(key => key, key => new StoredRow(stored[key].Hash, Gone: stored[key].GoneAt is not null))
        );
        var rows = new List<TRow>();
        foreach (var row in plan.Inserts.Concat(plan.Updates).Concat(plan.Returned))
        {
            var known = stored.GetValueOrDefault(row.Key);
            var made = Make(
                byKey[row.Key],
                new RowIdentity(
                    known?.Id ?? Guid.CreateVersion7(now),
                    run.Integration.Id,
                    row.Hash.ToBytes(),
                    known?.FirstSeenAt ?? now
                )
            );
            stored[row.Key] = new Stored(made.Id, row.Hash, made.FirstSeenAt, null);
            rows.Add(made);
        }

        run.Count(
            Kind,
            read: byKey.Count,
            added: plan.Inserts.Count + plan.Returned.Count,
            changed: plan.Updates.Count
        );
        if (plan.WritesNothing)
        {
            return;
        }

        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await database.Bulk.UpsertAsync(db, rows, cancellation);
        run.Attach(db);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private async Task RemoveAsync(
        PicketDatabase database,
        SyncRun run,
        bool complete,
        Dictionary<TKey, Stored> stored,
        HashSet<TKey> listed,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var missing = stored
            .Where(pair => pair.Value.GoneAt is null && !listed.Contains(pair.Key))
            .Select(pair => pair.Value.Id)
            .ToList();
        if (!complete)
        {
            run.Incomplete($"{Kind}: the listing does not add up, so nothing was taken as gone.");
            return;
        }

        await using var db = database.Open();
        foreach (var part in missing.Chunk(1000))
        {
            await db.Set<TRow>()
                .Where(row => part.Contains(row.Id))
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.GoneAt, now), cancellation);
        }

        run.Count(Kind, removed: missing.Count);
    }

    private sealed record Stored(Guid Id, RowHash Hash, DateTimeOffset FirstSeenAt, DateTimeOffset? GoneAt);
}

/// <summary>What a row has beside what is listed.</summary>
internal sealed record RowIdentity(Guid Id, Guid IntegrationId, byte[] Hash, DateTimeOffset FirstSeenAt);
