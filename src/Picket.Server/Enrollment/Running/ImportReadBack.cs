using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Enrollment;
using Picket.Server.Response;
using Picket.Server.Storage;
using Picket.WorkspaceOne;
using LedgerState = Picket.Core.Response.LedgerState;

namespace Picket.Server.Enrollment;

/// <summary>
/// Looks in the UEM for what was sent and is not confirmed: a lost answer, a killed process, and what was answered. What
/// is there is done. Of what is not, a command waits for a person, and a state is said again.
/// </summary>
internal sealed class ImportReadBack(
    PicketDatabase database,
    ImportLedger ledger,
    WorkspaceOneClient client,
    ImportRow import,
    int organizationGroup
)
{
    private const int LinesAtOnce = 500;

    private static readonly ImportNote Lost = new(
        null,
        "The answer was lost, and the UEM does not show it. Look there; take the line up again if it is really not there."
    );
    private static readonly ImportNote NotShown = new(
        null,
        "The UEM took it, and does not show it. Look there; take the line up again if it is really not there."
    );

    public async Task SettleAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        await TakeBackRefusedAsync(db, cancellation);
        await CloseForgottenAsync(db, cancellation);
        if (!await Unsettled(db, db.ImportLines).AnyAsync(cancellation))
        {
            return;
        }

        var devices = new UemDevices(database, client, organizationGroup);
        await ReadAsync(devices, cancellation);
        while (true)
        {
            var lines = await Unsettled(db, db.ImportLines.AsNoTracking())
                .OrderBy(row => row.Line)
                .Take(LinesAtOnce)
                .ToListAsync(cancellation);
            if (lines.Count == 0)
            {
                return;
            }

            await devices.ReadEnrolledAsync(
                import.IntegrationId,
                [.. lines.Select(Wish).OfType<DeviceWish>()],
                cancellation
            );
            await SettleAsync(db, lines, line => IsThere(line, devices), cancellation);
        }
    }

    /// <summary>The process was killed between the ledger's word that a call was refused or held back, and the line's.</summary>
    private Task<int> TakeBackRefusedAsync(PicketDbContext db, CancellationToken cancellation) =>
        db
            .ImportLines.Where(row => row.ImportId == import.Id && row.State == ImportLineState.Sent)
            .Where(row =>
                db.Ledger.Any(entry =>
                    entry.Id == row.LedgerEntryId
                    && (entry.State == LedgerState.Failed || entry.State == LedgerState.Dropped)
                )
            )
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, ImportLineState.Waiting), cancellation);

    /// <summary>
    /// Whose person was erased while the line was on its way: there is nothing left to look for. What the UEM answered is
    /// done, what never left is refused; else a person can only look there.
    /// </summary>
    private async Task CloseForgottenAsync(PicketDbContext db, CancellationToken cancellation)
    {
        var sent = db.ImportLines.Where(row =>
            row.ImportId == import.Id && row.State == ImportLineState.Sent && row.Wish == null
        );
        await sent.Where(row =>
                db.Ledger.Any(entry =>
                    entry.Id == row.LedgerEntryId
                    && (entry.State == LedgerState.Answered || entry.State == LedgerState.Confirmed)
                )
            )
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, ImportLineState.Done), cancellation);
        await sent.ExecuteUpdateAsync(set => set.SetProperty(row => row.State, ImportLineState.Unclear), cancellation);
        await db
            .ImportLines.Where(row => row.ImportId == import.Id && row.State == ImportLineState.Waiting)
            .Where(row => row.Wish == null && (row.Step == Api.ImportStep.Create || row.Step == Api.ImportStep.Change))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Step, Api.ImportStep.Refused), cancellation);
    }

    private async Task ReadAsync(UemDevices devices, CancellationToken cancellation)
    {
        switch (import.Kind)
        {
            case Api.ImportKind.Users:
                await new UemUsers(database, client, organizationGroup).FindAsync(import, Unsettled, cancellation);
                break;
            case Api.ImportKind.Devices:
                await devices.ReadAnnouncedAsync(cancellation);
                break;
            default:
                var groups = new UemGroups(database, client, organizationGroup);
                await groups.ReadAsync(import.IntegrationId, cancellation);
                await groups.FindMembersAsync(import, cancellation);
                break;
        }
    }

    private IQueryable<ImportLineRow> Unsettled(PicketDbContext db, IQueryable<ImportLineRow> lines) =>
        lines.Where(row =>
            row.ImportId == import.Id
            && row.Wish != null
            && db.Ledger.Any(entry =>
                entry.Id == row.LedgerEntryId
                && (entry.State == LedgerState.Sent || entry.State == LedgerState.Answered)
            )
        );

    private bool IsThere(ImportLineRow line, UemDevices devices) =>
        Wish(line) switch
        {
            UserWish user when ImportJson.UserOf(line.KnownUser) is { } known => IsSo(user, known)
                && !IsUnproven(line, user),
            DeviceWish device => devices.Known(device).Count > 0,
            MemberWish => line.IsMember,
            _ => false,
        };

    /// <summary>Telephone numbers are not read: that one was set shows in nothing but the answer.</summary>
    private static bool IsUnproven(ImportLineRow line, UserWish wish) =>
        line.Step == Api.ImportStep.Change && wish.Mobile is not null && line.State != ImportLineState.Done;

    /// <summary>As far as it can be read.</summary>
    private static bool IsSo(UserWish wish, KnownUser known) =>
        (wish.FirstName is null || wish.FirstName == known.FirstName)
        && (wish.LastName is null || wish.LastName == known.LastName)
        && (wish.Email is null || wish.Email == known.Email);

    private ImportWish? Wish(ImportLineRow line) => ImportJson.WishOf(import.Kind, line.Wish);

    private async Task SettleAsync(
        PicketDbContext db,
        List<ImportLineRow> lines,
        Func<ImportLineRow, bool> isThere,
        CancellationToken cancellation
    )
    {
        var (found, missing) = (new List<Guid>(), new List<Guid>());
        foreach (var line in lines)
        {
            if (isThere(line))
            {
                line.State = ImportLineState.Done;
                line.RemoteId ??= import.Kind == Api.ImportKind.Users ? ImportJson.UserOf(line.KnownUser)?.Id : null;
                found.Add(line.LedgerEntryId!.Value);
                continue;
            }

            var answered = line.State == ImportLineState.Done;
            var again = line.Step == Api.ImportStep.Change || import.Kind == Api.ImportKind.GroupMembers;
            line.State = again && !answered ? ImportLineState.Waiting : ImportLineState.Unclear;
            line.Notes =
                line.State == ImportLineState.Unclear ? ImportJson.Of([answered ? NotShown : Lost]) : line.Notes;
            missing.Add(line.LedgerEntryId!.Value);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await database.Bulk.UpdateAsync(
            db,
            lines,
            [nameof(ImportLineRow.State), nameof(ImportLineRow.Notes), nameof(ImportLineRow.RemoteId)],
            cancellation
        );
        await ImportRemoval.ForgetAgainAsync(db, lines, cancellation);
        await ledger.SettleAsync(db, found, missing, cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
