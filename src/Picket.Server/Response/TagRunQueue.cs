using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Storage;

namespace Picket.Server.Response;

/// <summary>Puts tag runs into the database. A unique index lets one open run per integration in, whoever asks.</summary>
public sealed class TagRunQueue(PicketDatabase database, TimeProvider time)
{
    /// <summary>For so long a run that follows one that ended short goes by the same word.</summary>
    internal static readonly TimeSpan WordHolds = TimeSpan.FromDays(1);

    public static IQueryable<TagRunRow> Open(PicketDbContext db) =>
        db.TagRuns.Where(row =>
            row.State == RunState.Queued || row.State == RunState.Running || row.State == RunState.Held
        );

    public TagRunRow New(
        Guid integration,
        TagRunKind kind = TagRunKind.Levels,
        int? acceptedChanges = null,
        string? approvedBy = null,
        bool readsFirst = true
    )
    {
        var now = time.GetUtcNow();
        return new TagRunRow
        {
            Id = Guid.CreateVersion7(now),
            IntegrationId = integration,
            Kind = kind,
            ReadsFirst = readsFirst,
            AcceptedChanges = acceptedChanges,
            ApprovedBy = approvedBy,
            ApprovedAt = approvedBy is null ? null : now,
            QueuedAt = now,
        };
    }

    /// <summary>What was agreed to and not done yet may be tried again without asking twice; no more than that.</summary>
    private TagRunRow Following(TagRunRow? last, Guid integration, bool readsFirst)
    {
        var run = New(integration, readsFirst: readsFirst);
        if (
            last is { State: RunState.Incomplete or RunState.Failed, Kind: TagRunKind.Levels }
            && last.ApprovedAt > run.QueuedAt - WordHolds
            && last.AcceptedChanges - last.Confirmed is > 0 and var left
        )
        {
            (run.AcceptedChanges, run.ApprovedBy, run.ApprovedAt) = (left, last.ApprovedBy, last.ApprovedAt);
            (run.PolicyVersion, run.ShownRun) = (last.PolicyVersion, last.ShownRun);
        }

        return run;
    }

    /// <param name="readsFirst">See <see cref="TagRunRow.ReadsFirst"/>; who asks by hand wants to be sure.</param>
    /// <returns>The new run, or the open one.</returns>
    public async Task<TagRunRow> AddAsync(Guid integration, CancellationToken cancellation, bool readsFirst = true)
    {
        while (true)
        {
            await using var db = database.Open();
            var run = Following(await AgreedAsync(db, integration, cancellation), integration, readsFirst);
            db.TagRuns.Add(run);
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

    /// <summary>The newest run, if what was agreed to then is still what the settings say.</summary>
    private static async Task<TagRunRow?> AgreedAsync(
        PicketDbContext db,
        Guid integration,
        CancellationToken cancellation
    )
    {
        var settings = await db
            .Integrations.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == integration, cancellation);
        return settings is null || await TaggingConsent.RefusalAsync(db, settings, cancellation) is not null
            ? null
            : await db
                .TagRuns.AsNoTracking()
                .Where(row => row.IntegrationId == integration)
                .OrderByDescending(row => row.Id)
                .FirstOrDefaultAsync(cancellation);
    }
}
