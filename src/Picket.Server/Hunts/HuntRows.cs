using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Picket.Api;

namespace Picket.Server.Hunts;

/// <summary>A question that is kept, to be asked again whenever what could answer it has changed.</summary>
public sealed class HuntRow
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required HuntKind Kind { get; init; }
    public required string Value { get; init; }
    public required string Owner { get; init; }
    public required string Reason { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? LastRunAt { get; set; }

    /// <summary>What the last run could not do; null when nothing.</summary>
    public string? Note { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<HuntRow>
    {
        public void Configure(EntityTypeBuilder<HuntRow> builder)
        {
            builder.ToTable("hunts");
            builder.HasIndex(row => row.Name).IsUnique();
        }
    }
}

/// <summary>A device that the last run of a saved hunt found.</summary>
public sealed class HuntDeviceRow
{
    public required Guid HuntId { get; init; }
    public required Guid DeviceId { get; init; }
    public required Guid IntegrationId { get; init; }

    /// <summary>It rests on an employee's own apps: shown only to who may see these.</summary>
    public bool Personal { get; init; }
    public bool HasNow { get; init; }

    /// <summary>Found by a run after the first one, and not looked at since.</summary>
    public bool New { get; set; }
    public DateTimeOffset FoundAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<HuntDeviceRow>
    {
        public void Configure(EntityTypeBuilder<HuntDeviceRow> builder)
        {
            builder.ToTable("hunt_devices");
            builder.HasKey(row => new { row.HuntId, row.DeviceId });
            builder.HasIndex(row => row.DeviceId);
        }
    }
}
