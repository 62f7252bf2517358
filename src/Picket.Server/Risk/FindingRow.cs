using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Picket.Api;
using Picket.Core.Risk;

namespace Picket.Server.Risk;

/// <summary>
/// One reason why a device is not fine, from the time when it became true until it ended. The row stays then; the same
/// reason on another day is a row of its own.
/// </summary>
public sealed class FindingRow
{
    public required Guid Id { get; init; }
    public required Guid IntegrationId { get; init; }
    public required Guid DeviceId { get; init; }
    public required string Kind { get; init; }

    /// <summary>Tells findings of one kind apart, e.g. by app id.</summary>
    public required string Key { get; init; }
    public RiskLevel Level { get; set; }

    /// <summary>Whether it has weight in the verdict.</summary>
    public FindingStanding Standing { get; set; }

    /// <summary>Name of the exception that takes its weight.</summary>
    public string? Exception { get; set; }
    public required string Title { get; set; }

    /// <summary>The finding with its evidence as Core made it, as JSON.</summary>
    public required string Detail { get; set; }
    public DateTimeOffset FirstTrueAt { get; init; }
    public DateTimeOffset LastTrueAt { get; set; }
    public DateTimeOffset? ClearedAt { get; set; }
    public FindingEnd? EndReason { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<FindingRow>
    {
        private const string Open = "\"ClearedAt\" IS NULL";

        public void Configure(EntityTypeBuilder<FindingRow> builder)
        {
            builder.ToTable("findings");
            builder
                .HasIndex(row => new
                {
                    row.DeviceId,
                    row.Kind,
                    row.Key,
                })
                .HasFilter(Open)
                .IsUnique();
            builder.HasIndex(row => new { row.DeviceId, row.Id });
            // Pages of the lists, in the order of ids: by level (the devices that need attention first stand at its end),
            // and of those that ended.
            builder.HasIndex(row => new { row.Level, row.Id }).HasFilter(Open);
            builder.HasIndex(row => row.Id).HasFilter("\"ClearedAt\" IS NOT NULL");
            builder.HasIndex(row => new { row.Exception, row.Id }).HasFilter("\"Exception\" IS NOT NULL");
            // The overview counts kinds from the index alone; SQLite wants the tested column in it for that.
            builder
                .HasIndex(row => new
                {
                    row.Kind,
                    row.Id,
                    row.ClearedAt,
                })
                .HasFilter(Open);
        }
    }
}
