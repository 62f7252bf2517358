using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Picket.Server.Response;

/// <summary>
/// On how many devices the first tag call was on the wire so long after the change of the verdict was known, by
/// <see cref="Picket.Core.Response.DelayBuckets"/>.
/// </summary>
public sealed class TagDelayRow
{
    public required Guid IntegrationId { get; init; }

    /// <summary>UTC.</summary>
    public required DateOnly Day { get; init; }
    public required int Bucket { get; init; }
    public long Devices { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<TagDelayRow>
    {
        public void Configure(EntityTypeBuilder<TagDelayRow> builder)
        {
            builder.ToTable("tag_delays");
            builder.HasKey(row => new
            {
                row.IntegrationId,
                row.Day,
                row.Bucket,
            });
        }
    }
}
