using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Picket.Server.Inventory;

/// <summary>The presence of an app on a device over time: from <see cref="FirstSeenAt"/> until <see cref="GoneAt"/>.</summary>
public sealed class DeviceAppRow
{
    public required Guid Id { get; init; }
    public required Guid DeviceId { get; init; }
    public required Guid AppId { get; init; }
    public string? Version { get; init; }
    public bool Managed { get; set; }
    public DateTimeOffset FirstSeenAt { get; init; }
    public DateTimeOffset? GoneAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<DeviceAppRow>
    {
        public void Configure(EntityTypeBuilder<DeviceAppRow> builder)
        {
            builder.ToTable("device_apps");
            builder.HasIndex(row => new { row.DeviceId, row.GoneAt });
            builder.HasIndex(row => new { row.AppId, row.DeviceId });
        }
    }
}
