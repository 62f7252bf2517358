using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Enrollment;
using Picket.Server.Storage;

namespace Picket.Server.Integrations;

/// <summary>The checks that only the database can make, and saving.</summary>
internal static class IntegrationStore
{
    public static Task<IntegrationRow?> FindAsync(PicketDbContext db, Guid id, CancellationToken cancellation) =>
        db.Integrations.SingleOrDefaultAsync(row => row.Id == id, cancellation);

    public static Task<bool> IsNameTakenAsync(
        PicketDbContext db,
        string name,
        Guid? except,
        CancellationToken cancellation
    ) => db.Integrations.AnyAsync(row => row.Name == name && row.Id != except, cancellation);

    /// <summary>The run, of reading, of tags, of an import, a publication or messages, that is queued, running or held; null when none is.</summary>
    public static async Task<Guid?> OpenRunAsync(PicketDbContext db, Guid integration, CancellationToken cancellation)
    {
        RunState[] open = [RunState.Queued, RunState.Running, RunState.Held];
        var reading = db.SyncRuns.Where(row => row.IntegrationId == integration && open.Contains(row.State));
        var tagging = db.TagRuns.Where(row => row.IntegrationId == integration && open.Contains(row.State));
        return await reading.Select(row => (Guid?)row.Id).FirstOrDefaultAsync(cancellation)
            ?? await tagging.Select(row => (Guid?)row.Id).FirstOrDefaultAsync(cancellation)
            ?? await db
                .Publications.Where(row => row.IntegrationId == integration)
                .Where(row => row.State == PublicationState.Running || row.State == PublicationState.Undoing)
                .Select(row => (Guid?)row.Id)
                .FirstOrDefaultAsync(cancellation)
            ?? await db
                .Nudges.Where(row => row.IntegrationId == integration && row.State == NudgeState.Sending)
                .Select(row => (Guid?)row.Id)
                .FirstOrDefaultAsync(cancellation)
            ?? await ImportQueue
                .Open(db)
                .Where(row => row.IntegrationId == integration)
                .Select(row => (Guid?)row.Id)
                .FirstOrDefaultAsync(cancellation);
    }

    /// <returns>The refusal, when somebody was faster.</returns>
    public static async Task<ProblemHttpResult?> SaveAsync(
        PicketDbContext db,
        IntegrationRow row,
        CancellationToken cancellation
    )
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            return IntegrationProblems.Stale();
        }
        catch (DbUpdateException)
        {
            // Two of one name at the same time: the unique index lets one in.
            if (await IsNameTakenAsync(db, row.Name, row.Id, cancellation))
            {
                return IntegrationProblems.NameTaken(row.Name);
            }

            throw;
        }
    }
}
