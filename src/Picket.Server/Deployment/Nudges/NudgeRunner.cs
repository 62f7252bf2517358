using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Picket.Api;
using Picket.Server.Brakes;
using Picket.Server.Integrations;
using Picket.Server.Response;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Deployment;

/// <summary>
/// Works nudges off, the oldest first: 1 take one that is due; 2 what was on its way when a process died is unclear;
/// 3 send what waits; 4 say how it ended, or when it goes on.
/// </summary>
public sealed class NudgeRunner(
    PicketDatabase database,
    UemConnections connections,
    IOptions<DeploymentOptions> options,
    TimeProvider time,
    ILogger<NudgeRunner> log
)
{
    private readonly NudgeLedger ledger = new(database, time, TimeSpan.FromHours(options.Value.NudgeAgainHours));

    public async Task RunDueAsync(Guid integrationId, CancellationToken cancellation)
    {
        while (await TakeAsync(integrationId, cancellation) is { } nudge) // 1
        {
            try
            {
                await WorkAsync(nudge, cancellation);
                await EndAsync(nudge, NudgeState.Completed, null); // 4
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return; // The process stops; the row stays as it is and is taken up again.
            }
            catch (DeploymentStoppedException stopped)
            {
                await EndAsync(nudge, NudgeState.Stopped, stopped.Message);
            }
            catch (WritesStoppedException stopped)
            {
                await WaitAsync(nudge, stopped.Reason);
                return; // Whoever releases has it taken up again.
            }
            catch (WorkspaceOneException failure)
            {
                await WaitOrEndAsync(nudge, failure);
            }
            catch (Exception unexpected)
            {
                NudgeLog.Broke(log, nudge.Id, unexpected);
                await EndAsync(
                    nudge,
                    NudgeState.Stopped,
                    $"An unexpected error ({unexpected.GetType().Name}: {unexpected.Message}). The server's log names it; send the message again when it is mended."
                );
            }
        }
    }

    private async Task WorkAsync(NudgeRow nudge, CancellationToken cancellation)
    {
        await ledger.SettleAsync(nudge, cancellation); // 2
        await using var db = database.Open();
        await NudgeGate.PassAsync(db, nudge, cancellation);
        var app = await db
            .Publications.Where(row => row.Id == nudge.PublicationId)
            .Select(row => row.AppName)
            .SingleAsync(cancellation);
        var connection = await connections.OpenAsync(nudge.IntegrationId, cancellation);
        var sender = new NudgeSender(database, ledger, connection.Client, nudge);
        try
        {
            await sender.SendAsync(app, cancellation); // 3
        }
        finally
        {
            nudge.Failures = sender.Answered > 0 ? 0 : nudge.Failures;
            await connection.SaveQuotaAsync(CancellationToken.None);
        }
    }

    /// <summary>It stays due, and says why it does not go on.</summary>
    private async Task WaitAsync(NudgeRow nudge, string why)
    {
        await ledger.SettleAsync(nudge, CancellationToken.None);
        await using var db = database.Open();
        await db
            .Nudges.Where(row => row.Id == nudge.Id)
            .ExecuteUpdateAsync(set =>
                set.SetProperty(row => row.Failures, nudge.Failures).SetProperty(row => row.Reason, why)
            );
    }

    private async Task WaitOrEndAsync(NudgeRow nudge, WorkspaceOneException failure)
    {
        var (now, first) = (time.GetUtcNow(), TimeSpan.FromMilliseconds(options.Value.RetryMilliseconds));
        nudge.Failures++;
        if (WriteFailure.Wait(failure, nudge.Failures, first, now) is not { } wait)
        {
            await EndAsync(
                nudge,
                NudgeState.Stopped,
                failure is PermissionMissingException refused
                    ? MissingRight.Explain(refused, NudgeProblems.Right, "then send the message again")
                    : failure.Message
            );
            return;
        }

        await using var db = database.Open();
        // One that somebody stopped meanwhile is due at once, and stays so.
        await db
            .Nudges.Where(row => row.Id == nudge.Id && row.StoppedBy == null)
            .ExecuteUpdateAsync(set =>
                set.SetProperty(row => row.Failures, nudge.Failures)
                    .SetProperty(row => row.Reason, failure.Message)
                    .SetProperty(row => row.GoesOnAt, (DateTimeOffset?)(now + wait))
            );
    }

    private async Task<NudgeRow?> TakeAsync(Guid integrationId, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await using var db = database.Open();
        var due = db.Nudges.Where(row => row.IntegrationId == integrationId && row.GoesOnAt <= now);
        if (await WriteStops.CurrentAsync(db, cancellation) is { Text: var why })
        {
            await due.Where(row => row.StoppedBy == null && row.Reason != why)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Reason, why), cancellation);
            due = due.Where(row => row.StoppedBy != null); // These only end.
        }

        return await due.AsNoTracking().OrderBy(row => row.Id).FirstOrDefaultAsync(cancellation);
    }

    private async Task EndAsync(NudgeRow nudge, NudgeState state, string? reason)
    {
        await ledger.SettleAsync(nudge, CancellationToken.None);
        var now = time.GetUtcNow();
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db
            .NudgeDevices.Where(row => row.NudgeId == nudge.Id && row.State == NudgeDeviceState.Waiting)
            .ExecuteUpdateAsync(set =>
                set.SetProperty(row => row.State, NudgeDeviceState.Skipped)
                    .SetProperty(row => row.Skip, (NudgeSkip?)NudgeSkip.Stopped)
            );
        await db
            .Nudges.Where(row => row.Id == nudge.Id)
            .ExecuteUpdateAsync(set =>
                set.SetProperty(row => row.State, state)
                    .SetProperty(row => row.Reason, reason)
                    .SetProperty(row => row.GoesOnAt, (DateTimeOffset?)null)
                    .SetProperty(row => row.EndedAt, (DateTimeOffset?)now)
            );
        await transaction.CommitAsync();
        NudgeLog.Ended(log, nudge.Id, state, reason);
    }
}
