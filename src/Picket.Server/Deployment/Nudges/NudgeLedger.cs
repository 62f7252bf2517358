using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Response;
using Picket.Server.Brakes;
using Picket.Server.Response;
using Picket.Server.Storage;
using Picket.WorkspaceOne;
using LedgerState = Picket.Core.Response.LedgerState;

namespace Picket.Server.Deployment;

/// <summary>
/// The ledger of a nudge (law 3): each device's message has its own entry, marked as sent together with the device in one
/// durable commit before the call. A message is a command: what may have gone out is never sent again, and nothing can be
/// read back.
/// </summary>
internal sealed class NudgeLedger(PicketDatabase database, TimeProvider time, TimeSpan again)
{
    /// <param name="list">Of the integration.</param>
    /// <returns>Null when it is not sent to this device: the row says why.</returns>
    /// <exception cref="DeploymentStoppedException">Nothing may be sent any more.</exception>
    public async Task<Guid?> MarkSentAsync(
        NudgeRow nudge,
        NudgeDeviceRow device,
        string subject,
        NeverTouchBook list,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var now = time.GetUtcNow();
        var never = await list.OfAsync(db, [device.RemoteId], now, cancellation);
        await using var transaction = await WriteStops.BeginMarkAsync(db, LedgerKinds.SendMessage, cancellation);
        await NudgeGate.PassAsync(db, nudge, cancellation);
        var waiting = Waiting(db, device);
        if (await SkipAsync(db, nudge, device, never.Count > 0, now, cancellation) is { } skip)
        {
            await waiting.ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.State, NudgeDeviceState.Skipped)
                        .SetProperty(row => row.Skip, (NudgeSkip?)skip),
                cancellation
            );
            await transaction.CommitAsync(cancellation);
            return null;
        }

        var entry = New(nudge, device, subject, now);
        var taken = await waiting.ExecuteUpdateAsync(
            set =>
                set.SetProperty(row => row.State, NudgeDeviceState.Sending)
                    .SetProperty(row => row.Sends, device.Sends + 1)
                    .SetProperty(row => row.SentAt, (DateTimeOffset?)now)
                    .SetProperty(row => row.LedgerEntryId, (Guid?)entry.Id),
            cancellation
        );
        if (taken == 0)
        {
            return null; // It had its turn already.
        }

        db.Ledger.Add(entry);
        db.LedgerDevices.Add(
            new LedgerDeviceRow
            {
                EntryId = entry.Id,
                RemoteId = device.RemoteId,
                State = LedgerState.Sent,
            }
        );
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return entry.Id;
    }

    /// <summary>The UEM took it.</summary>
    public Task AnsweredAsync(NudgeDeviceRow device, Guid entry, CancellationToken cancellation) =>
        EndAsync(device, entry, NudgeDeviceState.Sent, LedgerState.Answered, null, cancellation);

    /// <summary>The UEM refused this one.</summary>
    public Task RefusedAsync(
        NudgeDeviceRow device,
        Guid entry,
        WorkspaceOneException failure,
        CancellationToken cancellation
    ) => EndAsync(device, entry, NudgeDeviceState.Refused, LedgerState.Failed, failure, cancellation);

    /// <summary>Nothing of it left: the device waits for its turn again, with another entry.</summary>
    public Task NotSentAsync(
        NudgeDeviceRow device,
        Guid entry,
        WorkspaceOneException failure,
        CancellationToken cancellation
    ) => EndAsync(device, entry, NudgeDeviceState.Waiting, WriteFailure.Ended(failure), failure, cancellation);

    /// <summary>It may have gone out: the entry stays sent for good.</summary>
    public Task UnclearAsync(
        NudgeDeviceRow device,
        Guid entry,
        WorkspaceOneException failure,
        CancellationToken cancellation
    ) => EndAsync(device, entry, NudgeDeviceState.Unclear, LedgerState.Sent, failure, cancellation);

    /// <summary>What a process that died left on its way is unclear for good.</summary>
    public async Task SettleAsync(NudgeRow nudge, CancellationToken cancellation)
    {
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var left = db.NudgeDevices.Where(row => row.NudgeId == nudge.Id && row.State == NudgeDeviceState.Sending);
        var entries = left.Select(row => row.LedgerEntryId);
        const string Why = "The server stopped before the answer came: nobody can tell whether the message went out.";
        await db
            .Ledger.Where(row => entries.Contains(row.Id) && row.State == LedgerState.Sent)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Error, Why), cancellation);
        await left.ExecuteUpdateAsync(set => set.SetProperty(row => row.State, NudgeDeviceState.Unclear), cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static IQueryable<NudgeDeviceRow> Waiting(PicketDbContext db, NudgeDeviceRow device) =>
        db.NudgeDevices.Where(row => row.Id == device.Id && row.State == NudgeDeviceState.Waiting);

    private async Task<NudgeSkip?> SkipAsync(
        PicketDbContext db,
        NudgeRow nudge,
        NudgeDeviceRow device,
        bool never,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var since = now - again;
        NudgeDeviceState[] got = [NudgeDeviceState.Sending, NudgeDeviceState.Sent, NudgeDeviceState.Unclear];
        var hadOne = await db.NudgeDevices.AnyAsync(
            row =>
                row.PublicationId == nudge.PublicationId
                && row.RemoteId == device.RemoteId
                && row.SentAt > since
                && got.Contains(row.State),
            cancellation
        );
        var isGone = await db.Devices.AnyAsync(
            row => row.IntegrationId == nudge.IntegrationId && row.RemoteId == device.RemoteId && row.GoneAt != null,
            cancellation
        );
        return isGone ? NudgeSkip.Gone
            : never ? NudgeSkip.NeverTouched
            : hadOne ? NudgeSkip.Recent
            : null;
    }

    private static LedgerEntryRow New(NudgeRow nudge, NudgeDeviceRow device, string subject, DateTimeOffset now)
    {
        // Each sending has its own entry: a command that failed is not sent again, it is wanted anew.
        var key = IdempotencyKey.Derive(
            nudge.IntegrationId,
            $"{LedgerKinds.SendMessage}:{device.Sends}",
            nudge.Id,
            [device.RemoteId]
        );
        var sent =
            Ledger.Move(new LedgerEntry(LedgerKind.Command, LedgerState.Approved), LedgerState.Sent)
            ?? throw new InvalidOperationException("A new command may be sent.");
        return new LedgerEntryRow
        {
            Id = Guid.CreateVersion7(now),
            IntegrationId = nudge.IntegrationId,
            IdempotencyKey = key,
            Kind = LedgerKinds.SendMessage,
            Subject = subject,
            PublicationId = nudge.PublicationId,
            State = sent.State,
            Sends = sent.Sends,
            Devices = 1,
            WantedBy = nudge.MadeBy,
            ApprovedBy = nudge.MadeBy,
            WantedAt = now,
            SentAt = now,
        };
    }

    private async Task EndAsync(
        NudgeDeviceRow device,
        Guid entry,
        NudgeDeviceState state,
        LedgerState ledger,
        WorkspaceOneException? failure,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        DateTimeOffset? answered = failure is null or { Status: not null } ? now : null;
        var (status, code, error) = ((int?)failure?.Status, failure?.ErrorCode, failure?.Message);
        var failed = ledger == LedgerState.Failed ? 1 : 0;
        var left = ledger is not (LedgerState.Failed or LedgerState.Dropped);
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db
            .Ledger.Where(row => row.Id == entry)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.State, ledger)
                        .SetProperty(row => row.AnsweredAt, answered)
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
                    set.SetProperty(row => row.State, ledger)
                        .SetProperty(row => row.ErrorCode, code)
                        .SetProperty(row => row.Error, error),
                cancellation
            );
        await db
            .NudgeDevices.Where(row => row.Id == device.Id)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.State, state)
                        .SetProperty(row => row.SentAt, row => left ? row.SentAt : null),
                cancellation
            );
        await transaction.CommitAsync(cancellation);
    }
}
