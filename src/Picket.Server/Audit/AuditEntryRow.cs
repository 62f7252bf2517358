using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Picket.Api;

namespace Picket.Server.Audit;

/// <summary>Who did what, or was refused it, when, to what. Actors are ids of tokens, never names of people (law 8).</summary>
public sealed class AuditEntryRow
{
    public required Guid Id { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Actor { get; init; }
    public required string Action { get; init; }
    public AuditOutcome Outcome { get; init; }
    public string? Subject { get; init; }
    public string? Before { get; init; }
    public string? After { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<AuditEntryRow>
    {
        public void Configure(EntityTypeBuilder<AuditEntryRow> builder) => builder.ToTable("audit");
    }
}
