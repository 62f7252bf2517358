using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Picket.Api;
using Picket.Core.Sync;
using Picket.Server.Inventory;
using Picket.Server.Storage;
using Picket.WorkspaceOne;
using Picket.WorkspaceOne.Paging;

namespace Picket.Server.Sync.Stages;

/// <summary>
/// Reads a listing and writes its differences page by page; of the whole only the keys are kept. What a whole listing
/// lacks gets a GoneAt as long as the loss is small; else the rows stay and the run says why (law 1).
/// </summary>
/// <param name="Kind">Name of the counts.</param>
/// <param name="Key">The row's key in the UEM.</param>
/// <param name="Make">The row with everything that is listed.</param>
/// <param name="ReadOneAsync">Reads one row by its key, where the UEM has such a call: "not found" proves that it is gone.</param>
/// <param name="Settle">Has the last word on rows, in the transaction that writes them; it may be asked twice.</param>
internal sealed partial record SmallListing<TItem, TRow, TKey>(
    string Kind,
    Expression<Func<TRow, TKey>> Key,
    Func<TItem, TKey> KeyOf,
    Func<TItem, RowHash> HashOf,
    Func<TItem, RowIdentity, TRow> Make,
    Func<WorkspaceOneClient, TKey, CancellationToken, Task>? ReadOneAsync = null,
    Func<PicketDbContext, Guid, List<TRow>, CancellationToken, Task>? Settle = null
)
    where TRow : class, IListedRow
    where TKey : notnull
{
    private const int RowsPerTransaction = 5000;
    private readonly Func<TRow, TKey> keyOfRow = Key.Compile();

    public async Task WorkAsync(
        IServiceProvider services,
        SyncRun run,
        Listing<TItem> listing,
        CancellationToken cancellation
    )
    {
        var database = services.GetRequiredService<PicketDatabase>();
        var time = services.GetRequiredService<TimeProvider>();
        var listed = new HashSet<TKey>();
        await foreach (var page in listing.WithCancellation(cancellation))
        {
            run.Row.StageTotal = page.Total;
            await WriteAsync(database, run, page.Items, time.GetUtcNow(), cancellation);
            listed.UnionWith(page.Items.Select(KeyOf));
        }

        var facts = ListingFactsOf.Report(listing.Report);
        await SettleAsync(database, run, facts, listed, time.GetUtcNow(), cancellation);
    }

    /// <summary>The same for a listing that comes in one piece.</summary>
    /// <param name="doubt">Why it is not the whole listing; null where nothing speaks against it.</param>
    public async Task WorkAsync(
        IServiceProvider services,
        SyncRun run,
        IReadOnlyList<TItem> items,
        string? doubt,
        CancellationToken cancellation
    )
    {
        var database = services.GetRequiredService<PicketDatabase>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        foreach (var part in items.Chunk(RowsPerTransaction))
        {
            await WriteAsync(database, run, part, now, cancellation);
        }

        var facts = ListingFactsOf.OnePiece(items.Count, doubt);
        await SettleAsync(database, run, facts, [.. items.Select(KeyOf)], now, cancellation);
    }

    private async Task<Dictionary<TKey, Stored>> StoredAsync(
        PicketDatabase database,
        Guid integration,
        List<TKey> keys,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var rows = await Rows(db, integration).Where(KeyIsAmong(keys)).ToListAsync(cancellation);
        return rows.ToDictionary(
            keyOfRow,
            row => new Stored(row.Id, RowHash.FromBytes(row.Hash), row.FirstSeenAt, row.GoneAt)
        );
    }

    private static IQueryable<TRow> Rows(PicketDbContext db, Guid integration) =>
        db.Set<TRow>().AsNoTracking().Where(row => row.IntegrationId == integration);

    private Expression<Func<TRow, bool>> KeyIsAmong(List<TKey> keys)
    {
        var contains = Expression.Call(
            typeof(Enumerable),
            nameof(Enumerable.Contains),
            [typeof(TKey)],
            QueryParameter.Of(keys),
            Key.Body
        );
        return Expression.Lambda<Func<TRow, bool>>(contains, Key.Parameters);
    }

    private async Task WriteAsync(
        PicketDatabase database,
        SyncRun run,
        IReadOnlyList<TItem> items,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var byKey = new Dictionary<TKey, TItem>();
        foreach (var item in items)
        {
            byKey[KeyOf(item)] = item;
        }

        var stored = await StoredAsync(database, run.Integration.Id, [.. byKey.Keys], cancellation);
        var plan = SyncPlanner.PlanPage(
            [.. byKey.Select(pair => new PageRow<TKey>(pair.Key, HashOf(pair.Value)))],
            stored.ToDictionary(
                pair => pair.Key,
                pair => new StoredRow(pair.Value.Hash, Gone: pair.Value.GoneAt is not null)
            )
        );
        var rows = new List<TRow>();
        foreach (var row in plan.Inserts.Concat(plan.Updates).Concat(plan.Returned))
        {
            var known = stored.GetValueOrDefault(row.Key);
            var identity = new RowIdentity(
                known?.Id ?? Guid.CreateVersion7(now),
                run.Integration.Id,
                row.Hash.ToBytes(),
                known?.FirstSeenAt ?? now
            );
            rows.Add(Make(byKey[row.Key], identity));
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

        var traces = Traces(run, plan.Updates, RunRowChange.Changed, stored, now)
            .Concat(Traces(run, plan.Returned, RunRowChange.Added, stored, now))
            .ToList();
        await run.WriteAsync(
            database,
            async db =>
            {
                if (Settle is not null)
                {
                    await Settle(db, run.Integration.Id, rows, cancellation);
                }

                await database.Bulk.UpsertAsync(db, rows, cancellation);
                await database.Bulk.InsertAsync(db, traces, cancellation);
            },
            cancellation
        );
    }

    private IEnumerable<RunTraceRow> Traces(
        SyncRun run,
        IEnumerable<PageRow<TKey>> rows,
        RunRowChange change,
        Dictionary<TKey, Stored> stored,
        DateTimeOffset now
    ) => rows.Select(row => RunTraceRow.Of(run.Row, Kind, stored[row.Key].Id, change, now));

    private sealed record Stored(Guid Id, RowHash Hash, DateTimeOffset FirstSeenAt, DateTimeOffset? GoneAt);
}

/// <summary>What a row has beside what is listed.</summary>
internal sealed record RowIdentity(Guid Id, Guid IntegrationId, byte[] Hash, DateTimeOffset FirstSeenAt);
