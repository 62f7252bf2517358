using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Picket.Server.Inventory;

/// <summary>One lasting attribute of a device that changed, appeared or went.</summary>
public sealed class DeviceChangeRow
{
    public required Guid Id { get; init; }
    public required Guid DeviceId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Attribute { get; init; }
    public string? Before { get; init; }
    public string? After { get; init; }

    /// <summary>The sync run that saw it; null for what no run saw, such as a verdict.</summary>
    public Guid? RunId { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<DeviceChangeRow>
    {
        public void Configure(EntityTypeBuilder<DeviceChangeRow> builder)
        {
            builder.ToTable("device_changes");
            builder.HasIndex(row => new { row.DeviceId, row.Id });
            // Who had a version or a model is asked of one attribute over all devices.
            builder.HasIndex(row => new { row.Attribute, row.DeviceId });
            builder.HasIndex(row => row.RunId).HasFilter("\"RunId\" IS NOT NULL");
        }
    }
}
