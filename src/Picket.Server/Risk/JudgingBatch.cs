using Microsoft.EntityFrameworkCore;
using Picket.Core.Policy;
using Picket.Core.Risk;
using Picket.Server.Intelligence;
using Picket.Server.Inventory;
using Picket.Server.Policy;
using Picket.Server.Response;
using Picket.Server.Storage;

namespace Picket.Server.Risk;

/// <param name="WishesChanged">Somebody is to carry other tags of the policy's sets.</param>
/// <param name="FindingsChanged">Findings began or ended, whatever level their devices have by others.</param>
internal sealed record BatchOutcome(
    int Judged,
    int LevelsChanged,
    bool WishesChanged = false,
    bool FindingsChanged = false
);

/// <summary>What one batch writes.</summary>
internal sealed record JudgedRows(List<FindingRow> Findings, List<DeviceChangeRow> History, WantedTagBook Wishes);

/// <summary>
/// Judges up to a thousand devices in one transaction, with a handful of queries for all of them. The rows are locked
/// before their facts are read; whoever changes facts sets JudgingDue in the same transaction. So a change either is
/// seen here, or comes after and makes the device due again: no verdict rests on facts that nobody will look at. A device
/// that cannot be judged does not keep the others from it: it keeps what was found, is not called Secure, and says why.
/// </summary>
internal sealed class JudgingBatch(
    PicketDatabase database,
    IntelligenceStore intelligence,
    PolicyStore policies,
    TimeProvider time,
    ILogger<JudgingBatch> log
)
{
    private const int Size = 1000;

    private static readonly string[] Written =
    [
        nameof(DeviceRow.Level),
        nameof(DeviceRow.JudgedAt),
        nameof(DeviceRow.WantedAt),
        nameof(DeviceRow.Unknowns),
        nameof(DeviceRow.JudgingDue),
    ];

    /// <summary>A batch that PostgreSQL gave up for a sync's transaction wrote nothing, and is judged again.</summary>
    public Task<BatchOutcome> JudgeAsync(Guid integration, CancellationToken cancellation) =>
        Rivalry.RepeatAsync(() => JudgeOnceAsync(integration, cancellation));

    private async Task<BatchOutcome> JudgeOnceAsync(Guid integration, CancellationToken cancellation)
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
        var policy = await policies.CurrentAsync(db, cancellation);
        var places = await DevicePlaces.LoadAsync(db, integration, devices, policy.Book, cancellation);
        var context = knowledge.Context with { Policies = policy.Book };
        var wishes = await WantedTagBook.LoadAsync(
            db,
            policy.Book.Document,
            devices.ConvertAll(device => device.Id),
            cancellation
        );
        var rows = new JudgedRows([], [], wishes);
        var began = time.GetUtcNow();
        JudgeAll(devices, facts, places, context, rows);
        await database.Bulk.UpsertAsync(db, rows.Findings, cancellation);
        await database.Bulk.InsertAsync(db, rows.History, cancellation);
        await database.Bulk.UpdateAsync(db, devices, Written, cancellation);
        var wishesChanged = await wishes.SaveAsync(db, database.Bulk, cancellation);
        await transaction.CommitAsync(cancellation);
        var findingsChanged = rows.Findings.Exists(row => row.FirstTrueAt >= began || row.ClearedAt >= began);
        return new BatchOutcome(devices.Count, rows.History.Count, wishesChanged, findingsChanged);
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

    private void JudgeAll(
        List<DeviceRow> devices,
        JudgingFacts facts,
        DevicePlaces places,
        RiskContext context,
        JudgedRows rows
    )
    {
        var now = time.GetUtcNow();
        var failed = new List<(Guid Device, Exception Mistake)>();
        foreach (var device in devices)
        {
            var before = (device.Level, device.JudgedAt);
            IReadOnlyList<string> kinds = [];
            try
            {
                kinds = Judge(device, facts, places, context, now, rows);
            }
            catch (Exception mistake)
            {
                failed.Add((device.Id, mistake));
                device.Level = device.Level is RiskLevel.Secure ? RiskLevel.Unknown : device.Level;
                device.Unknowns = FindingJson.NotJudged(mistake);
                rows.Wishes.NotJudged(device.Id);
            }

            (device.JudgedAt, device.JudgingDue) = (now, false);
            if (before.Level != device.Level)
            {
                device.WantedAt = now;
                rows.History.Add(LevelHistory.Change(device, before.Level, before.JudgedAt, kinds, now));
            }
        }

        if (failed.Count > 0)
        {
            RiskLog.CannotJudge(log, failed.Count, failed[0].Device, failed[0].Mistake);
        }
    }

    /// <returns>The kinds of its findings, worst first.</returns>
    private static IReadOnlyList<string> Judge(
        DeviceRow device,
        JudgingFacts facts,
        DevicePlaces places,
        RiskContext context,
        DateTimeOffset now,
        JudgedRows rows
    )
    {
        var known = DeviceFactsOf.Device(
            device,
            facts.AppsOf(device.Id),
            facts.KeepsPersonalApps(device.IntegrationId)
        ) with
        {
            Place = places.Of(device),
        };
        var verdict = RiskEngine.Judge(known, context, now);
        var stored = facts.FindingsOf(device.Id);
        var merged = FindingHistory.Merge(FindingRows.Open(stored), verdict, now, device.Level);
        var findings = FindingRows.Of(device, merged, stored, now).ToList();
        device.Unknowns = FindingJson.UnknownsOf(merged.Verdict);
        device.Level = merged.Verdict.Level;
        if (rows.Wishes.Judged(device.Id, DeviceSubject.Of(known), merged.Verdict))
        {
            device.WantedAt = now;
        }

        rows.Findings.AddRange(findings);
        return [.. merged.Verdict.Findings.Select(finding => finding.Kind).Distinct()];
    }
}
