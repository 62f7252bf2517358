using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Picket.Server.Inventory;

// Who is in which smart group and carries which tag. Only what the policy in force names is read and kept.

/// <summary>When it was last read who is in a smart group, or carries a tag.</summary>
public sealed class MembershipReadingRow
{
    /// <summary>Of the smart group or tag.</summary>
    public required Guid Id { get; init; }
    public required Guid IntegrationId { get; init; }

    /// <summary>When the UEM was asked. Of a device that came later the reading says nothing.</summary>
    public DateTimeOffset ReadAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<MembershipReadingRow>
    {
        public void Configure(EntityTypeBuilder<MembershipReadingRow> builder)
        {
            builder.ToTable("membership_readings");
            builder.HasIndex(row => row.IntegrationId);
        }
    }
}

/// <summary>By the UEM's number: a device can be listed before it is in the inventory.</summary>
public sealed class DeviceMembershipRow
{
    /// <summary>Of the smart group or tag.</summary>
    public required Guid GroupId { get; init; }
    public required int RemoteId { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<DeviceMembershipRow>
    {
        public void Configure(EntityTypeBuilder<DeviceMembershipRow> builder)
        {
            builder.ToTable("device_memberships");
            builder.HasKey(row => new { row.GroupId, row.RemoteId });
        }
    }
}
