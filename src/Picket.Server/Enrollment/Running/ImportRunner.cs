using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Picket.Api;
using Picket.Core.Enrollment;
using Picket.Server.Brakes;
using Picket.Server.Integrations;
using Picket.Server.Response;
using Picket.Server.Storage;
using Picket.WorkspaceOne;
using Picket.WorkspaceOne.Pacing;

namespace Picket.Server.Enrollment;

/// <summary>
/// Works imports off, the oldest first: 1 take one that has something to do; 2 check it, or 3 settle what was sent before,
/// send what waits, and read it back; 4 say how it ended, or when it goes on.
/// </summary>
public sealed class ImportRunner(
    PicketDatabase database,
    UemConnections connections,
    IOptions<EnrollmentOptions> options,
    TimeProvider time,
    ILogger<ImportRunner> log
)
{
    private readonly ImportLedger ledger = new(database, time);

    public async Task RunOpenAsync(Guid integrationId, CancellationToken cancellation)
    {
        while (await TakeAsync(integrationId, cancellation) is { } import) // 1
        {
            if (!await TryWorkAsync(import, cancellation))
            {
                return; // The row stays open and is taken up again.
            }
        }
    }

    /// <returns>False when the process or all writes stop, and the import stays open.</returns>
    private async Task<bool> TryWorkAsync(ImportRow import, CancellationToken cancellation)
    {
        try
        {
            await WorkAsync(import, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return false;
        }
        catch (WritesStoppedException stopped)
        {
            await SaveAsync(import, ImportState.Queued, stopped.Reason);
            return false; // Whoever releases has it taken up again.
        }
        catch (EnrollmentStoppedException stopped)
        {
            await EndAsync(import, Broken(import), stopped.Message);
        }
        catch (WorkspaceOneException failure)
        {
            await PauseOrEndAsync(import, failure);
        }
        catch (ImportEndedException ended)
        {
            await EndAsync(import, Broken(import), ended.Message);
        }
        catch (Exception full) when (full.IsDiskFull())
        {
            await EndAsync(
                import,
                Broken(import),
                "The disk of the database is full. Free space, then take it up again."
            );
        }
        catch (Exception unexpected)
        {
            EnrollmentLog.ImportBroke(log, import.Id, unexpected);
            await EndAsync(
                import,
                Broken(import),
                $"An unexpected error ({unexpected.GetType().Name}: {unexpected.Message}). The server's log names it; take it up again."
            );
        }

        return true;
    }

    private async Task WorkAsync(ImportRow import, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var integration = await db
            .Integrations.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == import.IntegrationId, cancellation);
        var refusal = integration is null ? "The integration was removed." : integration.WhyNotAsked;
        if (refusal is not null)
        {
            throw new EnrollmentStoppedException(refusal);
        }

        var connection = await connections.OpenAsync(import.IntegrationId, cancellation);
        var meter = new CallMeter();
        var client = connection.Client.Metered(meter);
        ImportState state;
        try
        {
            state =
                import.State == ImportState.Checking
                    ? await CheckAsync(import, client, cancellation) // 2
                    : await SendAsync(import, client, integration!.OrganizationGroupId, cancellation); // 3
        }
        finally
        {
            import.UemCalls += meter.Calls;
            await connection.SaveQuotaAsync(CancellationToken.None);
        }

        await ( // 4
            state is ImportState.Checked or ImportState.Queued
                ? SaveAsync(import, state, import.Reasons.SingleOrDefault())
                : EndAsync(import, state)
        );
    }

    private async Task<ImportState> CheckAsync(
        ImportRow import,
        WorkspaceOneClient client,
        CancellationToken cancellation
    )
    {
        await new ImportCheck(database).CheckAsync(import, client, cancellation);
        await using var db = database.Open();
        var left = await ImportCounts.OfAsync(db, import.Id, cancellation);
        if (await IsCancelledAsync(import))
        {
            return ImportState.Cancelled;
        }

        if (import.StartsAfterCheck && ImportBrake.Outgrown(left.Waiting, import.Approved ?? 0))
        {
            import.StartsAfterCheck = false;
            import.Reasons =
            [
                $"Looked up anew, {left.Waiting} lines would be written, and {import.Approved ?? 0} were left when it was taken up. Look at them, then start it.",
            ];
        }

        return !import.StartsAfterCheck ? ImportState.Checked
            : left.Waiting > 0 ? ImportState.Queued
            : ImportState.Completed;
    }

    private async Task<ImportState> SendAsync(
        ImportRow import,
        WorkspaceOneClient client,
        int organizationGroup,
        CancellationToken cancellation
    )
    {
        var readBack = new ImportReadBack(database, ledger, client, import, organizationGroup);
        await readBack.SettleAsync(cancellation);
        var sender = new ImportSender(database, ledger, client, import, organizationGroup);
        try
        {
            await sender.SendAsync(cancellation);
        }
        catch (Exception stopped) when (stopped is EnrollmentStoppedException or WritesStoppedException)
        {
            await readBack.SettleAsync(cancellation); // Reading is no writing.
            throw;
        }
        finally
        {
            import.Failures = sender.Answered > 0 ? 0 : import.Failures;
        }

        await readBack.SettleAsync(cancellation);
        if (await WaitsAsync(import, cancellation)) // States whose answer was lost: said once more.
        {
            await sender.SendAsync(cancellation);
            await readBack.SettleAsync(cancellation);
        }

        return ImportState.Completed;
    }

    private async Task<bool> WaitsAsync(ImportRow import, CancellationToken cancellation)
    {
        await using var db = database.Open();
        return (await ImportCounts.OfAsync(db, import.Id, cancellation)).Waiting > 0;
    }

    private async Task PauseOrEndAsync(ImportRow import, WorkspaceOneException failure)
    {
        import.Failures++;
        if (await IsCancelledAsync(import))
        {
            await EndAsync(import, Broken(import), failure.Message);
            return;
        }

        var now = time.GetUtcNow();
        var first = TimeSpan.FromMilliseconds(options.Value.RetryMilliseconds);
        if (WriteFailure.Wait(failure, import.Failures, first, now) is { } wait)
        {
            import.GoesOnAt = now + wait;
            await SaveAsync(
                import,
                import.State == ImportState.Checking ? import.State : ImportState.Queued,
                failure.Message
            );
            return;
        }

        var why = failure is PermissionMissingException refused ? await ExplainAsync(import, refused) : failure.Message;
        await EndAsync(import, Broken(import), why);
    }

    private async Task<bool> IsCancelledAsync(ImportRow import)
    {
        await using var db = database.Open();
        return await db.Imports.AnyAsync(row => row.Id == import.Id && row.CancelledBy != null);
    }

    /// <summary>What was refused last says which right is missing.</summary>
    private async Task<string> ExplainAsync(ImportRow import, PermissionMissingException refused)
    {
        await using var db = database.Open();
        var kind = await db
            .Ledger.Where(row => row.ImportId == import.Id && row.HttpStatus != null)
            .OrderByDescending(row => row.Id)
            .Select(row => row.Kind)
            .FirstOrDefaultAsync();
        var right =
            import.State == ImportState.Checking || kind is null ? EnrollmentRights.Read : EnrollmentRights.Of(kind);
        return MissingRight.Explain(refused, right, "then take the import up again");
    }

    private static ImportState Broken(ImportRow import) =>
        import.State == ImportState.Checking ? ImportState.Failed : ImportState.Incomplete;

    private async Task<ImportRow?> TakeAsync(Guid integrationId, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await using var db = database.Open();
        var open = await ImportQueue
            .Open(db)
            .Where(row => row.IntegrationId == integrationId)
            .OrderBy(row => row.Id)
            .ToListAsync(cancellation);
        if (await WriteStops.CurrentAsync(db, cancellation) is { } stop)
        {
            // Checking reads, and what somebody gave up only ends. The others say why they wait, once it is their time.
            var waiting = open.FindAll(row => row.State != ImportState.Checking && row.CancelledBy is null);
            waiting
                .FindAll(row => row.GoesOnAt is null || row.GoesOnAt <= now)
                .ForEach(row => (row.State, row.Reasons) = (ImportState.Queued, [stop.Text]));
            await db.SaveChangesAsync(cancellation);
            open.RemoveAll(waiting.Contains);
        }

        var import = open.FirstOrDefault(row =>
            row.GoesOnAt is null || row.GoesOnAt <= now || row.CancelledBy is not null
        );
        if (import is not null)
        {
            import.State = import.State == ImportState.Checking ? ImportState.Checking : ImportState.Running;
            (import.GoesOnAt, import.Reasons) = (null, []);
            await db.SaveChangesAsync(cancellation);
        }

        return import;
    }

    private async Task EndAsync(ImportRow import, ImportState state, string? reason = null)
    {
        await using var db = database.Open();
        var left = await ImportCounts.OfAsync(db, import.Id, CancellationToken.None);
        var cancelled = await IsCancelledAsync(import);
        var isShort = left.Failed + left.Unclear + left.Waiting > 0;
        var ended =
            cancelled && (left.Waiting > 0 || state != ImportState.Completed) ? ImportState.Cancelled
            : state == ImportState.Completed && isShort ? ImportState.Incomplete
            : state;
        import.EndedAt = time.GetUtcNow();
        await SaveAsync(import, ended, reason);
        EnrollmentLog.ImportEnded(log, import.Id, ended, left.Done, left.Failed, left.Unclear, import.UemCalls);
    }

    private async Task SaveAsync(ImportRow import, ImportState state, string? reason = null)
    {
        await using var db = database.Open();
        import.State = state;
        import.Reasons = reason is null ? [] : [reason];
        db.Imports.Update(import);
        // Somebody may be asking for its end at this moment.
        db.Entry(import).Property(row => row.CancelledBy).IsModified = false;
        await db.SaveChangesAsync();
    }
}
