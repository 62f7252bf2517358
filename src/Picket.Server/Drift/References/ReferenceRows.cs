using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Picket.Core.Response;

namespace Picket.Server.Drift;

/// <summary>A smart group of the UEM that names a tag of ours, until a person accepts that it does not.</summary>
public sealed class TagReferenceRow
{
    public required Guid IntegrationId { get; init; }

    /// <summary>The UEM's number.</summary>
    public required int SmartGroupId { get; init; }
    public required Guid OwnedTagId { get; init; }
    public string SmartGroup { get; set; } = "";

    /// <summary>The number by which it named the tag.</summary>
    public int Number { get; set; }
    public DateTimeOffset Since { get; init; }

    /// <summary>The last reading that showed it.</summary>
    public DateTimeOffset SeenAt { get; set; }

    /// <summary>The first reading that did not; told when the next one says the same.</summary>
    public DateTimeOffset? MissedAt { get; set; }
    public DriftKind? MissedAs { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<TagReferenceRow>
    {
        public void Configure(EntityTypeBuilder<TagReferenceRow> builder)
        {
            builder.ToTable("tag_references");
            builder.HasKey(row => new
            {
                row.IntegrationId,
                row.SmartGroupId,
                row.OwnedTagId,
            });
        }
    }
}

/// <summary>When the criteria of a smart group were read last, whatever it names.</summary>
public sealed class SmartGroupLookRow
{
    public required Guid IntegrationId { get; init; }
    public required int SmartGroupId { get; init; }
    public DateTimeOffset ReadAt { get; set; }

    /// <summary>What hung on it then, by the UEM's count.</summary>
    public int? Assignments { get; set; }

    /// <summary>The first look that counted fewer; told, and taken over, when the next one does, too.</summary>
    public DateTimeOffset? FewerAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<SmartGroupLookRow>
    {
        public void Configure(EntityTypeBuilder<SmartGroupLookRow> builder)
        {
            builder.ToTable("smart_group_looks");
            builder.HasKey(row => new { row.IntegrationId, row.SmartGroupId });
        }
    }
}

/// <summary>When an integration's smart groups are looked at.</summary>
public sealed class ReferenceWatchRow
{
    public required Guid IntegrationId { get; init; }
    public DateTimeOffset NextAt { get; set; }

    /// <summary>The last look that was whole.</summary>
    public DateTimeOffset? ReadAt { get; set; }

    /// <summary>Why the last look was not.</summary>
    public string? Trouble { get; set; }

    /// <summary>Smart groups that the UEM listed.</summary>
    public int Listed { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ReferenceWatchRow>
    {
        public void Configure(EntityTypeBuilder<ReferenceWatchRow> builder)
        {
            builder.ToTable("reference_watches");
            builder.HasKey(row => row.IntegrationId);
        }
    }
}

/// <summary>A compliance policy that acts on our tags, as an administrator said.</summary>
public sealed class WatchedPolicyRow
{
    public required Guid IntegrationId { get; init; }

    /// <summary>The UEM's number.</summary>
    public required int PolicyId { get; init; }

    /// <summary>When it was chosen, or as a person accepted it since.</summary>
    public string Name { get; set; } = "";
    public string? Platform { get; set; }
    public bool? IsActive { get; set; }
    public int? Assigned { get; set; }
    public DateTimeOffset SeenAt { get; set; }

    /// <summary>What the last look found, told when the next one says the same.</summary>
    public DriftKind? MissedAs { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<WatchedPolicyRow>
    {
        public void Configure(EntityTypeBuilder<WatchedPolicyRow> builder)
        {
            builder.ToTable("watched_policies");
            builder.HasKey(row => new { row.IntegrationId, row.PolicyId });
        }
    }
}
