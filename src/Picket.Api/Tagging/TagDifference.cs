namespace Picket.Api;

/// <summary>A device whose tags are not yet what its verdict asks for, as last confirmed.</summary>
/// <param name="DeviceId">Picket's id; null for a device that is in no inventory and carries a tag of Picket's.</param>
/// <param name="UemId">Number in the UEM.</param>
/// <param name="FriendlyName">Name; null where Picket knows none.</param>
/// <param name="Level">Its verdict; null for a device that is in no inventory.</param>
/// <param name="Gets">The tags that it would get: at most one of each set.</param>
/// <param name="Loses">The tags that it would lose.</param>
public sealed record TagDifference(
    Guid? DeviceId,
    long UemId,
    string? FriendlyName,
    Level? Level,
    IReadOnlyList<string> Gets,
    IReadOnlyList<string> Loses
)
{
    /// <summary>It is on the never-touch list: it stays as it is.</summary>
    public bool NeverTouched { get; init; }

    /// <summary>Whether an entry of the list names it is not known, which counts as if one did.</summary>
    public bool InDoubt { get; init; }
}

/// <summary>Which devices that differ.</summary>
public sealed record TagDifferenceFilter
{
    /// <summary>True for those that would get a tag, false for those that would only lose one; all when absent.</summary>
    public bool? Gets { get; init; }

    /// <summary>True for those that would lose a tag, false for those that would lose none; all when absent.</summary>
    public bool? Loses { get; init; }

    /// <summary>True for those that differ and are on the never-touch list; those that a run would change when absent.</summary>
    public bool? NeverTouched { get; init; }

    /// <summary>
    /// A tag run that is held: what it showed when it was held, which a yes is for, instead of what differs now. Empty for a run
    /// that shows nothing, or whose showing is over. Beside it <see cref="NeverTouched"/> says nothing.
    /// </summary>
    public Guid? Run { get; init; }

    /// <summary>Where to go on.</summary>
    public string? Cursor { get; init; }

    /// <summary>Rows of one page, 1 to 500; 100 when absent.</summary>
    public int? Limit { get; init; }
}
