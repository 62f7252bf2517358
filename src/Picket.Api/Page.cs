namespace Picket.Api;

/// <summary>One page of a list. Lists are read by keyset: there is no total and no page number.</summary>
/// <typeparam name="T">The rows.</typeparam>
/// <param name="Items">The rows, at most as many as the asked <c>limit</c>.</param>
/// <param name="Next">Opaque <c>cursor</c> of the next page; null on the last one. Valid for the same filter only.</param>
/// <param name="Note">What the list could not answer, for people; e.g. how many apps are kept only as hashes.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next, string? Note = null);

/// <summary>Limits of every list.</summary>
public static class Paging
{
    /// <summary>Rows of a page when the caller does not say.</summary>
    public const int DefaultLimit = 100;

    /// <summary>Most rows of one page; a larger <c>limit</c> is refused with 400.</summary>
    public const int MaxLimit = 500;
}

/// <summary>Filter of the read lists (users, groups, administrators, tags, apps).</summary>
public sealed record ListFilter
{
    /// <summary>Only rows of this integration.</summary>
    public Guid? IntegrationId { get; init; }

    /// <summary>Only rows whose name starts with this text, letter case ignored.</summary>
    public string? Search { get; init; }

    /// <summary>Where to go on: <see cref="Page{T}.Next"/> of the page before.</summary>
    public string? Cursor { get; init; }

    /// <summary>Rows of one page, 1 to 500; 100 when absent.</summary>
    public int? Limit { get; init; }
}
