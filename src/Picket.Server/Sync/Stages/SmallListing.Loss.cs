using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Sync;
using Picket.Server.Inventory;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Sync.Stages;

/// <content>What becomes of rows that the listing lacks.</content>
internal sealed partial record SmallListing<TItem, TRow, TKey>
{
    private async Task SettleAsync(
        PicketDatabase database,
        SyncRun run,
        ListingFacts facts,
        HashSet<TKey> listed,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var (present, missing) = await MissingAsync(database, run.Integration.Id, listed, cancellation);
        var readable = missing.Count == 0 || await OrganizationGroupStage.IsReadableAsync(run, cancellation);
        facts = facts with { StoredBefore = present, Missing = missing.Count, GroupReadable = readable };
        switch (LossPlan.Decide(facts, new LossBrake(), run.Row.AcceptLosses ? missing.Count : null))
        {
            case LossOutcome.Incomplete doubt:
                run.Incomplete($"{doubt.Explanation} Nothing was taken as gone.");
                break;
            case LossOutcome.HoldForApproval brake:
                run.Incomplete(
                    $"the listing lacks {brake.Lost} of {brake.StoredBefore} rows, more than is believed of one "
                        + "listing; they stay. If the loss is real: `picket sync --accept-losses`."
                );
                break;
            default:
                await RemoveAsync(database, run, await ProvenAsync(run, missing, cancellation), now, cancellation);
                break;
        }
    }

    /// <summary>How many rows are present now that the listing is written, and those of them that it lacks.</summary>
    private async Task<(int Present, Dictionary<TKey, Guid> Missing)> MissingAsync(
        PicketDatabase database,
        Guid integration,
        HashSet<TKey> listed,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var rows = Rows(db, integration).Where(row => row.GoneAt == null);
        var present = await rows.CountAsync(cancellation);
        var missing = new Dictionary<TKey, Guid>();
        if (present > listed.Count)
        {
            await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellation))
            {
                if (!listed.Contains(keyOfRow(row)))
                {
                    missing.Add(keyOfRow(row), row.Id);
                }
            }
        }

        return (present, missing);
    }

    /// <summary>Asks for each row by itself where that is possible; a listing that lacks one that answers was not whole.</summary>
    private async Task<List<Guid>> ProvenAsync(
        SyncRun run,
        Dictionary<TKey, Guid> missing,
        CancellationToken cancellation
    )
    {
        var proven = new List<Guid>();
        foreach (var (key, row) in missing)
        {
            if (ReadOneAsync is null || await IsGoneAsync(run, key, cancellation))
            {
                proven.Add(row);
            }
        }

        if (proven.Count < missing.Count)
        {
            run.Incomplete(
                $"{missing.Count - proven.Count} rows that the listing lacks answered when asked for; they stay."
            );
        }

        return proven;
    }

    private async Task<bool> IsGoneAsync(SyncRun run, TKey key, CancellationToken cancellation)
    {
        try
        {
            await ReadOneAsync!(run.Client, key, cancellation);
            return false;
        }
        catch (WorkspaceOneException gone) when (gone is NotFoundException or OutOfScopeException)
        {
            return true;
        }
    }

    private async Task RemoveAsync(
        PicketDatabase database,
        SyncRun run,
        List<Guid> gone,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        if (gone.Count == 0)
        {
            return;
        }

        run.Count(Kind, removed: gone.Count);
        await run.WriteAsync(
            database,
            async db =>
            {
                foreach (var part in gone.Chunk(1000))
                {
                    await db.Set<TRow>()
                        .Where(row => part.Contains(row.Id))
                        .ExecuteUpdateAsync(set => set.SetProperty(row => row.GoneAt, now), cancellation);
                }

                var traces = gone.ConvertAll(row => RunTraceRow.Of(run.Row, Kind, row, RunRowChange.Removed, now));
                await database.Bulk.InsertAsync(db, traces, cancellation);
            },
            cancellation
        );
    }
}
