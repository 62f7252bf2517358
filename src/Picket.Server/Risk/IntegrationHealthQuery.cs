using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Integrations;
using Picket.Server.Intelligence;
using Picket.Server.Response;
using Picket.Server.Storage;
using Picket.Server.Sync;

namespace Picket.Server.Risk;

/// <summary>How one integration fares: its runs, its schedule, its calls.</summary>
internal static class IntegrationHealthQuery
{
    public static async Task<IntegrationHealth> OfAsync(
        PicketDbContext db,
        IntegrationRow row,
        int devices,
        Knowledge knowledge,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        // One device can be read while a run is held: that must not hide what waits for a person.
        var runs = db
            .SyncRuns.AsNoTracking()
            .Where(run => run.IntegrationId == row.Id && run.Kind != RunKind.Device)
            .OrderByDescending(run => run.Id);
        var newest = await runs.FirstOrDefaultAsync(cancellation);
        var completed = await runs.Where(run => run.Kind == RunKind.Full && run.State == RunState.Completed)
            .Select(run => run.EndedAt)
            .FirstOrDefaultAsync(cancellation);
        var tags = await db
            .TagRuns.AsNoTracking()
            .Where(run => run.IntegrationId == row.Id)
            .OrderByDescending(run => run.Id)
            .FirstOrDefaultAsync(cancellation);
        var uem = (await UemReports.JudgeAsync(db, row, knowledge, now, cancellation)).Findings;
        return new(row.Id, row.Name, row.Health, row.HealthReason, newest?.State, completed, devices)
        {
            LastRun = newest is null ? null : RunViews.Of(newest),
            NextRunAt = NextRunAt(row),
            Quota = QuotaViews.Of(row, now),
            Writing = row.WritingEnabled,
            DetectionToTag = await TagDelays.OfAsync(db, row.Id, now, cancellation),
            LastTagRun = tags is null ? null : TagRunViews.Of(tags),
            UemFindings = uem.Count,
            WorstUemFinding = uem.Count == 0 ? null : FindingViews.LevelOf(uem.Max(finding => finding.Level)),
            LinkRequests = await LinkRequests.Open(db, row.Id, now).CountAsync(cancellation),
        };
    }

    /// <summary>The schedule leaves out what is paused or refused.</summary>
    private static DateTimeOffset? NextRunAt(IntegrationRow row) =>
        row.Health is IntegrationState.Paused or IntegrationState.CredentialRefused ? null : row.NextRunAt;
}
