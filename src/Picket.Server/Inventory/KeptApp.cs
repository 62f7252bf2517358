namespace Picket.Server.Inventory;

/// <summary>An app as it may be kept: in clear, or as a keyed hash without a name.</summary>
/// <param name="Tested">Of a hashed app: the set of patterns in force while its id was still in the open.</param>
internal sealed record KeptApp(string Platform, string Identifier, bool Hashed, string? Name, string? Tested = null)
{
    /// <summary>Of a hashed app: keys of the patterns that matched.</summary>
    public IReadOnlyList<string> Matched { get; init; } = [];

    public static KeptApp Of(AppRow row) => new(row.Platform, row.Identifier, row.Hashed, row.Name);

    public AppRow Row(DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            Platform = Platform,
            Identifier = Identifier,
            Hashed = Hashed,
            Name = Name,
            FirstSeenAt = now,
            TestedPatterns = Tested,
            MatchedPatterns = AppRow.Joined(Matched),
        };

    public KeptApp With(IReadOnlyList<string> matched) => this with { Matched = [.. Matched.Union(matched)] };

    /// <summary>Whether the row says already what this reading found.</summary>
    public bool IsTestedBy(AppRow row) => !Hashed || (row.TestedPatterns == Tested && !IsNewMatchFor(row));

    public bool IsNewMatchFor(AppRow row) => Matched.Except(row.Matches).Any();

    public AppRow TestOf(AppRow row) =>
        new()
        {
            Id = row.Id,
            Platform = row.Platform,
            Identifier = row.Identifier,
            TestedPatterns = Tested,
            MatchedPatterns = AppRow.Joined(row.TestedPatterns == Tested ? Matched.Union(row.Matches) : Matched),
        };

    public bool Equals(KeptApp? other) =>
        other is not null && other.Platform == Platform && other.Identifier == Identifier;

    public override int GetHashCode() => HashCode.Combine(Platform, Identifier);
}
