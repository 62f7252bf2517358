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

    /// <summary>The last reading that showed it, or could have: lists may hide what the UEM does not manage.</summary>
    internal DateTimeOffset LastRead(DeviceRow device) =>
        GoneAt ?? (Managed ? device.AppsReadAt : device.AppsWholeAt ?? device.AppsReadAt) ?? FirstSeenAt;

    /// <summary>The same presence, of another row of the app.</summary>
    internal DeviceAppRow Of(Guid app) =>
        new()
        {
            Id = Id,
            DeviceId = DeviceId,
            AppId = app,
        };

    internal sealed class Mapping : IEntityTypeConfiguration<DeviceAppRow>
    {
        public void Configure(EntityTypeBuilder<DeviceAppRow> builder)
        {
            builder.ToTable("device_apps");
            builder.HasIndex(row => new { row.DeviceId, row.GoneAt });
            // Who has an app is counted and listed from the index alone.
            builder.HasIndex(row => new
            {
                row.AppId,
                row.GoneAt,
                row.DeviceId,
            });
            // What is older than it may be kept is found without a look at all that is there.
            builder.HasIndex(row => row.GoneAt).HasFilter("\"GoneAt\" IS NOT NULL");
        }
    }
}
