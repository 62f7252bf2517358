using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Picket.Server.People;

/// <summary>A browser in which somebody is signed in. The cookie names it; what it may do is asked for anew each time.</summary>
public sealed class SessionRow
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public required DateTimeOffset LastSeenAt { get; set; }

    /// <summary>When a second factor was last shown in it; null when none was.</summary>
    public DateTimeOffset? SecondFactorAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public required string Address { get; init; }
    public required string Browser { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<SessionRow>
    {
        public void Configure(EntityTypeBuilder<SessionRow> builder)
        {
            builder.ToTable("sessions");
            builder.HasIndex(row => row.PersonId);
        }
    }
}
