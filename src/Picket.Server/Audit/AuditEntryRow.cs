using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Picket.Server.Audit;

/// <summary>Who did what, when, to what. Actors are token ids, never names of people (law 8).</summary>
public sealed class AuditEntryRow
{
    public required Guid Id { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Actor { get; init; }
    public required string Action { get; init; }
    public string? Subject { get; init; }
    public string? Before { get; init; }
    public string? After { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<AuditEntryRow>
    {
        public void Configure(EntityTypeBuilder<AuditEntryRow> builder) => builder.ToTable("audit");
    }
}
