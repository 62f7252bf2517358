namespace Picket.WorkspaceOne.Paging;

/// <summary>One page of a listing, without rows that an earlier page already had.</summary>
/// <typeparam name="T">Row.</typeparam>
/// <param name="Items">New rows, in wire order.</param>
/// <param name="PageNumber">Number of the page, from 0.</param>
/// <param name="Total">Rows over all pages as this answer says; null when it does not.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, int PageNumber, int? Total);

/// <summary>How a listing is read.</summary>
public sealed record PagingOptions
{
    /// <summary>Rows asked per page, 1 to 500: the UEM cuts larger values to 500 (trust S, W).</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>Pages in flight once the first one is read, 1 to 64. Pages are still handed out in order.</summary>
    public int PagesInFlight { get; init; } = 8;

    /// <summary>Most pages that are read; a bound against servers that never end.</summary>
    public int MaxPages { get; init; } = 20_000;

    internal PagingOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(PageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(PageSize, 500);
        ArgumentOutOfRangeException.ThrowIfLessThan(PagesInFlight, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(PagesInFlight, 64);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPages, 1);
        return this;
    }
}

/// <summary>A page as fetched. <paramref name="PageSize"/> is the size that the server really used.</summary>
internal readonly record struct PageRead<T>(IReadOnlyList<T> Rows, int? Total, int? PageSize);

/// <summary>What tells the rows of a listing apart.</summary>
internal enum RowIdentity
{
    /// <summary>An id of their own: the same id twice means that rows moved.</summary>
    OwnId,

    /// <summary>
    /// Their content only: rows of one page that look the same are different things (a work and a personal copy of an
    /// app), and a row without content is nothing.
    /// </summary>
    Content,
}
