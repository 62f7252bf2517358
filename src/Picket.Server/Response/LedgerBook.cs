using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Response;
using Picket.Server.Brakes;
using Picket.Server.Storage;
using Picket.WorkspaceOne;
using LedgerState = Picket.Core.Response.LedgerState;

namespace Picket.Server.Response;

/// <summary>
/// Writes the ledger (law 3). An entry is committed, marked as sent, before its call goes out; a process that dies in
/// between leaves a mark that the next run settles by reading back.
/// </summary>
internal sealed class LedgerBook(PicketDatabase database, TimeProvider time)
{
    /// <summary>
    /// Commits an entry that is about to be sent. A run that was broken off finds the entry of the same call again, and
    /// counts one more sending.
    /// </summary>
    /// <exception cref="WritingStoppedException">Nothing may be written any more.</exception>
    /// <exception cref="WritesStoppedException">All writes are stopped; nothing was marked.</exception>
    public async Task<LedgerEntryRow> MarkSentAsync(
        TagRunRow run,
        OwnedTagRow tag,
        string kind,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        await using var transaction = await WriteStops.BeginMarkAsync(db, $"{kind} {tag.Name}", cancellation);
        var entry = await MarkAsync(db, run, tag, kind, [], cancellation);
        await transaction.CommitAsync(cancellation);
        return entry;
    }

    /// <summary>
    /// The same for a call about devices, without those that are on the never-touch list at this moment: somebody may have come
    /// onto it since the call was planned.
    /// </summary>
    /// <returns>Null where none is left.</returns>
    public async Task<MarkedCall?> MarkSentAsync(
        TagRunRow run,
        OwnedTagRow tag,
        string kind,
        IReadOnlyList<int> devices,
        NeverTouchBook list,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        await using var transaction = await WriteStops.BeginMarkAsync(db, $"{kind} {tag.Name}", cancellation);
        var never = await list.OfAsync(db, devices, time.GetUtcNow(), cancellation);
        var touchable = never.Count == 0 ? devices : [.. devices.Where(device => !never.ContainsKey(device))];
        if (touchable.Count == 0)
        {
            return null;
        }

        var entry = await MarkAsync(db, run, tag, kind, touchable, cancellation);
        await transaction.CommitAsync(cancellation);
        return new MarkedCall(entry, touchable);
    }

    private async Task<LedgerEntryRow> MarkAsync(
        PicketDbContext db,
        TagRunRow run,
        OwnedTagRow tag,
        string kind,
        IReadOnlyList<int> devices,
        CancellationToken cancellation
    )
    {
        if (await TaggingGate.RefusalAsync(db, run, cancellation) is { } refusal)
        {
            throw new WritingStoppedException(refusal);
        }

        await StopUnlessWordStandsAsync(db, run, kind, cancellation);

        var (key, known) = await FindAsync(db, run, tag, kind, devices, cancellation);
        var entry = known ?? db.Ledger.Add(New(run, tag, kind, key, devices.Count)).Entity;
        Mark(entry);
        await db.SaveChangesAsync(cancellation);
        await database.Bulk.UpsertAsync(
            db,
            [
                .. devices.Select(device => new LedgerDeviceRow
                {
                    EntryId = entry.Id,
                    RemoteId = device,
                    State = LedgerState.Sent,
                }),
            ],
            cancellation
        );
        return entry;
    }

    /// <summary>
    /// A run that was broken off finds the entry of the same call again. What it has confirmed is over: where somebody undid it
    /// meanwhile, it is done under an entry of its own.
    /// </summary>
    private static async Task<(string Key, LedgerEntryRow? Known)> FindAsync(
        PicketDbContext db,
        TagRunRow run,
        OwnedTagRow tag,
        string kind,
        IReadOnlyList<int> devices,
        CancellationToken cancellation
    )
    {
        for (var over = 0; ; over++)
        {
            var key = IdempotencyKey.Derive(
                run.IntegrationId,
                over == 0 ? $"{kind}:{tag.Id}" : $"{kind}:{tag.Id}:{over}",
                run.Id,
                devices.Select(device => (long)device)
            );
            var known = await db.Ledger.SingleOrDefaultAsync(row => row.IdempotencyKey == key, cancellation);
            if (known is not { State: LedgerState.Confirmed or LedgerState.Undone })
            {
                return (key, known);
            }
        }
    }

