using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Picket.Core.Risk;

namespace Picket.Server.Response;

/// <summary>A tag of the UEM that Picket made, or was told to own. No other tag is ever touched.</summary>
public sealed class OwnedTagRow
{
    public required Guid Id { get; init; }
    public required Guid IntegrationId { get; init; }
    public RiskLevel Level { get; init; }
    public required string Name { get; init; }
    public int? RemoteId { get; set; }
    public bool Adopted { get; init; }
    public DateTimeOffset Since { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<OwnedTagRow>
    {
        public void Configure(EntityTypeBuilder<OwnedTagRow> builder)
        {
            builder.ToTable("owned_tags");
            builder.HasIndex(row => new { row.IntegrationId, row.Name }).IsUnique();
        }
    }
}

/// <summary>The last confirmed state: this device carries this owned tag in the UEM.</summary>
public sealed class DeviceTagRow
{
    public required Guid DeviceId { get; init; }
    public required Guid OwnedTagId { get; init; }
    public DateTimeOffset ConfirmedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<DeviceTagRow>
    {
        public void Configure(EntityTypeBuilder<DeviceTagRow> builder)
        {
            builder.ToTable("device_tags");
            builder.HasKey(row => new { row.DeviceId, row.OwnedTagId });
            builder.HasIndex(row => row.OwnedTagId);
        }
    }
}

/// <summary>A plan shown to an administrator before anything is written.</summary>
public sealed class TagPreviewRow
{
    public required Guid Id { get; init; }
    public required Guid IntegrationId { get; init; }
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The preview as shown, as JSON.</summary>
    public required string Summary { get; init; }

    /// <summary>Set when the brake asks: why.</summary>
    public string? HeldReason { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }
    public string? DecidedBy { get; set; }
    public bool Accepted { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<TagPreviewRow>
    {
        public void Configure(EntityTypeBuilder<TagPreviewRow> builder)
        {
            builder.ToTable("tag_previews");
            builder.HasIndex(row => new { row.IntegrationId, row.Id });
        }
    }
}
