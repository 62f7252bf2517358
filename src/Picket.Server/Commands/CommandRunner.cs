using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Picket.Core.Response;
using Picket.Server.Brakes;
using Picket.Server.Integrations;
using Picket.Server.Storage;
using Picket.Server.Sync;
using Picket.WorkspaceOne;

namespace Picket.Server.Commands;

/// <summary>
/// Takes up commands that are due, one at a time: 1 what nobody approved in time ends; 2 what was on its way when a process died
/// is unclear; 3 what is due is sent; 4 what was sent is followed. A command is only taken up again at a later time.
/// </summary>
public sealed class CommandRunner(
    PicketDatabase database,
    UemConnections connections,
    SyncQueue readings,
    IGrainFactory grains,
    IOptions<CommandOptions> options,
    TimeProvider time,
    ILogger<CommandRunner> log
)
{
    private readonly CommandLedger ledger = new(database, time, options.Value);
    private readonly TimeSpan retry = TimeSpan.FromMilliseconds(options.Value.RetryMilliseconds);

    public async Task RunDueAsync(Guid integrationId, CancellationToken cancellation)
    {
        while (await TakeAsync(integrationId, cancellation) is { } command)
        {
            try
            {
                await WorkAsync(command, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return; // The process stops; the row stays as it is and is taken up again.
            }
            catch (Exception unexpected)
            {
                CommandLog.Broke(log, command.Id, unexpected);
                await WaitAsync(
                    command,
                    CommandBrake.None,
                    $"An unexpected error ({unexpected.GetType().Name}). The server's log names it; it is looked at again later.",
                    time.GetUtcNow() + Doubled(command.Failures)
                );
            }

            if (CommandLife.IsEnd(command.State))
            {
                CommandLog.Tell(log, command);
            }
        }
    }

    private async Task WorkAsync(DeviceCommandRow command, CancellationToken cancellation)
    {
        switch (command.State)
        {
            case CommandState.Waiting: // 1
                await ledger.MoveAsync(
                    command,
                    CommandState.Expired,
                    CommandBrake.None,
                    "Nobody approved it in time.",
                    cancellation
                );
                return;
            case CommandState.Sending: // 2
                await ledger.MoveAsync(
                    command,
                    CommandState.Unclear,
                    CommandBrake.None,
                    "The server stopped before the answer came.",
                    cancellation,
                    goesOnAt: command.Kind.IsFollowed() ? time.GetUtcNow() : null
                );
                return;
            case CommandState.Delayed or CommandState.Due: // 3
                await new CommandSender(database, connections, ledger, this, time).SendAsync(command, cancellation);
                return;
            default: // 4
                await new CommandFollower(database, connections, ledger, this, options.Value, time).FollowAsync(
                    command,
                    cancellation
                );
                if (command.State == CommandState.Confirmed)
                {
                    await ReadAsync(command, cancellation);
                }

                return;
        }
    }

    /// <summary>It stays as it is, and says why it does not go on.</summary>
    public async Task WaitAsync(DeviceCommandRow command, CommandBrake brake, string why, DateTimeOffset until)
    {
        DateTimeOffset? next =
            command.ExpiresAt is { } end && end < until && CommandLife.MayCancel(command.State) ? end : until;
        await using var db = database.Open();
        await db
            .DeviceCommands.Where(row => row.Id == command.Id && row.State == command.State)
            .ExecuteUpdateAsync(set =>
                set.SetProperty(row => row.Brake, brake)
                    .SetProperty(row => row.Why, why)
                    .SetProperty(row => row.Failures, row => row.Failures + 1)
                    .SetProperty(row => row.GoesOnAt, next)
            );
        await CommandLedger.HeldAsync(db.Ledger.Where(row => row.Id == command.LedgerEntryId), brake);
    }

    /// <summary>The UEM could not be asked: again later, however often; what expires ends it.</summary>
    public Task WaitAsync(DeviceCommandRow command, WorkspaceOneException failure) =>
        WaitAsync(command, CommandBrake.None, failure.Message, Next(command, failure));

    public DateTimeOffset Next(DeviceCommandRow command, WorkspaceOneException failure)
    {
        var now = time.GetUtcNow();
        var wait = Response.WriteFailure.Wait(failure, command.Failures + 1, retry, now);
        return now + (wait ?? Doubled(command.Failures + 1));
    }

    private TimeSpan Doubled(int failures)
    {
        var wait = retry * Math.Pow(2, Math.Min(failures, 10));
        return wait < TimeSpan.FromHours(1) ? wait : TimeSpan.FromHours(1);
    }

    private async Task<DeviceCommandRow?> TakeAsync(Guid integrationId, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await using var db = database.Open();
        var due = db.DeviceCommands.Where(row => row.IntegrationId == integrationId && row.GoesOnAt <= now);
        if (await WriteStops.CurrentAsync(db, cancellation) is { Text: var why })
        {
            // What is sent already is followed, and what is too late ends; the others say why they wait.
            var held = due.Where(row =>
                (row.State == CommandState.Delayed || row.State == CommandState.Due) && !(row.ExpiresAt <= now)
            );
            var untold = held.Where(row => row.Why != why);
            await CommandLedger.HeldAsync(
                db.Ledger.Where(row => untold.Any(command => command.LedgerEntryId == row.Id)),
                CommandBrake.Stop,
                cancellation
            );
            await untold.ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Why, why).SetProperty(row => row.Brake, CommandBrake.Stop),
                cancellation
            );
            due = due.Where(row =>
                (row.State != CommandState.Delayed && row.State != CommandState.Due) || row.ExpiresAt <= now
            );
        }

        return await due.AsNoTracking()
            .OrderBy(row => row.GoesOnAt)
            .ThenBy(row => row.Id)
            .FirstOrDefaultAsync(cancellation);
    }

    /// <summary>What the device has reported is worth reading: that is what most commands are for.</summary>
    private async Task ReadAsync(DeviceCommandRow command, CancellationToken cancellation)
    {
        var wish = new RunWish(command.IntegrationId, Api.RunKind.Device, Api.RunTrigger.Schedule, command.RemoteId);
        await readings.AddAsync(wish, cancellation);
        await grains.GetGrain<IIntegrationGrain>(command.IntegrationId).PokeAsync();
    }
}
