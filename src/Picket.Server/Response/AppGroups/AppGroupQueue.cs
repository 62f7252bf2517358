using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Storage;

namespace Picket.Server.Response;

/// <summary>Puts runs into the database. A unique index lets one open run per integration in, whoever asks.</summary>
public sealed class AppGroupQueue(PicketDatabase database, TimeProvider time)
{
    private static readonly TimeSpan WordHolds = TimeSpan.FromDays(1);

    public static IQueryable<AppGroupRunRow> Open(PicketDbContext db) =>
        db.AppGroupRuns.Where(row =>
            row.State == RunState.Queued || row.State == RunState.Running || row.State == RunState.Held
        );

    public AppGroupRunRow New(
        Guid integration,
        AppGroupRunKind kind = AppGroupRunKind.Lists,
        int? acceptedChanges = null,
        string? approvedBy = null
    )
    {
        var now = time.GetUtcNow();
        return new AppGroupRunRow
        {
            Id = Guid.CreateVersion7(now),
            IntegrationId = integration,
            Kind = kind,
            AcceptedChanges = acceptedChanges,
            ApprovedBy = approvedBy,
            ApprovedAt = approvedBy is null ? null : now,
            QueuedAt = now,
        };
    }

    /// <returns>The new run, or the open one.</returns>
    public async Task<AppGroupRunRow> AddAsync(Guid integration, CancellationToken cancellation)
    {
        while (true)
        {
            await using var db = database.Open();
            var last = await db
                .AppGroupRuns.AsNoTracking()
                .Where(row => row.IntegrationId == integration)
                .OrderByDescending(row => row.Id)
                .FirstOrDefaultAsync(cancellation);
            var run = Following(last, integration);
            db.AppGroupRuns.Add(run);
            try
            {
                await db.SaveChangesAsync(cancellation);
                return run;
            }
            catch (DbUpdateException taken) when (taken.IsUniqueViolation())
            {
                db.ChangeTracker.Clear();
                var open = await Open(db)
                    .AsNoTracking()
                    .SingleOrDefaultAsync(row => row.IntegrationId == integration, cancellation);
                if (open is not null)
                {
                    return open;
                }
            }
        }
    }

    /// <summary>What was agreed to and not done yet may be tried again without asking twice; no more than that.</summary>
    private AppGroupRunRow Following(AppGroupRunRow? last, Guid integration)
    {
        var run = New(integration);
        if (
            last is { State: RunState.Incomplete or RunState.Failed, Kind: AppGroupRunKind.Lists }
            && last.ApprovedAt > run.QueuedAt - WordHolds
            && last.AcceptedChanges - last.Confirmed is > 0 and var left
        )
        {
            (run.AcceptedChanges, run.ApprovedBy, run.ApprovedAt) = (left, last.ApprovedBy, last.ApprovedAt);
            run.PolicyVersion = last.PolicyVersion;
        }

        return run;
    }
}
