namespace Picket.WorkspaceOne.Paging;

/// <summary>What was odd about a listing. Any of them makes it incomplete.</summary>
[Flags]
public enum ListingAnomalies
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The reader stopped before the end: an error, a cancellation, or the caller left.</summary>
    Stopped = 1,

    /// <summary>Pages named different totals: rows came or went meanwhile.</summary>
    TotalChanged = 2,

    /// <summary>A page with rows named no total.</summary>
    TotalMissing = 4,

    /// <summary>Fewer rows than the total.</summary>
    RowsMissing = 8,

    /// <summary>More rows than the total.</summary>
    RowsBeyondTotal = 16,

    /// <summary>A row came twice: rows moved between pages, so others may have been skipped.</summary>
    DuplicateRows = 32,

    /// <summary>A row had no id, or was null; it was left out.</summary>
    RowWithoutId = 64,

    /// <summary>Two pages in a row brought nothing new.</summary>
    NoProgress = 128,

    /// <summary>The page bound was reached.</summary>
    PageLimit = 256,
}

/// <summary>
/// Verdict on a listing. <see cref="Complete"/> means: read to its end, no anomaly, distinct ids equal the total.
/// Then every row that was there all the time was seen exactly once, however rows moved between pages, as long as
/// none left and another came between the same two page reads: paging by number cannot see that. Who acts on the
/// absence of a row confirms it by reading that one row.
/// </summary>
/// <param name="Complete">True when the listing proves what it lacks, within the limit above.</param>
/// <param name="Pages">Pages read.</param>
/// <param name="Calls">Pages asked for, retries not counted.</param>
/// <param name="ExpectedTotal">Total of the last page that named one.</param>
/// <param name="Received">Rows received, doubles included.</param>
/// <param name="DistinctIds">Rows handed out.</param>
/// <param name="Duplicates">Rows left out because they had come before.</param>
/// <param name="Anomalies">What was odd.</param>
public sealed record ListingReport(
    bool Complete,
    int Pages,
    int Calls,
    int? ExpectedTotal,
    int Received,
    int DistinctIds,
    int Duplicates,
    ListingAnomalies Anomalies
)
{
    /// <summary>Rows left out because they say nothing, where rows have no id of their own (apps). No anomaly.</summary>
    public int LeftOut { get; init; }

    /// <summary>True when pages named different totals.</summary>
    public bool TotalChanged => Anomalies.HasFlag(ListingAnomalies.TotalChanged);
}

/// <summary>A whole listing in memory, for those that are small.</summary>
/// <typeparam name="T">Row.</typeparam>
/// <param name="Items">Rows.</param>
/// <param name="Report">Verdict.</param>
public sealed record ListingResult<T>(IReadOnlyList<T> Items, ListingReport Report);
