using Microsoft.EntityFrameworkCore;
using Picket.Core.Response;
using Picket.Server.Storage;
using LedgerState = Picket.Core.Response.LedgerState;

namespace Picket.Server.Response;

/// <summary>
/// Writes the ledger (law 3). An entry is committed, marked as sent, before its call goes out; a process that dies in
/// between leaves a mark that the next run settles by reading back.
/// </summary>
internal sealed class LedgerBook(PicketDatabase database, TimeProvider time)
{
    /// <summary>Commits an entry that is about to be sent.</summary>
    public async Task<LedgerEntryRow> MarkSentAsync(
        TagRunRow run,
        OwnedTagRow tag,
        string kind,
        IReadOnlyList<Guid> devices,
        IReadOnlyList<long> remoteIds,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var entry = new LedgerEntryRow
        {
            Id = id,
            IntegrationId = run.IntegrationId,
            IdempotencyKey = IdempotencyKey.Derive(run.IntegrationId, $"{kind}:{tag.Name}", id, remoteIds),
            Kind = kind,
            Subject = tag.Name,
            TagRunId = run.Id,
            OwnedTagId = tag.Id,
            State = LedgerState.Sent,
            WantedBy = run.ApprovedBy ?? "verdicts",
            ApprovedBy = run.ApprovedBy,
            Sends = 1,
            Devices = devices.Count,
            WantedAt = now,
            SentAt = now,
        };

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        db.Ledger.Add(entry);
        await db.SaveChangesAsync(cancellation);
        await database.Bulk.UpsertAsync(
            db,
            [
                .. devices.Select(device => new LedgerDeviceRow
                {
                    EntryId = id,
                    DeviceId = device,
                    State = LedgerState.Sent,
                }),
            ],
            cancellation
        );
        await transaction.CommitAsync(cancellation);
        return entry;
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

    /// <summary>The UEM refused the call as a whole: nothing of it happened.</summary>
    public async Task RefusedAsync(LedgerEntryRow entry, int? code, string reason, CancellationToken cancellation)
    {
        await using var db = database.Open();
        await db
            .Ledger.Where(row => row.Id == entry.Id)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.State, LedgerState.Failed)
                        .SetProperty(row => row.AnsweredAt, time.GetUtcNow())
                        .SetProperty(row => row.Failed, entry.Devices)
                        .SetProperty(row => row.ErrorCode, code)
                        .SetProperty(row => row.Error, reason),
                cancellation
            );
        await db
            .LedgerDevices.Where(row => row.EntryId == entry.Id)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.State, LedgerState.Failed)
                        .SetProperty(row => row.ErrorCode, code)
                        .SetProperty(row => row.Error, reason),
                cancellation
            );
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
}
