using Microsoft.EntityFrameworkCore;
using Picket.Core.Response;
using Picket.Server.Brakes;
using Picket.Server.Response;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Drift;

/// <summary>The ledger of smart groups that get a tag back (law 3): marked as sent before the call goes out.</summary>
internal sealed class ReferenceLedger(PicketDatabase database, TimeProvider time)
{
    /// <returns>Null where nobody's word stands any more.</returns>
    /// <exception cref="WritesStoppedException">All writes are stopped; nothing was marked.</exception>
    public async Task<Guid?> MarkSentAsync(DriftRow row, string group, CancellationToken cancellation)
    {
        await using var db = database.Open();
        await using var transaction = await WriteStops.BeginMarkAsync(
            db,
            $"{LedgerKinds.NameTag} {group}",
            cancellation
        );
        var now = await db.Drift.SingleAsync(drift => drift.Id == row.Id, cancellation);
        var writes = await db.Integrations.AsNoTracking().SingleAsync(one => one.Id == row.IntegrationId, cancellation);
        if (now.Asks || now.EndedAt is not null || TaggingGate.Refusal(writes) is not null)
        {
            return null;
        }

        var (key, known) = await FindAsync(db, row, cancellation);
        var entry = known ?? db.Ledger.Add(New(row, key, group)).Entity;
        var sent =
            Ledger.Move(new LedgerEntry(LedgerKind.State, entry.State, entry.Sends), LedgerState.Sent)
            ?? throw new InvalidOperationException($"Ledger entry {entry.Id} is {entry.State}; it is not sent again.");
        (entry.State, entry.Sends, entry.SentAt) = (sent.State, sent.Sends, time.GetUtcNow());
        (entry.AnsweredAt, entry.HttpStatus, entry.ErrorCode, entry.Error) = (null, null, null, null);
        (entry.ApprovedBy, now.LedgerEntryId) = (row.DecidedBy, entry.Id);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return entry.Id;
    }

    /// <summary>What was confirmed is over: where somebody undid it since, it is done once more under an entry of its own.</summary>
    private static async Task<(string Key, LedgerEntryRow? Known)> FindAsync(
        PicketDbContext db,
        DriftRow row,
        CancellationToken cancellation
    )
    {
        for (var over = 0; ; over++)
        {
            var wish = over == 0 ? $"{row.OwnedTagId}" : $"{row.OwnedTagId}:{over}";
            var key = IdempotencyKey.Derive(
                row.IntegrationId,
                $"{LedgerKinds.NameTag}:{wish}",
                row.Id,
                [row.SmartGroupId!.Value]
            );
            var known = await db.Ledger.SingleOrDefaultAsync(one => one.IdempotencyKey == key, cancellation);
            if (known is not { State: LedgerState.Confirmed or LedgerState.Undone })
            {
                return (key, known);
            }
        }
    }

    private LedgerEntryRow New(DriftRow row, string key, string group)
    {
        var now = time.GetUtcNow();
        return new LedgerEntryRow
        {
            Id = Guid.CreateVersion7(now),
            IntegrationId = row.IntegrationId,
            IdempotencyKey = key,
            Kind = LedgerKinds.NameTag,
            Subject = group,
            OwnedTagId = row.OwnedTagId,
            State = LedgerState.Approved,
            WantedBy = row.DecidedBy ?? "policy",
            WantedAt = now,
        };
    }
}
