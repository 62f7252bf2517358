using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Picket.Api;

namespace Picket.Server.Intelligence;

/// <summary>Where a feed comes from by itself: an address, or a place below the server's folder of feeds.</summary>
public sealed class FeedSourceRow
{
    public required Guid Id { get; init; }

    /// <summary>Name of the feed that it brings.</summary>
    public required string Name { get; init; }

    /// <summary>The feed, once the source has brought one.</summary>
    public Guid? FeedId { get; set; }

    /// <summary>Entry of the catalogue of public sources that it was made from.</summary>
    public string? Known { get; init; }

    /// <summary>Null until the first file told it; then each file has to have it.</summary>
    public string? Format { get; set; }
    public string? Address { get; set; }
    public string? Path { get; set; }

    /// <summary>The only authorities that may vouch for the address; the system's where there are none.</summary>
    public string? CaCertificatePem { get; set; }
    public string? Licence { get; set; }
    public string? Attribution { get; set; }
    public int IntervalMinutes { get; set; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Counts changes of the settings: what was read by older ones is not written down.</summary>
    public int Revision { get; set; }

    public DateTimeOffset? NextTryAt { get; set; }
    public DateTimeOffset? LastTryAt { get; set; }

    /// <summary>When it last answered in order, whether with something new or not.</summary>
    public DateTimeOffset? LastSuccessAt { get; set; }
    public FeedSourceOutcome? Outcome { get; set; }
    public string? Failure { get; set; }
    public DateTimeOffset? FailingSince { get; set; }
    public int Failures { get; set; }

    /// <summary>Of the last file that was dealt with, and what the source said of it.</summary>
    public string? Sha256 { get; set; }
    public string? ETag { get; set; }
    public DateTimeOffset? LastModified { get; set; }

    /// <summary>Some server is at it until then; it may have been killed.</summary>
    public DateTimeOffset? ClaimedUntil { get; set; }

    internal bool IsAddress => Address is not null;

    /// <summary>The next look takes the file anew, whatever it was before.</summary>
    internal void Forget() => (Sha256, ETag, LastModified) = (null, null, null);

    internal sealed class Mapping : IEntityTypeConfiguration<FeedSourceRow>
    {
        public void Configure(EntityTypeBuilder<FeedSourceRow> builder)
        {
            builder.ToTable("feed_sources");
            builder.HasIndex(row => row.Name).IsUnique();
            builder.HasIndex(row => row.FeedId);
        }
    }
}
