using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Picket.Server.Risk;

/// <summary>How many devices of an integration had which level when its last judging of a day (UTC) was over.</summary>
public sealed class VerdictDayRow
{
    public required Guid IntegrationId { get; init; }
    public required DateOnly Day { get; init; }
    public int Unknown { get; init; }
    public int Secure { get; init; }
    public int Low { get; init; }
    public int Medium { get; init; }
    public int High { get; init; }
    public int Critical { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<VerdictDayRow>
    {
        public void Configure(EntityTypeBuilder<VerdictDayRow> builder)
        {
            builder.ToTable("verdict_days");
            builder.HasKey(row => new { row.IntegrationId, row.Day });
        }
    }
}
