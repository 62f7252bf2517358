namespace Picket.WorkspaceOne.Paging;

/// <summary>Counts what a listing brings, decides whether another page is worth a call, and judges at the end.</summary>
internal sealed class ListingTally<T>(
    Func<T, long> key,
    PagingOptions options,
    RowIdentity identity = RowIdentity.OwnId
)
{
    private readonly IdSet seen = new();
    private readonly Dictionary<long, int> onThisPage = [];
    private ListingAnomalies anomalies;
    private int? total;
    private int pageSize = options.PageSize;
    private int pages;
    private int calls;
    private int received;
    private int duplicates;
    private int leftOut;
    private int fruitless;
    private bool ended;
    private bool finished;

    public int? Total => total;

    public void Asked() => calls++;

    /// <summary>Takes a page in and returns its new rows.</summary>
    public IReadOnlyList<T> Take(PageRead<T> read)
    {
        pages++;
        if (read.Rows.Count == 0)
        {
            // 204, {} and an empty list alike. Such an answer may still name the total (groups/search v2).
            NoteTotal(read.Total ?? total ?? 0);
            ended = true;
            return [];
        }

        NoteTotal(read.Total);
        if (pages == 1)
        {
            pageSize = EffectivePageSize(read);
            seen.Reserve(total ?? 0);
        }

        received += read.Rows.Count;
        onThisPage.Clear();
        var fresh = TakeNew(read.Rows);
        fruitless = fresh.Count == 0 ? fruitless + 1 : 0;
        if (fruitless == 2)
        {
            anomalies |= ListingAnomalies.NoProgress;
            ended = true;
        }

        return fresh;
    }

    /// <summary>Whether another page shall be asked for while <paramref name="inFlight"/> pages are on their way.</summary>
    public bool Wants(int inFlight)
    {
        if (ended || !MorePromised(inFlight))
        {
            return false;
        }

        if (calls < options.MaxPages)
        {
            return true;
        }

        anomalies |= ListingAnomalies.PageLimit;
        return false;
    }

    public void Finish() => finished = true;

    public ListingReport ToReport()
    {
        var odd = anomalies;
        odd |= finished ? ListingAnomalies.None : ListingAnomalies.Stopped;
        odd |= duplicates > 0 ? ListingAnomalies.DuplicateRows : ListingAnomalies.None;
        odd |= seen.Count + leftOut < total ? ListingAnomalies.RowsMissing : ListingAnomalies.None;
        odd |= received > total ? ListingAnomalies.RowsBeyondTotal : ListingAnomalies.None;
        return new(odd == ListingAnomalies.None, pages, calls, total, received, seen.Count, duplicates, odd)
        {
            LeftOut = leftOut,
        };
    }

    private bool MorePromised(int inFlight)
    {
        // With a total that is missing or already proved too low, only an empty page ends the listing: one at a time.
        if (total is not { } expected || received > expected)
        {
            return inFlight == 0;
        }

        return received + ((long)inFlight * pageSize) < expected;
    }

    private int EffectivePageSize(PageRead<T> read) =>
        read.PageSize is > 0 and var stated ? Math.Min(options.PageSize, stated) : read.Rows.Count;

    private void NoteTotal(int? stated)
    {
        if (stated is not { } now)
        {
            anomalies |= ListingAnomalies.TotalMissing;
            return;
        }

        if (total is { } before && before != now)
        {
            anomalies |= ListingAnomalies.TotalChanged;
        }

        total = now;
    }

    private IReadOnlyList<T> TakeNew(IReadOnlyList<T> rows)
    {
        List<T>? kept = null;
        for (var index = 0; index < rows.Count; index++)
        {
            var isNew = IsNew(rows[index]);
            if (!isNew && kept is null)
            {
                kept = [.. rows.Take(index)];
            }

            if (isNew)
            {
                kept?.Add(rows[index]);
            }
        }

        return kept ?? rows;
    }

    private bool IsNew(T row)
    {
        var id = row is null ? 0 : key(row);
        if (id == 0)
        {
            if (row is not null && identity == RowIdentity.Content)
            {
                leftOut++;
            }
            else
            {
                anomalies |= ListingAnomalies.RowWithoutId;
            }

            return false;
        }

        if (identity == RowIdentity.Content)
        {
            var nth = onThisPage.GetValueOrDefault(id);
            onThisPage[id] = nth + 1;
            id = RowKey.Repeated(id, nth);
        }

        var isNew = seen.Add(id);
        duplicates += isNew ? 0 : 1;
        return isNew;
    }
}
