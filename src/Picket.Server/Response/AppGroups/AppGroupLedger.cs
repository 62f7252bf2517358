using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Response;
using Picket.Server.Brakes;
using Picket.Server.Storage;
using Picket.WorkspaceOne;
using LedgerState = Picket.Core.Response.LedgerState;

namespace Picket.Server.Response;

/// <summary>
/// The ledger of app groups (law 3). An entry with its apps is committed, marked as sent, before its call goes out; a process
/// that dies in between leaves a mark that the next run settles by reading back.
/// </summary>
internal sealed class AppGroupLedger(PicketDatabase database, TimeProvider time)
{
    private const int NamedApps = 3;

    /// <exception cref="WritingStoppedException">Nothing may be written any more.</exception>
    /// <exception cref="WritesStoppedException">All writes are stopped; nothing was marked.</exception>
    public async Task<Guid> MarkSentAsync(
        AppGroupRunRow run,
        OwnedAppGroupRow group,
        string kind,
        IReadOnlyList<string> apps,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        await using var transaction = await WriteStops.BeginMarkAsync(db, $"{kind} {group.Name}", cancellation);
        if (await AppGroupGate.RefusalAsync(db, run, cancellation) is { } refusal)
        {
            throw new WritingStoppedException(refusal);
        }

        await StopUnlessWordStandsAsync(db, run, kind, cancellation);
        var key = await KeyAsync(db, run, group, kind, apps, cancellation);
        var entry =
            await db.Ledger.SingleOrDefaultAsync(row => row.IdempotencyKey == key, cancellation)
            ?? db.Ledger.Add(New(run, group, kind, key, apps)).Entity;
        Mark(entry);
        await db.LedgerApps.Where(row => row.EntryId == entry.Id).ExecuteDeleteAsync(cancellation);
        db.LedgerApps.AddRange(
            apps.Select(app => new LedgerAppRow
            {
                EntryId = entry.Id,
                AppId = app,
                State = LedgerState.Sent,
            })
        );
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return entry.Id;
    }

    /// <summary>The UEM took it; reading back decides.</summary>
    /// <param name="made">The number of the group that it made; null where it made none.</param>
    /// <param name="refused">What it said against it all the same; null for nothing.</param>
    public async Task AnsweredAsync(Guid entry, Guid group, int? made, string? refused, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (made is not null)
        {
            await db
                .OwnedAppGroups.Where(row => row.Id == group)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.RemoteId, made), cancellation);
        }

        await db
            .Ledger.Where(row => row.Id == entry)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.State, LedgerState.Answered)
                        .SetProperty(row => row.AnsweredAt, now)
                        .SetProperty(row => row.Error, refused),
                cancellation
            );
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>It may have happened: the entry stays sent, with what is known, until it is read back.</summary>
    public async Task UnclearAsync(Guid entry, WorkspaceOneException failure, CancellationToken cancellation)
    {
        await using var db = database.Open();
        await db
            .Ledger.Where(row => row.Id == entry)
            .NoteAsync(LedgerState.Sent, failure, time.GetUtcNow(), cancellation);
    }

    /// <summary>The UEM refused the call as a whole, or it never left: nothing of it happened.</summary>
    public async Task RefusedAsync(Guid entry, WorkspaceOneException refused, CancellationToken cancellation)
    {
        var ended = WriteFailure.Ended(refused);
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.Ledger.Where(row => row.Id == entry).NoteAsync(ended, refused, time.GetUtcNow(), cancellation);
        await db
            .LedgerApps.Where(row => row.EntryId == entry)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, ended), cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Writes may have been stopped and released again since the plan was made, which took a person's word back.</summary>
    private static async Task StopUnlessWordStandsAsync(
        PicketDbContext db,
        AppGroupRunRow run,
        string kind,
        CancellationToken cancellation
    )
    {
        if (
            run.AcceptedChanges is not null
            && !await db.AppGroupRuns.AnyAsync(row => row.Id == run.Id && row.AcceptedChanges != null, cancellation)
        )
        {
            throw new WritesStoppedException(
                kind,
                "All writes were stopped after this run was approved, and are released now: it is planned anew."
            );
        }
    }

    /// <summary>
    /// A run that was broken off finds the entry of the same call again. What it has confirmed is over: where somebody undid it
    /// meanwhile, it is done under an entry of its own.
    /// </summary>
    private static async Task<string> KeyAsync(
        PicketDbContext db,
        AppGroupRunRow run,
        OwnedAppGroupRow group,
        string kind,
        IReadOnlyList<string> apps,
        CancellationToken cancellation
    )
    {
        var ended = await db.Ledger.CountAsync(
            row =>
                row.AppGroupRunId == run.Id
                && row.AppGroupId == group.Id
                && row.Kind == kind
                && (row.State == LedgerState.Confirmed || row.State == LedgerState.Undone),
            cancellation
        );
        return IdempotencyKey.Derive(
            run.IntegrationId,
            $"{kind}:{group.Id}:{ended}:{string.Join('\n', apps.Order(StringComparer.Ordinal))}",
            run.Id,
            []
        );
    }

    private LedgerEntryRow New(
        AppGroupRunRow run,
        OwnedAppGroupRow group,
        string kind,
        string key,
        IReadOnlyList<string> apps
    )
    {
        var now = time.GetUtcNow();
        return new LedgerEntryRow
        {
            Id = Guid.CreateVersion7(now),
            IntegrationId = run.IntegrationId,
            IdempotencyKey = key,
            Kind = kind,
            Subject = Subject(group, apps),
            AppGroupRunId = run.Id,
            AppGroupId = group.Id,
            State = LedgerState.Approved,
            WantedBy = run is { Kind: AppGroupRunKind.CleanUp, ApprovedBy: { } person }
                ? person
                : LedgerEntryRow.WantedByVerdicts,
            HeldBy = RunBrakes.Of(run),
            ApprovedBy = run.ApprovedBy,
            WantedAt = now,
        };
    }

    private static string Subject(OwnedAppGroupRow group, IReadOnlyList<string> apps)
    {
        var named = string.Join(", ", apps.Take(NamedApps));
        return apps.Count > NamedApps
            ? $"{group.Name}: {named} and {apps.Count - NamedApps} more"
            : $"{group.Name}: {named}";
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
