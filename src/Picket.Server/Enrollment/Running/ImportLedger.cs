using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Response;
using Picket.Server.Brakes;
using Picket.Server.Response;
using Picket.Server.Storage;
using Picket.WorkspaceOne;
using LedgerState = Picket.Core.Response.LedgerState;

namespace Picket.Server.Enrollment;

/// <summary>
/// The ledger of an import (law 3): the entry and its line are marked as sent in one durable commit before the call goes
/// out. What makes something is a command, and gets a new entry only on a person's new word.
/// </summary>
internal sealed class ImportLedger(PicketDatabase database, TimeProvider time)
{
    /// <returns>Null when what the line says was forgotten meanwhile: it is not sent.</returns>
    /// <exception cref="EnrollmentStoppedException">Nothing may be written any more.</exception>
    public async Task<LedgerEntryRow?> MarkSentAsync(
        ImportRow import,
        ImportLineRow line,
        string kind,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        await using var transaction = await WriteStops.BeginMarkAsync(db, $"Import {import.Id}", cancellation);
        await StopUnlessAllowedAsync(db, import, cancellation);
        line.Sends++;
        var entry = await EntryAsync(
            db,
            import,
            kind,
            $"line {line.Line} of {import.Name}",
            IsCommand(kind) ? $"{line.Line}:{line.Sends}" : $"{line.Line}",
            cancellation
        );
        (line.State, line.LedgerEntryId) = (ImportLineState.Sent, entry.Id);
        await db.SaveChangesAsync(cancellation);
        var marked = await db
            .ImportLines.Where(row => row.Id == line.Id && row.Wish != null)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.State, line.State)
                        .SetProperty(row => row.Sends, line.Sends)
                        .SetProperty(row => row.LedgerEntryId, line.LedgerEntryId),
                cancellation
            );
        if (marked == 0)
        {
            return null; // The entry goes with the transaction.
        }

        await transaction.CommitAsync(cancellation);
        return entry;
    }

    /// <summary>The making of a group, of which many lines may have need. Each attempt has an entry of its own.</summary>
    public async Task<LedgerEntryRow> MarkGroupSentAsync(ImportRow import, string name, CancellationToken cancellation)
    {
        await using var db = database.Open();
        await using var transaction = await WriteStops.BeginMarkAsync(db, $"Import {import.Id}", cancellation);
        await StopUnlessAllowedAsync(db, import, cancellation);
        var attempt = (await GroupAttemptsAsync(db, import, name, cancellation)).Count;
        var entry = await EntryAsync(
            db,
            import,
            LedgerKinds.CreateUserGroup,
            name,
            $"{name.ToUpperInvariant()}:{attempt}",
            cancellation
        );
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return entry;
    }

    /// <summary>The last making of this group, where its answer is not known; null when there is none.</summary>
    public async Task<LedgerEntryRow?> UnclearGroupAsync(ImportRow import, string name, CancellationToken cancellation)
    {
        await using var db = database.Open();
        return (await GroupAttemptsAsync(db, import, name, cancellation)) is [.., { State: LedgerState.Sent } last]
            ? last
            : null;
    }

    /// <summary>The oldest first. Groups are one whatever the letter case of their names; an import names few.</summary>
    private static async Task<List<LedgerEntryRow>> GroupAttemptsAsync(
        PicketDbContext db,
        ImportRow import,
        string name,
        CancellationToken cancellation
    )
    {
        var entries = await db
            .Ledger.AsNoTracking()
            .Where(row => row.ImportId == import.Id && row.Kind == LedgerKinds.CreateUserGroup)
            .OrderBy(row => row.Id)
            .ToListAsync(cancellation);
        return [.. entries.Where(row => string.Equals(row.Subject, name, StringComparison.OrdinalIgnoreCase))];
    }

    /// <summary>The UEM took it.</summary>
    public Task AnsweredAsync(LedgerEntryRow entry, CancellationToken cancellation) =>
        SetAsync(entry, LedgerState.Answered, null, cancellation);

    /// <summary>Reading back showed it.</summary>
    public Task ConfirmedAsync(LedgerEntryRow entry, CancellationToken cancellation) =>
        SetAsync(entry, LedgerState.Confirmed, null, cancellation);

    /// <summary>It was refused, or never left: nothing of it happened.</summary>
    public Task FailedAsync(LedgerEntryRow entry, WorkspaceOneException failure, CancellationToken cancellation) =>
        SetAsync(entry, WriteFailure.Ended(failure), failure, cancellation);

    /// <summary>It may have happened: the entry stays sent, with what is known, until it is read back.</summary>
    public Task UnclearAsync(LedgerEntryRow entry, WorkspaceOneException failure, CancellationToken cancellation) =>
        SetAsync(entry, LedgerState.Sent, failure, cancellation);

    /// <summary>What was sent and is not confirmed is looked for, and the ledger says how that ended.</summary>
    public async Task SettleAsync(
        PicketDbContext db,
        IReadOnlyCollection<Guid> found,
        IReadOnlyCollection<Guid> missing,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        await db
            .Ledger.Where(row => found.Contains(row.Id))
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.State, LedgerState.Confirmed)
                        .SetProperty(row => row.ConfirmedAt, now)
                        .SetProperty(row => row.Error, (string?)null),
                cancellation
            );
        await db
            .Ledger.Where(row => missing.Contains(row.Id))
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.State, LedgerState.Failed)
                        .SetProperty(row => row.Error, "It was not there when it was looked for."),
                cancellation
            );
    }

    public async Task SettleAsync(
        IReadOnlyCollection<Guid> found,
        IReadOnlyCollection<Guid> missing,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        await SettleAsync(db, found, missing, cancellation);
    }

    private static async Task StopUnlessAllowedAsync(
        PicketDbContext db,
        ImportRow import,
        CancellationToken cancellation
    )
    {
        if (await EnrollmentGate.RefusalAsync(db, import, cancellation) is { } refusal)
        {
            throw new EnrollmentStoppedException(refusal);
        }
    }

    private async Task<LedgerEntryRow> EntryAsync(
        PicketDbContext db,
        ImportRow import,
        string kind,
        string subject,
        string what,
        CancellationToken cancellation
    )
    {
        var key = IdempotencyKey.Derive(import.IntegrationId, $"{kind}:{what}", import.Id, []);
        var now = time.GetUtcNow();
        var entry =
            await db.Ledger.SingleOrDefaultAsync(row => row.IdempotencyKey == key, cancellation)
            ?? db.Ledger.Add(
                new LedgerEntryRow
                {
                    Id = Guid.CreateVersion7(now),
                    IntegrationId = import.IntegrationId,
                    IdempotencyKey = key,
                    Kind = kind,
                    Subject = subject,
                    ImportId = import.Id,
                    State = LedgerState.Approved,
                    WantedBy = import.MadeBy,
                    ApprovedBy = import.StartedBy,
                    WantedAt = now,
                }
            ).Entity;
        var of = IsCommand(kind) ? LedgerKind.Command : LedgerKind.State;
        var sent =
            Ledger.Move(new LedgerEntry(of, entry.State, entry.Sends), LedgerState.Sent)
            ?? throw new InvalidOperationException($"Ledger entry {entry.Id} is {entry.State}; it is not sent again.");
        (entry.State, entry.Sends, entry.SentAt, entry.AnsweredAt) = (sent.State, sent.Sends, now, null);
        (entry.HttpStatus, entry.ErrorCode, entry.Error) = (null, null, null);
        return entry;
    }

    /// <summary>What makes something is done; what says how something shall be may be said again.</summary>
    public static bool IsCommand(string kind) => kind is not (LedgerKinds.ChangeUser or LedgerKinds.AddToUserGroup);

    private async Task SetAsync(
        LedgerEntryRow entry,
        LedgerState state,
        WorkspaceOneException? failure,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        DateTimeOffset? answered = failure is null or { Status: not null } ? now : null;
        DateTimeOffset? confirmed = state == LedgerState.Confirmed ? now : null;
        var status = (int?)failure?.Status;
        var error = failure is null ? null : TextOf(failure);
        await using var db = database.Open();
        await db
            .Ledger.Where(row => row.Id == entry.Id)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.State, state)
                        .SetProperty(row => row.AnsweredAt, answered)
                        .SetProperty(row => row.ConfirmedAt, confirmed)
                        .SetProperty(row => row.HttpStatus, status)
                        .SetProperty(row => row.ErrorCode, failure == null ? null : failure.ErrorCode)
                        .SetProperty(row => row.Error, error),
                cancellation
            );
    }

    /// <summary>The ledger is kept for good, and the UEM's words may name a person: these stand with the line, which is forgotten.</summary>
    private static string TextOf(WorkspaceOneException failure) =>
        failure.Status is { } status
            ? $"The UEM answered {(int)status}{(failure.ErrorCode is { } code ? $"/{code}" : "")}. The line of the import says more."
            : failure.Message;
}
