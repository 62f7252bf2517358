using Microsoft.EntityFrameworkCore;
using Picket.Core.Response;
using Picket.Server.Brakes;
using Picket.Server.Response;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Commands;

/// <summary>
/// The ledger of commands (law 3): an entry from the wish on, marked as sent together with the command in one durable commit
/// before the call. What may have gone out is never sent again; what certainly did not gets an entry of its own.
/// </summary>
internal sealed class CommandLedger(PicketDatabase database, TimeProvider time, CommandOptions options)
{
    /// <summary>Adds the entry of a command to the unit of work, and names it in the command.</summary>
    public static void Enter(PicketDbContext db, DeviceCommandRow command, DateTimeOffset now)
    {
        // Each sending has its own entry: a command that failed is not sent again, it is wanted anew.
        var key = IdempotencyKey.Derive(
            command.IntegrationId,
            $"{LedgerKinds.Of(command.Kind)}:{command.Sends + 1}",
            command.Id,
            [command.RemoteId]
        );
        var state = CommandLife.Ledger(command.State);
        var entry = new LedgerEntryRow
        {
            Id = Guid.CreateVersion7(now),
            IntegrationId = command.IntegrationId,
            IdempotencyKey = key,
            Kind = LedgerKinds.Of(command.Kind),
            Subject =
                command.Kind == CommandKind.Message ? MessageWords.Subject(command) : $"device {command.RemoteId}",
            CommandId = command.Id,
            State = state,
            HeldBy = command.State == CommandState.Waiting ? $"{command.Brake}" : null,
            Devices = 1,
            WantedBy = command.WantedBy,
            ApprovedBy =
                command.ApprovedBy
                ?? (
                    command.State == CommandState.Waiting || command.Kind == CommandKind.EnterpriseWipe
                        ? null
                        : command.WantedBy
                ),
            WantedAt = now,
        };
        db.Ledger.Add(entry);
        db.LedgerDevices.Add(
            new LedgerDeviceRow
            {
                EntryId = entry.Id,
                RemoteId = command.RemoteId,
                State = state,
            }
        );
        command.LedgerEntryId = entry.Id;
    }

