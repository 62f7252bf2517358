using Microsoft.EntityFrameworkCore;
using Picket.Core.Response;
using Picket.Server.Audit;
using Picket.Server.Brakes;
using Picket.Server.Integrations;
using Picket.Server.Response;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Deployment;

/// <summary>
/// The ledger of changes to the catalogue (law 3): entry and audit are in one durable commit before the call goes out. An
/// entry is a person's word, and is sent once; what became of an older one is settled by what the catalogue has now.
/// </summary>
internal sealed class CatalogueLedger(PicketDatabase database, AuditLog audit, TimeProvider time)
{
    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(5);

    /// <param name="subject">What it is about, unlike any other of its kind: bundle id, platform, version.</param>
    /// <exception cref="DeploymentStoppedException">Nothing may be written now.</exception>
    public async Task<Guid> MarkSentAsync(
        Guid integration,
        string kind,
        string subject,
        string actor,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        await using var transaction = await WriteStops.BeginMarkAsync(db, $"{kind} {subject}", cancellation);
        var row = await db.Integrations.AsNoTracking().SingleAsync(row => row.Id == integration, cancellation);
        if (DeploymentGate.Refusal(row) is { } refusal)
        {
            throw new DeploymentStoppedException(refusal);
        }

        if (await IsUnderWayAsync(db, integration, kind, subject, cancellation))
        {
            throw new DeploymentStoppedException(
                $"The same was asked for a moment ago, and its answer is not there yet: {subject}. Look again in {LongestCall.TotalMinutes:0} minutes."
            );
        }

        // Somebody who says it again has looked, and so has Picket: it is not there.
        await Open(db, integration, kind, subject)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(entry => entry.State, LedgerState.Failed)
                        .SetProperty(entry => entry.Error, "It was not there when it was looked for."),
                cancellation
            );
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        db.Ledger.Add(
            new LedgerEntryRow
            {
                Id = id,
                IntegrationId = integration,
                IdempotencyKey = IdempotencyKey.Derive(integration, $"{kind}:{subject}", id, []),
                Kind = kind,
                Subject = subject,
                State = LedgerState.Sent,
                Sends = 1,
                WantedBy = actor,
                ApprovedBy = actor,
                WantedAt = now,
                SentAt = now,
            }
        );
        audit.Add(db, actor, $"catalogue.{kind}", $"{integration}", after: new { App = subject });
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return id;
    }

    /// <summary>Of two who say the same at once, one is sent.</summary>
    private Task<bool> IsUnderWayAsync(
        PicketDbContext db,
        Guid integration,
        string kind,
        string subject,
        CancellationToken cancellation
    )
    {
        var since = time.GetUtcNow() - LongestCall;
        // One whose answer is known to be lost has its error, and was looked for.
        return Open(db, integration, kind, subject)
            .AnyAsync(entry => entry.Error == null && entry.SentAt > since, cancellation);
    }

    /// <summary>The catalogue has it so: whatever was sent for it and is open has come true.</summary>
    public async Task SettleAsync(Guid integration, string kind, string subject, CancellationToken cancellation)
    {
        await using var db = database.Open();
        await Open(db, integration, kind, subject).ConfirmAsync(time.GetUtcNow(), cancellation);
    }

    public async Task ConfirmedAsync(Guid entry, CancellationToken cancellation)
    {
        await using var db = database.Open();
        await db.Ledger.Where(row => row.Id == entry).ConfirmAsync(time.GetUtcNow(), cancellation);
    }

    /// <summary>The UEM took it; reading back decides.</summary>
    public async Task AnsweredAsync(Guid entry, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var now = time.GetUtcNow();
        await db
            .Ledger.Where(row => row.Id == entry)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.State, LedgerState.Answered).SetProperty(row => row.AnsweredAt, now),
                cancellation
            );
    }

    /// <summary>It was refused, or never left: nothing of it happened.</summary>
    public Task FailedAsync(Guid entry, WorkspaceOneException failure, CancellationToken cancellation) =>
        NoteAsync(entry, WriteFailure.Ended(failure), failure, cancellation);

    /// <summary>It may have happened: the entry stays sent, with what is known.</summary>
    public Task UnclearAsync(Guid entry, WorkspaceOneException failure, CancellationToken cancellation) =>
        NoteAsync(entry, LedgerState.Sent, failure, cancellation);

    private static IQueryable<LedgerEntryRow> Open(PicketDbContext db, Guid integration, string kind, string subject) =>
        db.Ledger.Where(row =>
            row.IntegrationId == integration
            && row.Kind == kind
            && row.Subject == subject
            && (row.State == LedgerState.Sent || row.State == LedgerState.Answered)
        );

    private async Task NoteAsync(
        Guid entry,
        LedgerState state,
        WorkspaceOneException failure,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        await db.Ledger.Where(row => row.Id == entry).NoteAsync(state, failure, time.GetUtcNow(), cancellation);
    }
}
