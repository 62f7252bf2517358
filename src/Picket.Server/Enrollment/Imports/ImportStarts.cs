using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Audit;
using Picket.Server.Storage;

namespace Picket.Server.Enrollment;

/// <summary>A person's word about an import, its audit entry in the same commit. Of two at once, one counts.</summary>
internal sealed class ImportStarts(
    PicketDatabase database,
    ImportQueries queries,
    IGrainFactory grains,
    AuditLog audit,
    TimeProvider time
)
{
    /// <param name="lines">That are left to be written, as whoever starts it was told.</param>
    /// <param name="again">It ended before: what is not done is looked up anew before it is sent.</param>
    /// <returns>Null when somebody was faster.</returns>
    public Task<ImportView?> StartAsync(
        ImportRow import,
        string actor,
        int lines,
        bool again,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        var state = again ? ImportState.Checking : ImportState.Queued;
        return DecideAsync(
            import,
            actor,
            again ? "import.taken-up" : "import.started",
            rows =>
                rows.ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(row => row.State, state)
                            .SetProperty(row => row.StartsAfterCheck, again)
                            .SetProperty(row => row.Approved, lines)
                            .SetProperty(row => row.StartedBy, actor)
                            .SetProperty(row => row.StartedAt, now)
                            .SetProperty(row => row.EndedAt, (DateTimeOffset?)null)
                            .SetProperty(row => row.GoesOnAt, (DateTimeOffset?)null)
                            .SetProperty(row => row.CancelledBy, (string?)null)
                            .SetProperty(row => row.Failures, 0),
                    cancellation
                ),
            cancellation
        );
    }

    public Task<ImportView?> CheckAgainAsync(ImportRow import, string actor, CancellationToken cancellation) =>
        DecideAsync(
            import,
            actor,
            "import.checked-again",
            rows =>
                rows.ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(row => row.State, ImportState.Checking)
                            .SetProperty(row => row.EndedAt, (DateTimeOffset?)null)
                            .SetProperty(row => row.CancelledBy, (string?)null)
                            .SetProperty(row => row.Failures, 0),
                    cancellation
                ),
            cancellation
        );

    /// <summary>One that waits to be started ends at once; the others look before each write whether somebody asked.</summary>
    public Task<ImportView?> CancelAsync(ImportRow import, string actor, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return DecideAsync(
            import,
            actor,
            "import.cancelled",
            rows =>
                import.State == ImportState.Checked
                    ? rows.ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(row => row.CancelledBy, actor)
                                .SetProperty(row => row.State, ImportState.Cancelled)
                                .SetProperty(row => row.EndedAt, now),
                        cancellation
                    )
                    : rows.ExecuteUpdateAsync(set => set.SetProperty(row => row.CancelledBy, actor), cancellation),
            cancellation
        );
    }

    private async Task<ImportView?> DecideAsync(
        ImportRow import,
        string actor,
        string action,
        Func<IQueryable<ImportRow>, Task<int>> decide,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await decide(db.Imports.Where(row => row.Id == import.Id && row.State == import.State)) == 0)
        {
            return null;
        }

        audit.Add(db, actor, action, $"{import.Id}");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        await grains.GetGrain<IEnrollmentGrain>(import.IntegrationId).PokeAsync();
        return await queries.GetAsync(import.Id, cancellation);
    }
}