    /// <param name="read">The device as the UEM described it just now, for a wipe.</param>
    /// <returns>The key of the entry; null when somebody took it back meanwhile.</returns>
    /// <exception cref="CommandHeldException">A brake holds it for good. Nothing was marked.</exception>
    /// <exception cref="CommandWaitsException">It has to wait. Nothing was marked.</exception>
    /// <exception cref="WritesStoppedException">All writes are stopped. Nothing was marked.</exception>
    public async Task<string?> MarkSentAsync(DeviceCommandRow command, UemDevice? read, CancellationToken cancellation)
    {
        await using var db = database.Open();
        await using var transaction = await WriteStops.BeginMarkAsync(db, LedgerKinds.Of(command.Kind), cancellation);
        var now = time.GetUtcNow();
        if (await TookBackAsync(db, command, cancellation))
        {
            await transaction.CommitAsync(cancellation);
            return null;
        }

        await CommandGate.PassAsync(db, command, read, now, cancellation);
        DateTimeOffset? until = command.Kind.IsFollowed() ? now.AddHours(options.FollowHours) : null;
        var taken = await db
            .DeviceCommands.Where(row =>
                row.Id == command.Id && (row.State == CommandState.Delayed || row.State == CommandState.Due)
            )
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.State, CommandState.Sending)
                        .SetProperty(row => row.Brake, CommandBrake.None)
                        .SetProperty(row => row.Why, (string?)null)
                        .SetProperty(row => row.Sends, row => row.Sends + 1)
                        .SetProperty(row => row.SentAt, (DateTimeOffset?)now)
                        .SetProperty(row => row.FollowUntil, until),
                cancellation
            );
        if (taken == 0)
        {
            return null;
        }

        var entry = await db.Ledger.SingleAsync(row => row.Id == command.LedgerEntryId, cancellation);
        var sent =
            Ledger.Move(new LedgerEntry(LedgerKind.Command, entry.State, entry.Sends), LedgerState.Sent)
            ?? throw new InvalidOperationException($"Ledger entry {entry.Id} is {entry.State}; it is not sent again.");
        (entry.State, entry.Sends, entry.SentAt) = (sent.State, sent.Sends, now);
        await db
            .LedgerDevices.Where(row => row.EntryId == entry.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, LedgerState.Sent), cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        (command.State, command.SentAt, command.FollowUntil) = (CommandState.Sending, now, until);
        command.Sends++;
        return entry.IdempotencyKey;
    }

    /// <summary>Certainly nothing left: the command waits for its turn again, with another entry.</summary>
    public async Task NotSentAsync(
        DeviceCommandRow command,
        WorkspaceOneException failure,
        DateTimeOffset next,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var row = await db.DeviceCommands.SingleOrDefaultAsync(
            row => row.Id == command.Id && row.State == CommandState.Sending,
            cancellation
        );
        if (row is null)
        {
            return; // It was settled meanwhile; what is over is not sent.
        }

        await NoteAsync(db, command.LedgerEntryId, WriteFailure.Ended(failure), failure, now, cancellation);
        (row.State, row.SentAt, row.FollowUntil) = (CommandState.Due, null, null);
        (row.Failures, row.GoesOnAt) = (row.Failures + 1, next);
        (row.Brake, row.Why) =
            failure is WritesStoppedException
                ? (CommandBrake.Stop, failure.Reason)
                : (CommandBrake.None, failure.Message);
        Enter(db, row, now);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>
    /// All writes were stopped after it was approved, while it was on its way: it certainly did not leave, and the word is
    /// asked for again.
    /// </summary>
    private static async Task<bool> TookBackAsync(
        PicketDbContext db,
        DeviceCommandRow command,
        CancellationToken cancellation
    )
    {
        var stopped = await db.WriteStops.MaxAsync(row => (DateTimeOffset?)row.StoppedAt, cancellation);
        return command.ApprovedAt < stopped
            && await DeviceCommandRow.AskAgainAsync(
                db,
                db.DeviceCommands.Where(row => row.Id == command.Id && row.ApprovedAt < stopped)
            ) > 0;
    }

    /// <summary>Moves a command, its entry along. Of two at once one finds it as it was.</summary>
    /// <param name="failure">What the UEM answered, or why it did not.</param>
    /// <returns>False when it is not in the state any more that it was in.</returns>
    public async Task<bool> MoveAsync(
        DeviceCommandRow command,
        CommandState to,
        CommandBrake brake,
        string? why,
        CancellationToken cancellation,
        WorkspaceOneException? failure = null,
        DateTimeOffset? goesOnAt = null,
        string? by = null
    )
    {
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var moved = await MoveAsync(db, command, to, brake, why, time.GetUtcNow(), cancellation, failure, goesOnAt, by);
        await transaction.CommitAsync(cancellation);
        return moved;
    }

    /// <summary>The same in the transaction that is open on the context.</summary>
    public static async Task<bool> MoveAsync(
        PicketDbContext db,
        DeviceCommandRow command,
        CommandState to,
        CommandBrake brake,
        string? why,
        DateTimeOffset now,
        CancellationToken cancellation,
        WorkspaceOneException? failure = null,
        DateTimeOffset? goesOnAt = null,
        string? by = null
    )
    {
        var from = command.State;
        if (from != to && !CommandLife.MayMove(from, to))
        {
            return false;
        }

        DateTimeOffset? ended = CommandLife.IsEnd(to) ? now : null;
        var moved = await db
            .DeviceCommands.Where(row => row.Id == command.Id && row.State == from)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.State, to)
                        .SetProperty(row => row.Brake, brake)
                        .SetProperty(row => row.Why, why)
                        .SetProperty(row => row.Failures, 0)
                        .SetProperty(row => row.GoesOnAt, goesOnAt)
                        .SetProperty(row => row.EndedAt, ended)
                        .SetProperty(row => row.EndedBy, by),
                cancellation
            );
        if (moved == 0)
        {
            return false;
        }

        // What the UEM refused was sent; what a brake refused was not.
        var ledger =
            to == CommandState.Refused && from == CommandState.Sending ? LedgerState.Failed : CommandLife.Ledger(to);
        await NoteAsync(db, command.LedgerEntryId, ledger, failure, now, cancellation);
        await HeldAsync(db.Ledger.Where(row => row.Id == command.LedgerEntryId), brake, cancellation);

        if (ended is not null)
        {
            await ForgetBindingAsync(db, command.Id, cancellation);
        }

        (command.State, command.Why) = (to, why);
        return true;
    }

    /// <summary>Adds a brake to those that held the entries, each once, in the order in which they did.</summary>
    public static async Task HeldAsync(
        IQueryable<LedgerEntryRow> entries,
        CommandBrake brake,
        CancellationToken cancellation = default
    )
    {
        if (brake == CommandBrake.None)
        {
            return;
        }

        var (name, also) = ($"{brake}", $", {brake}");
        await entries
            .Where(row => row.HeldBy == null || !(", " + row.HeldBy + ",").Contains(also + ","))
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.HeldBy, row => row.HeldBy == null ? name : row.HeldBy + also),
                cancellation
            );
    }

    private static Task<int> ForgetBindingAsync(PicketDbContext db, Guid command, CancellationToken cancellation) =>
        db
            .DeviceCommands.Where(row => row.Id == command)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.BoundUuid, (Guid?)null)
                        .SetProperty(row => row.BoundSerial, (string?)null)
                        .SetProperty(row => row.BoundUser, (int?)null)
                        .SetProperty(row => row.BoundEnrolledAt, (DateTimeOffset?)null),
                cancellation
            );

    private static async Task NoteAsync(
        PicketDbContext db,
        Guid? entry,
        LedgerState state,
        WorkspaceOneException? failure,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var answered = (failure is null && state >= LedgerState.Answered) || failure?.Status is not null;
        DateTimeOffset? answeredAt = answered && state != LedgerState.Dropped ? now : null;
        DateTimeOffset? confirmedAt = state == LedgerState.Confirmed ? now : null;
        var (status, code, error) = ((int?)failure?.Status, failure?.ErrorCode, failure?.Message);
        var failed = state == LedgerState.Failed ? 1 : 0;
        await db
            .Ledger.Where(row => row.Id == entry)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.State, state)
                        .SetProperty(row => row.AnsweredAt, row => row.AnsweredAt ?? answeredAt)
                        .SetProperty(row => row.ConfirmedAt, confirmedAt)
                        .SetProperty(row => row.Failed, failed)
                        .SetProperty(row => row.HttpStatus, status)
                        .SetProperty(row => row.ErrorCode, code)
                        .SetProperty(row => row.Error, error),
                cancellation
            );
        await db
            .LedgerDevices.Where(row => row.EntryId == entry)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.State, state)
                        .SetProperty(row => row.ErrorCode, code)
                        .SetProperty(row => row.Error, error),
                cancellation
            );
    }
}
