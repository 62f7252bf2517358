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

    /// <summary>What is queued, running or held of an integration; null when nothing is.</summary>
    public static async Task<OpenWork?> OpenWorkAsync(
        PicketDbContext db,
        Guid integration,
        CancellationToken cancellation
    )
    {
        RunState[] open = [RunState.Queued, RunState.Running, RunState.Held];
        var reading = db.SyncRuns.Where(row => row.IntegrationId == integration && open.Contains(row.State));
        var tagging = db.TagRuns.Where(row => row.IntegrationId == integration && open.Contains(row.State));
        var appGroups = db.AppGroupRuns.Where(row => row.IntegrationId == integration && open.Contains(row.State));
        var publications = db.Publications.Where(row =>
            row.IntegrationId == integration
            && (row.State == PublicationState.Running || row.State == PublicationState.Undoing)
        );
        var nudges = db.Nudges.Where(row => row.IntegrationId == integration && row.State == NudgeState.Sending);
        // What was sent is followed by the ledger's word alone, once the integration is gone.
        var commands = db.DeviceCommands.Where(row =>
            row.IntegrationId == integration && row.State <= Core.Response.CommandState.Sending
        );
        var imports = ImportQueue.Open(db).Where(row => row.IntegrationId == integration);
        (string Name, string Next, IQueryable<Guid> Of)[] kinds =
        [
            ("Run", "Cancel it, or approve or discard it when it is held", reading.Select(row => row.Id)),
            ("Run", "Cancel it, or approve or discard it when it is held", tagging.Select(row => row.Id)),
            ("Run", "Cancel it, or approve or discard it when it is held", appGroups.Select(row => row.Id)),
            ("Publication", "Pause it or undo it", publications.Select(row => row.Id)),
            ("Message", "Wait until it is sent, or stop it", nudges.Select(row => row.Id)),
            ("Command", "Wait until it is sent, or cancel it", commands.Select(row => row.Id)),
            ("Import", "Cancel it", imports.Select(row => row.Id)),
        ];
        foreach (var (name, next, of) in kinds)
        {
            var found = await of.Take(1).ToListAsync(cancellation);
            if (found is [var id])
            {
                return new OpenWork(name, id, next);
            }
        }

        return null;
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

/// <summary>Something that is not over.</summary>
/// <param name="Name">What it is, as a sentence begins.</param>
/// <param name="Next">What ends it.</param>
internal sealed record OpenWork(string Name, Guid Id, string Next);
