using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Picket.Server.Response;

/// <summary>
/// A tag of the policy's sets that a device is to carry by its last verdict. The key lets one of each set in. It counts while
/// the device is in the fleet and the tag in the policy in force.
/// </summary>
public sealed class WantedTagRow
{
    public required Guid DeviceId { get; init; }
    public required string Set { get; init; }
    public required string Tag { get; init; }

    /// <summary>See <see cref="Core.Response.WantedTag"/>.</summary>
    public required string Cause { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<WantedTagRow>
    {
        public void Configure(EntityTypeBuilder<WantedTagRow> builder)
        {
            builder.ToTable("wanted_tags");
            builder.HasKey(row => new { row.DeviceId, row.Set });
            builder.HasIndex(row => row.Tag);
        }
    }
}
