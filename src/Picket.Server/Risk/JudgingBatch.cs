using Microsoft.EntityFrameworkCore;
using Picket.Core.Risk;
using Picket.Server.Intelligence;
using Picket.Server.Inventory;
using Picket.Server.Storage;

namespace Picket.Server.Risk;

internal sealed record BatchOutcome(int Judged, int LevelsChanged);

/// <summary>
/// Judges up to a thousand devices in one transaction, with a handful of queries for all of them. The rows are locked
/// before their facts are read; whoever changes facts sets JudgingDue in the same transaction. So a change either is
/// seen here, or comes after and makes the device due again: no verdict rests on facts that nobody will look at.
/// </summary>
internal sealed class JudgingBatch(PicketDatabase database, IntelligenceStore intelligence, TimeProvider time)
{
    private const int Size = 1000;

    private static readonly string[] Written =
    [
        nameof(DeviceRow.Level),
        nameof(DeviceRow.JudgedAt),
        nameof(DeviceRow.Unknowns),
        nameof(DeviceRow.JudgingDue),
    ];

    public async Task<BatchOutcome> JudgeAsync(Guid integration, CancellationToken cancellation)
    {
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var devices = await Lock(db, integration).AsNoTracking().ToListAsync(cancellation);
        if (devices.Count == 0)
        {
            return new BatchOutcome(0, 0);
        }

        var facts = await JudgingFacts.LoadAsync(db, devices, cancellation);
        var knowledge = await intelligence.CurrentAsync(db, cancellation);
        var (rows, changed) = Judge(devices, facts, knowledge.Context, time.GetUtcNow());
        await database.Bulk.UpsertAsync(db, rows, cancellation);
        await database.Bulk.UpdateAsync(db, devices, Written, cancellation);
        await transaction.CommitAsync(cancellation);
        return new BatchOutcome(devices.Count, changed);
    }

    /// <summary>
    /// SQLite has one writer, which this transaction is from its beginning. In PostgreSQL rows that a sync is writing
    /// are left for the next time: waiting for one another could end in a deadlock.
    /// </summary>
    private IQueryable<DeviceRow> Lock(PicketDbContext db, Guid integration) =>
        database.IsSqlite
            ? db
                .Devices.Where(device =>
                    device.JudgingDue && device.IntegrationId == integration && device.GoneAt == null
                )
                .Take(Size)
            : db.Devices.FromSql(
                $"""
                SELECT * FROM devices WHERE "JudgingDue" AND "IntegrationId" = {integration} AND "GoneAt" IS NULL
                LIMIT {Size} FOR UPDATE SKIP LOCKED
                """
            );

    private static (List<FindingRow> Rows, int LevelsChanged) Judge(
        List<DeviceRow> devices,
        JudgingFacts facts,
        RiskContext context,
        DateTimeOffset now
    )
    {
        var rows = new List<FindingRow>();
        var changed = 0;
        foreach (var device in devices)
        {
            var verdict = RiskEngine.Judge(DeviceFactsOf.Device(device, facts.AppsOf(device.Id)), context, now);
            var stored = facts.FindingsOf(device.Id);
            var merged = FindingHistory.Merge(FindingRows.Open(stored), verdict, now);
            rows.AddRange(FindingRows.Of(device, merged, stored, now));
            changed += device.Level == merged.Verdict.Level ? 0 : 1;
            device.Level = merged.Verdict.Level;
            device.JudgedAt = now;
            device.Unknowns = FindingJson.Unknowns(merged.Verdict.Unknowns);
            device.JudgingDue = false;
        }

        return (rows, changed);
    }
}
