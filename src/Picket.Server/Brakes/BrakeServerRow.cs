using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Picket.Server.Brakes;

/// <summary>A server that shares the database with others: what it has seen of stops, so that who stops can wait for it.</summary>
public sealed class BrakeServerRow
{
    public required Guid Id { get; init; }

    /// <summary>Of its machine.</summary>
    public required string Name { get; init; }

    /// <summary>How far it follows, see <see cref="WriteStopRow.Stamp"/>.</summary>
    public long Seen { get; set; }

    /// <summary>Writes of its that had passed the gate and were not at their end.</summary>
    public int UnderWay { get; set; }

    /// <summary>When it looked last, by its own clock.</summary>
    public DateTimeOffset SeenAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<BrakeServerRow>
    {
        public void Configure(EntityTypeBuilder<BrakeServerRow> builder)
        {
            builder.ToTable("brake_servers");
            builder.Property(row => row.Id).ValueGeneratedNever();
        }
    }
}
