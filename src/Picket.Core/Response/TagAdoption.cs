namespace Picket.Core.Response;

/// <summary>A tag as the UEM lists it in the integration's organization group.</summary>
public sealed record ListedTag(long Id, string Name);

public abstract record AdoptionDecision
{
    private AdoptionDecision() { }

    public sealed record Make(string Name) : AdoptionDecision;

    public sealed record Use(ListedTag Tag) : AdoptionDecision;

    public sealed record Refuse(ListedTag Tag, string Reason) : AdoptionDecision;
}

/// <summary>A tag that was there before Picket is somebody's: it is never adopted without being told.</summary>
public static class TagAdoption
{
    /// <param name="made">Numbers of the tags that our ledger says we made.</param>
    /// <param name="toldToOwn">Numbers of the tags that an administrator told us to own.</param>
    public static AdoptionDecision Decide(
        string name,
        IEnumerable<ListedTag> listed,
        IReadOnlySet<long> made,
        IReadOnlySet<long> toldToOwn
    )
    {
        // The console does not let two tags differ by case alone, as far as is known.
        var same = listed
            .Where(tag => tag.Name.Trim().Equals(name.Trim(), StringComparison.OrdinalIgnoreCase))
            .ToList();
        var ours = same.Find(tag => made.Contains(tag.Id) || toldToOwn.Contains(tag.Id));

        return ours is not null ? new AdoptionDecision.Use(ours)
            : same.Count == 0 ? new AdoptionDecision.Make(name)
            : new AdoptionDecision.Refuse(
                same[0],
                $"A tag \"{same[0].Name}\" was there before Picket. Choose another prefix, or tell Picket to own this tag; "
                    + "it would then be taken off devices, too."
            );
    }
}
