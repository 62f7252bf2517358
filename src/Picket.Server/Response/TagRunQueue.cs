using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Storage;

namespace Picket.Server.Response;

/// <summary>Puts tag runs into the database: one open run per integration.</summary>
public sealed class TagRunQueue(PicketDatabase database, TimeProvider time)
{
    /// <summary>Wants a run because verdicts changed. Null where writing is off, or a held run waits for a person.</summary>
    public async Task<TagRunRow?> WantAsync(Guid integration, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var may = await db.Integrations.AnyAsync(
            row => row.Id == integration && row.WritingEnabled && row.State == IntegrationState.Active,
            cancellation
        );
        return may ? await AddAsync(integration, acceptedChanges: null, approvedBy: null, cancellation) : null;
    }

    /// <returns>The queued run, or the open one that will do the same; null where that one waits for a person.</returns>
    public async Task<TagRunRow?> AddAsync(
        Guid integration,
        int? acceptedChanges,
        string? approvedBy,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var now = time.GetUtcNow();
        var run = new TagRunRow
        {
            Id = Guid.CreateVersion7(now),
            IntegrationId = integration,
            AcceptedChanges = acceptedChanges,
            ApprovedBy = approvedBy,
            QueuedAt = now,
        };
        db.TagRuns.Add(run);
        try
        {
            await db.SaveChangesAsync(cancellation);
            return run;
        }
        catch (DbUpdateException taken) when (taken.IsUniqueViolation())
        {
            db.ChangeTracker.Clear();
            var open = await db
                .TagRuns.AsNoTracking()
                .SingleOrDefaultAsync(
                    row =>
                        row.IntegrationId == integration
                        && (
                            row.State == RunState.Queued || row.State == RunState.Running || row.State == RunState.Held
                        ),
                    cancellation
                );
            return open is { State: RunState.Held } ? null : open;
        }
    }
}
