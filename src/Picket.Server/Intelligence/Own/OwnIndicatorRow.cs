using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Picket.Core.Intelligence;
using Picket.Core.Risk;

namespace Picket.Server.Intelligence;

/// <summary>An indicator that somebody of the organization typed.</summary>
public sealed class OwnIndicatorRow
{
    public required Guid Id { get; init; }

    /// <summary>New with each change: the revisions in force name the version of the whole.</summary>
    public required Guid Revision { get; set; }
    public required IndicatorKind Kind { get; set; }
    public required string Value { get; set; }
    public required IndicatorPlatform Platform { get; set; }
    public required ThreatClass Class { get; set; }
    public required RiskLevel Severity { get; set; }
    public required string Reason { get; set; }
    public required string Owner { get; set; }
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>Since when its devices know that it has expired.</summary>
    public DateTimeOffset? EndedAt { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ChangedAt { get; set; }

    public Indicator Indicator =>
        new(
            Id.ToString(),
            Kind,
            Value,
            Platform,
            Reason,
            Class,
            // Whoever types it with a name to answer for it is as sure as a source can be.
            Confidence.High,
            Id.ToString()
        )
        {
            Severity = Severity,
            ValidUntil = ExpiresAt,
        };

    internal sealed class Mapping : IEntityTypeConfiguration<OwnIndicatorRow>
    {
        public void Configure(EntityTypeBuilder<OwnIndicatorRow> builder)
        {
            builder.ToTable("own_indicators");
            builder
                .HasIndex(row => new
                {
                    row.Kind,
                    row.Value,
                    row.Platform,
                })
                .IsUnique();
        }
    }
}
