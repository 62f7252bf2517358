using Microsoft.EntityFrameworkCore;
using Picket.Core.Response;
using Picket.Server.Brakes;
using Picket.Server.Response;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Deployment;

/// <summary>
/// The ledger of what a publication writes beside the list of assignments: each attempt has an entry of its own, marked
/// in a durable commit before the call.
/// </summary>
internal sealed class PublicationWrites(PicketDatabase database, TimeProvider time)
{
    /// <exception cref="DeploymentStoppedException">Nothing may be written any more.</exception>
    /// <exception cref="OutdatedWordException">Somebody said something else about it meanwhile.</exception>
    public async Task<Guid> MarkSentAsync(
        PublicationRow publication,
        string kind,
        string subject,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        await using var db = database.Open();
        await using var transaction = await WriteStops.BeginMarkAsync(db, $"{kind} {subject}", cancellation);
        await DeploymentGate.PassAsync(db, publication, cancellation);
        var attempts = await Of(db, publication, kind, subject).CountAsync(cancellation);
        var entry = new LedgerEntryRow
        {
            Id = Guid.CreateVersion7(now),
            IntegrationId = publication.IntegrationId,
            IdempotencyKey = Key(publication, kind, subject, publication.Word, attempts),
            Kind = kind,
            Subject = subject,
            PublicationId = publication.Id,
            State = LedgerState.Sent,
            Sends = 1,
            WantedBy = publication.MadeBy,
            ApprovedBy = publication.WordBy,
            WantedAt = now,
            SentAt = now,
        };
        db.Ledger.Add(entry);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return entry.Id;
    }

    /// <summary>The last attempt, where its answer is not known, and whether it was upon the word that counts now.</summary>
    public async Task<(Guid Entry, bool IsOfThisWord)?> PendingAsync(
        PublicationRow publication,
        string kind,
        string subject,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var entries = await Of(db, publication, kind, subject)
            .OrderBy(row => row.Id)
            .Select(row => new
            {
                row.Id,
                row.State,
                row.IdempotencyKey,
            })
            .ToListAsync(cancellation);
        return entries is [.., { State: LedgerState.Sent } last]
            ? (last.Id, last.IdempotencyKey == Key(publication, kind, subject, publication.Word, entries.Count - 1))
            : null;
    }

    /// <summary>It may have happened: the entry stays sent, with what is known.</summary>
    public Task UnclearAsync(Guid entry, WorkspaceOneException failure, CancellationToken cancellation) =>
        NoteAsync(entry, LedgerState.Sent, failure, cancellation);

    /// <summary>It was refused, or never left.</summary>
    public Task FailedAsync(Guid entry, WorkspaceOneException failure, CancellationToken cancellation) =>
        NoteAsync(entry, WriteFailure.Ended(failure), failure, cancellation);

    /// <summary>It was looked for and is not there.</summary>
    public async Task NotThereAsync(Guid entry, CancellationToken cancellation)
    {
        await using var db = database.Open();
        await db
            .Ledger.Where(row => row.Id == entry)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.State, LedgerState.Failed)
                        .SetProperty(row => row.Error, row => row.Error ?? "It was not there when it was looked for."),
                cancellation
            );
    }

    public async Task ConfirmedAsync(Guid entry, CancellationToken cancellation)
    {
        await using var db = database.Open();
        await db.Ledger.Where(row => row.Id == entry).ConfirmAsync(time.GetUtcNow(), cancellation);
    }

    /// <summary>The smart group that was made is the ring's.</summary>
    public async Task KeepGroupAsync(
        Guid entry,
        PublicationRingRow ring,
        MadeGroup group,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.Ledger.Where(row => row.Id == entry).ConfirmAsync(time.GetUtcNow(), cancellation);
        await SaveGroupAsync(db, ring, group, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>The smart group is gone from the UEM, by whosever word.</summary>
    public async Task ForgetGroupAsync(
        PublicationRow publication,
        PublicationRingRow ring,
        string name,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await Of(db, publication, LedgerKinds.DeleteSmartGroup, name)
            .Where(row => row.State == LedgerState.Sent)
            .ConfirmAsync(time.GetUtcNow(), cancellation);
        await SaveGroupAsync(db, ring, null, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>In the database first: the runner keeps the ring that it holds whatever comes after.</summary>
    private static async Task SaveGroupAsync(
        PicketDbContext db,
        PublicationRingRow ring,
        MadeGroup? group,
        CancellationToken cancellation
    )
    {
        var (id, uuid, devices) = (group?.Id, group?.Uuid, group?.Devices);
        await db
            .PublicationRings.Where(row => row.Id == ring.Id)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.MadeGroupId, id)
                        .SetProperty(row => row.MadeGroupUuid, uuid)
                        .SetProperty(row => row.MadeGroupDevices, devices),
                cancellation
            );
        (ring.MadeGroupId, ring.MadeGroupUuid, ring.MadeGroupDevices) = (id, uuid, devices);
    }

    private static IQueryable<LedgerEntryRow> Of(
        PicketDbContext db,
        PublicationRow publication,
        string kind,
        string subject
    ) => db.Ledger.Where(row => row.PublicationId == publication.Id && row.Kind == kind && row.Subject == subject);

    private static string Key(PublicationRow publication, string kind, string subject, int word, int attempt) =>
        IdempotencyKey.Derive(publication.IntegrationId, $"{kind}:{subject}:{word}:{attempt}", publication.Id, []);

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

/// <summary>A smart group that was made for a share.</summary>
/// <param name="Id">The UEM's number.</param>
internal sealed record MadeGroup(int Id, Guid Uuid, int Devices);
