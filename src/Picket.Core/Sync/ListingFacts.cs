namespace Picket.Core.Sync;

/// <summary>What is known about one listing after it ended.</summary>
public sealed record ListingFacts
{
    /// <summary>The paging reached its end.</summary>
    public required bool Complete { get; init; }

    /// <summary>No row moved, and Total was the same on every page.</summary>
    public required bool Coherent { get; init; }

    public required int Pages { get; init; }

    /// <summary>Null for the routes that announce none.</summary>
    public int? Total { get; init; }

    /// <summary>Different rows received.</summary>
    public required int Received { get; init; }

    /// <summary>What else speaks against the listing, as a sentence; null for nothing.</summary>
    public string? Doubt { get; init; }

    public int Errors { get; init; }

    public string? FirstError { get; init; }

    /// <summary>Whether the integration's organization group was still readable afterwards; null when nobody asked.</summary>
    public bool? GroupReadable { get; init; }

    /// <summary>Rows that were present before the run.</summary>
    public required int StoredBefore { get; init; }

    /// <summary>Of these, how many the listing lacks.</summary>
    public required int Missing { get; init; }
}

/// <summary>
/// Holds a run that would lose too much. Up to <see cref="AlwaysAllowed"/> rows may always go, else a small fleet would
/// ask for each retired phone; but to lose all that there is always asks, however little it is: an account whose scope
/// was taken away sees an empty and coherent listing.
/// </summary>
public sealed record LossBrake(double Share = 0.10, int AlwaysAllowed = 5);

public enum IncompleteReason
{
    Errors,
    NotRead,
    RowsMoved,
    Partial,
    TotalDiffers,
    GroupNotReadable,
}

public abstract record LossOutcome
{
    private LossOutcome() { }

    public sealed record RemoveMissing(int Count) : LossOutcome;

    public sealed record Incomplete(IncompleteReason Reason, string Explanation) : LossOutcome;

    public sealed record HoldForApproval(int Lost, int StoredBefore, double Share) : LossOutcome;
}
