using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Deployment;
using Picket.Core.Response;
using Picket.Server.Brakes;
using Picket.Server.Response;
using Picket.Server.Storage;
using Picket.WorkspaceOne;
using LedgerState = Picket.Core.Response.LedgerState;

namespace Picket.Server.Deployment;

/// <summary>
/// The ledger of a publication (law 3): the entry and the assignments that it concerns are marked in one durable commit
/// before the list goes out. A list is a state: after planning anew it may be sent again under the same entry.
/// </summary>
internal sealed class PublicationLedger(PicketDatabase database, TimeProvider time)
{
    /// <param name="ring">Of the publication; what is written belongs to its beginning.</param>
    /// <exception cref="DeploymentStoppedException">Nothing may be written any more.</exception>
    /// <exception cref="OutdatedWordException">Somebody said something else about it meanwhile.</exception>
    public async Task<Guid> MarkSentAsync(
        PublicationRow publication,
        int ring,
        string kind,
        AssignmentPlan.Send plan,
        IReadOnlyDictionary<string, int> ringOf,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        await using var transaction = await WriteStops.BeginMarkAsync(db, kind, cancellation);
        await DeploymentGate.PassAsync(db, publication, cancellation);
        var entry = await EntryAsync(db, publication, ring, kind, cancellation);
        var rows = await db
            .OwnedAssignments.Where(row => row.PublicationId == publication.Id)
            .ToListAsync(cancellation);
        foreach (var name in plan.Added.Concat(plan.Changed).Concat(plan.Removed))
        {
            var row =
                rows.FirstOrDefault(row => row.Name == name)
                ?? db.OwnedAssignments.Add(
                    new OwnedAssignmentRow
                    {
                        Id = Guid.CreateVersion7(time.GetUtcNow()),
                        PublicationId = publication.Id,
                        Ring = ringOf[name],
                        Name = name,
                    }
                ).Entity;
            row.Pending = true;
            row.Leaving = plan.Removed.Contains(name);
        }

        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return entry;
    }

    /// <summary>What is ours is in the UEM as it was read: it is recorded, and what was sent is confirmed.</summary>
    /// <param name="change">What somebody else wrote at the same time; null: nothing was found.</param>
    public async Task ConfirmAsync(
        PublicationRow publication,
        AssignmentList current,
        IReadOnlyCollection<string> wanted,
        ForeignChangeView? change,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        var note = change is null ? null : ForeignChangeText.Of(change);
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        foreach (
            var row in await db
                .OwnedAssignments.Where(row => row.PublicationId == publication.Id)
                .ToListAsync(cancellation)
        )
        {
            if (wanted.Contains(row.Name))
            {
                (row.Pending, row.Leaving, row.LastRead) = (
                    false,
                    false,
                    current.Rows.Single(each => each.Name == row.Name).Json.GetRawText()
                );
            }
            else
            {
                db.OwnedAssignments.Remove(row);
            }
        }

        await db.SaveChangesAsync(cancellation);
        await Open(db, publication)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.State, LedgerState.Confirmed)
                        .SetProperty(row => row.ConfirmedAt, now)
                        .SetProperty(row => row.Error, note),
                cancellation
            );
        if (change is not null)
        {
            publication.ForeignChange = PublicationJson.Of(change);
            await db
                .Publications.Where(row => row.Id == publication.Id)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.ForeignChange, publication.ForeignChange),
                    cancellation
                );
        }

        await transaction.CommitAsync(cancellation);
    }

    /// <summary>The UEM took it; reading back decides.</summary>
    public async Task AnsweredAsync(Guid entry, CancellationToken cancellation)
    {
        await using var db = database.Open();
        await db
            .Ledger.Where(row => row.Id == entry)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.State, LedgerState.Answered)
                        .SetProperty(row => row.AnsweredAt, time.GetUtcNow()),
                cancellation
            );
    }

    /// <summary>It may have happened: the entry stays sent, with what is known, until it is read back.</summary>
    public async Task UnclearAsync(Guid entry, WorkspaceOneException failure, CancellationToken cancellation)
    {
        await using var db = database.Open();
        await db
            .Ledger.Where(row => row.Id == entry)
            .NoteAsync(LedgerState.Sent, failure, time.GetUtcNow(), cancellation);
    }

    /// <summary>Nothing of what was sent is in the UEM: what is ours is what it was before.</summary>
    public async Task FailedAsync(
        PublicationRow publication,
        string why,
        WorkspaceOneException? failure,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var open = Open(db, publication);
        if (failure is not null)
        {
            await open.NoteAsync(WriteFailure.Ended(failure), failure, time.GetUtcNow(), cancellation);
        }
        else
        {
            await open.ExecuteUpdateAsync(
                set => set.SetProperty(row => row.State, LedgerState.Failed).SetProperty(row => row.Error, why),
                cancellation
            );
        }

        var pending = db.OwnedAssignments.Where(row => row.PublicationId == publication.Id && row.Pending);
        // One that was never there stays pending, and one that is to go stays marked so: a list that was sent may arrive late.
        await pending
            .Where(row => row.LastRead != null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Pending, false), cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>It is another's from now on.</summary>
    public async Task LeaveAsync(PublicationRow publication, string name, CancellationToken cancellation)
    {
        await using var db = database.Open();
        await db
            .OwnedAssignments.Where(row => row.PublicationId == publication.Id && row.Name == name)
            .ExecuteDeleteAsync(cancellation);
    }

    private static IQueryable<LedgerEntryRow> Open(PicketDbContext db, PublicationRow publication) =>
        db.Ledger.Where(row =>
            row.PublicationId == publication.Id
            && (row.Kind == LedgerKinds.PublishApp || row.Kind == LedgerKinds.WithdrawApp)
            && (row.State == LedgerState.Sent || row.State == LedgerState.Answered)
        );

    private async Task<Guid> EntryAsync(
        PicketDbContext db,
        PublicationRow publication,
        int ring,
        string kind,
        CancellationToken cancellation
    )
    {
        var key = IdempotencyKey.Derive(
            publication.IntegrationId,
            $"{kind}:{ring}:{publication.Word}",
            publication.Id,
            []
        );
        var now = time.GetUtcNow();
        var entry =
            await db.Ledger.SingleOrDefaultAsync(row => row.IdempotencyKey == key, cancellation)
            ?? db.Ledger.Add(
                new LedgerEntryRow
                {
                    Id = Guid.CreateVersion7(now),
                    IntegrationId = publication.IntegrationId,
                    IdempotencyKey = key,
                    Kind = kind,
                    Subject = publication.AppName,
                    PublicationId = publication.Id,
                    State = LedgerState.Approved,
                    WantedBy = publication.MadeBy,
                    ApprovedBy = publication.WordBy,
                    WantedAt = now,
                }
            ).Entity;
        // A ring whose assignment somebody changed since may be written again: what is confirmed was another state.
        var from = entry.State is LedgerState.Confirmed or LedgerState.Answered ? LedgerState.Sent : entry.State;
        var sent =
            Ledger.Move(new LedgerEntry(LedgerKind.State, from, entry.Sends), LedgerState.Sent)
            ?? throw new InvalidOperationException($"Ledger entry {entry.Id} is {entry.State}; it is not sent again.");
        (entry.State, entry.Sends, entry.SentAt, entry.AnsweredAt) = (sent.State, sent.Sends, now, null);
        (entry.HttpStatus, entry.ErrorCode, entry.Error, entry.ConfirmedAt) = (null, null, null, null);
        return entry.Id;
    }
}
