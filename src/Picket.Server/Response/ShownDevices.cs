using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Picket.Api;
using Picket.Core.Response;
using Picket.Server.Storage;

namespace Picket.Server.Response;

/// <summary>A change that a held run shows: by the UEM's number, like the ledger.</summary>
public sealed class ShownDeviceRow
{
    public required Guid RunId { get; init; }
    public required int RemoteId { get; init; }
    public required TagAction Action { get; init; }

    /// <summary>The tag's name: it may have to be made.</summary>
    public required string Tag { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<ShownDeviceRow>
    {
        public void Configure(EntityTypeBuilder<ShownDeviceRow> builder)
        {
            builder.ToTable("shown_devices");
            builder.HasKey(row => new
            {
                row.RunId,
                row.RemoteId,
                row.Action,
                row.Tag,
            });
        }
    }
}

/// <summary>What a held run shows is kept until the run, and those that go by the same word, are over.</summary>
internal static class ShownDevices
{
    public static async Task KeepAsync(
        PicketDatabase database,
        PicketDbContext db,
        Guid run,
        TagPlan plan,
        CancellationToken cancellation
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.ShownDevices.Where(row => row.RunId == run).ExecuteDeleteAsync(cancellation);
        await database.Bulk.UpsertAsync(
            db,
            [
                .. ShownChanges
                    .Of(plan)
                    .Distinct()
                    .Select(change => new ShownDeviceRow
                    {
                        RunId = run,
                        RemoteId = (int)change.Device,
                        Action = change.Action,
                        Tag = change.Tag,
                    }),
            ],
            cancellation
        );
        await transaction.CommitAsync(cancellation);
    }

    public static async Task<IReadOnlySet<ShownChange>> OfAsync(
        PicketDbContext db,
        Guid run,
        CancellationToken cancellation
    )
    {
        var rows = await db.ShownDevices.AsNoTracking().Where(row => row.RunId == run).ToListAsync(cancellation);
        return rows.Select(row => new ShownChange(row.RemoteId, row.Action, row.Tag)).ToHashSet();
    }

    /// <summary>By what no run goes any more.</summary>
    public static async Task ForgetAsync(PicketDbContext db, DateTimeOffset now, CancellationToken cancellation)
    {
        var before = now - TagRunQueue.WordHolds;
        foreach (var run in await db.ShownDevices.Select(row => row.RunId).Distinct().ToListAsync(cancellation))
        {
            var isGoneBy = await db.TagRuns.AnyAsync(
                row =>
                    (row.Id == run || row.ShownRun == run)
                    && (row.EndedAt == null || (row.EndedAt > before && row.State != RunState.Cancelled)),
                cancellation
            );
            if (!isGoneBy)
            {
                await db.ShownDevices.Where(row => row.RunId == run).ExecuteDeleteAsync(cancellation);
            }
        }
    }
}