    /// <summary>The UEM answered: the named devices were not accepted, the others wait to be read back.</summary>
    public async Task AnsweredAsync(
        LedgerEntryRow entry,
        IReadOnlyList<LedgerDeviceRow> failed,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await database.Bulk.UpsertAsync(db, failed, cancellation);
        await db
            .Ledger.Where(row => row.Id == entry.Id)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.State, LedgerState.Answered)
                        .SetProperty(row => row.AnsweredAt, time.GetUtcNow())
                        .SetProperty(row => row.Failed, failed.Count),
                cancellation
            );
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>The UEM refused the call as a whole, or it never left: nothing of it happened.</summary>
    public async Task RefusedAsync(LedgerEntryRow entry, WorkspaceOneException refused, CancellationToken cancellation)
    {
        var ended = WriteFailure.Ended(refused);
        var failed = ended == LedgerState.Failed ? entry.Devices : 0;
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await NoteAsync(db, entry.Id, refused, cancellation);
        await db
            .Ledger.Where(row => row.Id == entry.Id)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.State, ended).SetProperty(row => row.Failed, failed),
                cancellation
            );
        await db
            .LedgerDevices.Where(row => row.EntryId == entry.Id)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.State, ended)
                        .SetProperty(row => row.ErrorCode, refused.ErrorCode)
                        .SetProperty(
                            row => row.Error,
                            refused is WritesStoppedException ? refused.Message : refused.Reason
                        ),
                cancellation
            );
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>It may have happened: the entry stays sent, with what is known, until it is read back.</summary>
    public async Task UnclearAsync(LedgerEntryRow entry, WorkspaceOneException failure, CancellationToken cancellation)
    {
        await using var db = database.Open();
        await NoteAsync(db, entry.Id, failure, cancellation);
    }

    /// <summary>A tag was made, or found to have been made.</summary>
    public async Task ConfirmedAsync(Guid entry, CancellationToken cancellation)
    {
        await using var db = database.Open();
        await db
            .Ledger.Where(row => row.Id == entry)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.State, LedgerState.Confirmed)
                        .SetProperty(row => row.ConfirmedAt, time.GetUtcNow()),
                cancellation
            );
    }

    /// <summary>Writes may have been stopped and released again since the plan was made, which took a person's word back.</summary>
    private static async Task StopUnlessWordStandsAsync(
        PicketDbContext db,
        TagRunRow run,
        string kind,
        CancellationToken cancellation
    )
    {
        if (
            run.AcceptedChanges is not null
            && !await db.TagRuns.AnyAsync(row => row.Id == run.Id && row.AcceptedChanges != null, cancellation)
        )
        {
            throw new WritesStoppedException(
                kind,
                "All writes were stopped after this run was approved, and are released now: it is planned anew."
            );
        }
    }

    private Task<int> NoteAsync(
        PicketDbContext db,
        Guid entry,
        WorkspaceOneException failure,
        CancellationToken cancellation
    )
    {
        DateTimeOffset? answered = failure.Status is null ? null : time.GetUtcNow();
        var status = (int?)failure.Status;
        return db
            .Ledger.Where(row => row.Id == entry)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.AnsweredAt, answered)
                        .SetProperty(row => row.HttpStatus, status)
                        .SetProperty(row => row.ErrorCode, failure.ErrorCode)
                        .SetProperty(row => row.Error, failure.Message),
                cancellation
            );
    }

    private LedgerEntryRow New(TagRunRow run, OwnedTagRow tag, string kind, string key, int devices)
    {
        var now = time.GetUtcNow();
        return new LedgerEntryRow
        {
            Id = Guid.CreateVersion7(now),
            IntegrationId = run.IntegrationId,
            IdempotencyKey = key,
            Kind = kind,
            Subject = tag.Name,
            TagRunId = run.Id,
            OwnedTagId = tag.Id,
            State = LedgerState.Approved,
            WantedBy = run is { Kind: TagRunKind.CleanUp, ApprovedBy: { } person }
                ? person
                : LedgerEntryRow.WantedByVerdicts,
            HeldBy = RunBrakes.Of(run),
            ApprovedBy = run.ApprovedBy,
            Devices = devices,
            WantedAt = now,
        };
    }

    private void Mark(LedgerEntryRow entry)
    {
        var sent =
            Ledger.Move(new LedgerEntry(LedgerKind.State, entry.State, entry.Sends), LedgerState.Sent)
            ?? throw new InvalidOperationException($"Ledger entry {entry.Id} is {entry.State}; it is not sent again.");
        (entry.State, entry.Sends, entry.SentAt, entry.AnsweredAt) = (sent.State, sent.Sends, time.GetUtcNow(), null);
        (entry.Failed, entry.HttpStatus, entry.ErrorCode, entry.Error) = (0, null, null, null);
    }
}
