using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Picket.Api;

namespace Picket.Server.Sync;

/// <summary>
/// What a run did to one row, where the inventory itself does not tell: a listed row that changed, came back or left, a
/// device whose apps came or went, a device that a held run found missing. What is new is known by its id alone.
/// </summary>
public sealed class RunTraceRow
{
    public required Guid Id { get; init; }
    public required Guid RunId { get; init; }

    /// <summary>Name of the counts that it is part of.</summary>
    public required string Kind { get; init; }
    public required Guid RowId { get; init; }
    public required RunRowChange Change { get; init; }

    /// <summary>Apps that came onto a device, or went.</summary>
    public int Apps { get; init; }

    public static RunTraceRow Of(
        SyncRunRow run,
        string kind,
        Guid row,
        RunRowChange change,
        DateTimeOffset now,
        int apps = 0
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            RunId = run.Id,
            Kind = kind,
            RowId = row,
            Change = change,
            Apps = apps,
        };

    internal sealed class Mapping : IEntityTypeConfiguration<RunTraceRow>
    {
        public void Configure(EntityTypeBuilder<RunTraceRow> builder)
        {
            builder.ToTable("run_traces");
            builder.HasIndex(row => new
            {
                row.RunId,
                row.Kind,
                row.Change,
                row.RowId,
            });
        }
    }
}
