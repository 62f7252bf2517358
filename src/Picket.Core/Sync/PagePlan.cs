namespace Picket.Core.Sync;

/// <summary>One row as the UEM listed it. Kinds that report no contact leave <c>LastSeen</c> out.</summary>
public readonly record struct PageRow<TKey>(TKey Key, RowHash Hash, DateTimeOffset? LastSeen = null)
    where TKey : notnull;

/// <summary>One row as the inventory has it.</summary>
public readonly record struct StoredRow(RowHash Hash, DateTimeOffset? LastSeen = null, bool Gone = false);

/// <summary>What one page changes. Every key of the page is in exactly one of the five lists.</summary>
public sealed record PagePlan<TKey>
    where TKey : notnull
{
    public required IReadOnlyList<PageRow<TKey>> Inserts { get; init; }

    /// <summary>The row says something else: write it, with history.</summary>
    public required IReadOnlyList<PageRow<TKey>> Updates { get; init; }

    /// <summary>Only the contact moved: write last-seen alone, without history.</summary>
    public required IReadOnlyList<PageRow<TKey>> Touches { get; init; }

    /// <summary>The row had left the inventory and is back: write it in full.</summary>
    public required IReadOnlyList<PageRow<TKey>> Returned { get; init; }

    public required IReadOnlyList<TKey> Unchanged { get; init; }

    /// <summary>Rows that the page held more than once. The last one counts.</summary>
    public int Repeated { get; init; }

    public bool WritesNothing => Inserts.Count + Updates.Count + Touches.Count + Returned.Count == 0;
}
