using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Picket.Server.Inventory;

/// <summary>A distinct app of the fleet. Feeds are matched against these rows, never against each device.</summary>
public sealed class AppRow
{
    public required Guid Id { get; init; }
    public required string Platform { get; init; }

    /// <summary>Package name or bundle id; for a personal app of an employee-owned device a keyed hash of it.</summary>
    public required string Identifier { get; init; }

    /// <summary>True where <see cref="Identifier"/> is a keyed hash.</summary>
    public bool Hashed { get; init; }
    public string? Name { get; set; }

    /// <summary>Of a hashed app: the set of patterns that it was tested against when it was last read; null for none.</summary>
    public string? TestedPatterns { get; set; }

    /// <summary>Of a hashed app: keys of the patterns that matched then, between blanks.</summary>
    public string? MatchedPatterns { get; set; }

    internal IReadOnlyList<string> Matches => MatchedPatterns?.Split(' ') ?? [];

    internal static string? Joined(IEnumerable<string> keys) =>
        string.Join(' ', keys.Order(StringComparer.Ordinal)) is { Length: > 0 } joined ? joined : null;

    public DateTimeOffset FirstSeenAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<AppRow>
    {
        public void Configure(EntityTypeBuilder<AppRow> builder)
        {
            builder.ToTable("apps");
            builder.HasIndex(row => new { row.Platform, row.Identifier }).IsUnique();
            builder.HasIndex(row => row.Identifier);
        }
    }
}
