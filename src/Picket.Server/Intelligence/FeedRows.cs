using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Picket.Core.Intelligence;

namespace Picket.Server.Intelligence;

/// <summary>
/// A source of indicators or OS knowledge. The version in force is <see cref="ActiveVersionId"/>. Feeds of different
/// formats may share a name: what sources call "ios" is release data in one and ends of support in the other.
/// </summary>
public sealed class FeedRow
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Format { get; init; }
    public Guid? ActiveVersionId { get; set; }

    /// <summary>The versions that were in force before, oldest first; a rollback takes the last one.</summary>
    public List<Guid> EarlierVersions { get; set; } = [];
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When a file for it was last refused, and why; null once one was taken over since.</summary>
    public DateTimeOffset? FailedAt { get; set; }
    public string? Failure { get; set; }

    /// <summary>A version that waits for a person, why, and since when; the one in force stays meanwhile.</summary>
    public Guid? AsideVersionId { get; set; }
    public string? AsideReason { get; set; }
    public DateTimeOffset? AsideSince { get; set; }

    internal const int MostRemembered = 100;

    public void PutInForce(Guid version)
    {
        EarlierVersions = ActiveVersionId is { } before
            ? [.. EarlierVersions.TakeLast(MostRemembered - 1), before]
            : EarlierVersions;
        ActiveVersionId = version;
        EndWaiting();
    }

    public void PutAside(Guid version, string reason, DateTimeOffset now) =>
        (AsideVersionId, AsideReason, AsideSince) = (version, reason, now);

    public void EndWaiting() => (AsideVersionId, AsideReason, AsideSince) = (null, null, null);

    /// <summary>What was rolled back is not come back to by rolling back once more.</summary>
    public void RollBack() => (ActiveVersionId, EarlierVersions) = (EarlierVersions[^1], EarlierVersions[..^1]);

    internal sealed class Mapping : IEntityTypeConfiguration<FeedRow>
    {
        public void Configure(EntityTypeBuilder<FeedRow> builder)
        {
            builder.ToTable("feeds");
            builder.HasIndex(row => new { row.Name, row.Format }).IsUnique();
        }
    }
}

/// <summary>
/// One import, kept whole so that it can be read again and rolled back to. A file that comes again after another one is an
/// import of its own.
/// </summary>
public sealed class FeedVersionRow
{
    public required Guid Id { get; init; }
    public required Guid FeedId { get; init; }
    public required string Sha256 { get; init; }
    public required DateTimeOffset ImportedAt { get; init; }
    public DateTimeOffset? FeedDate { get; init; }

    /// <summary>As the feed calls itself, else made from the file's hash.</summary>
    public required string Version { get; init; }

    /// <summary>Some formats say only there what they are about.</summary>
    public string? FileName { get; init; }
    public string? Licence { get; init; }
    public string? Attribution { get; init; }
    public bool AttributionRequired { get; init; }

    /// <summary>Entries by kind, as JSON.</summary>
    public string Counts { get; init; } = "{}";
    public int Added { get; set; }
    public int Removed { get; set; }

    /// <summary>Entries that both have, and that say something else now.</summary>
    public int Changed { get; set; }

    /// <summary>
    /// What the three numbers compare with: the version that was in force when this one came, and while this one waits that
    /// which is.
    /// </summary>
    public Guid? ComparedWith { get; set; }

    /// <summary>When a person decided against it; the same file does not come back by itself.</summary>
    public DateTimeOffset? RejectedAt { get; set; }

    /// <summary>The file as imported, brotli-compressed.</summary>
    public required byte[] Content { get; init; }

    internal void Compare(FeedShift shift, Guid? with) =>
        (Added, Removed, Changed, ComparedWith) = (shift.Added, shift.Removed, shift.Changed, with);

    internal sealed class Mapping : IEntityTypeConfiguration<FeedVersionRow>
    {
        public void Configure(EntityTypeBuilder<FeedVersionRow> builder)
        {
            builder.ToTable("feed_versions");
            builder.HasIndex(row => new { row.FeedId, row.Sha256 });
        }
    }
}
