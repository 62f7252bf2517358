namespace Picket.Core.Sync;

/// <summary>Compares what the UEM listed with what the inventory has, and says what to write.</summary>
public static class SyncPlanner
{
    /// <summary>
    /// Plans the rows that are written in one transaction: a page, or some pages together. <paramref name="stored"/>
    /// needs the stored rows of these keys only. Rows of one transaction must be planned in one call: a row that moved
    /// between two pages would otherwise be inserted twice.
    /// </summary>
    public static PagePlan<TKey> PlanPage<TKey>(
        IReadOnlyList<PageRow<TKey>> page,
        IReadOnlyDictionary<TKey, StoredRow> stored
    )
        where TKey : notnull
    {
        List<PageRow<TKey>> inserts = [];
        List<PageRow<TKey>> updates = [];
        List<PageRow<TKey>> touches = [];
        List<PageRow<TKey>> returned = [];
        List<TKey> unchanged = [];

        var rows = LastOfEach(page);
        foreach (var listed in rows)
        {
            if (!stored.TryGetValue(listed.Key, out var known))
            {
                inserts.Add(listed);
                continue;
            }

            var row = listed with { LastSeen = Later(listed.LastSeen, known.LastSeen) };
            if (known.Gone)
            {
                returned.Add(row);
            }
            else if (row.Hash != known.Hash)
            {
                updates.Add(row);
            }
            else if (row.LastSeen != known.LastSeen)
            {
                touches.Add(row);
            }
            else
            {
                unchanged.Add(row.Key);
            }
        }

        return new()
        {
            Inserts = inserts,
            Updates = updates,
            Touches = touches,
            Returned = returned,
            Unchanged = unchanged,
            Repeated = page.Count - rows.Count,
        };
    }

    private static List<PageRow<TKey>> LastOfEach<TKey>(IReadOnlyList<PageRow<TKey>> page)
        where TKey : notnull
    {
        var places = new Dictionary<TKey, int>(page.Count);
        var rows = new List<PageRow<TKey>>(page.Count);
        foreach (var row in page)
        {
            if (places.TryAdd(row.Key, rows.Count))
            {
                rows.Add(row);
            }
            else
            {
                rows[places[row.Key]] = row;
            }
        }

        return rows;
    }

    /// <summary>A contact that happened stays: a row that was listed from an older state does not take it back.</summary>
    private static DateTimeOffset? Later(DateTimeOffset? listed, DateTimeOffset? known) =>
        listed is null || known > listed ? known : listed;
}
