using System.Net;
using Microsoft.EntityFrameworkCore;
using Picket.Core.Response;
using Picket.Server.Drift;
using Picket.Server.Storage;
using Picket.WorkspaceOne;
using LedgerState = Picket.Core.Response.LedgerState;

namespace Picket.Server.Response;

/// <summary>Makes tags in the UEM, and settles a making whose answer is lost: the listing tells, nothing is made twice.</summary>
internal sealed class TagMaker(UemTags uem, LedgerBook ledger, PicketDbContext db, TimeProvider time)
{
    /// <summary>
    /// A making, or a renaming, that was marked as sent, by whichever run. The tag was not listed when the mark was set, so one of that
    /// name is ours, unless devices carry it: Picket puts nothing on devices before it knows the tag's number.
    /// </summary>
    /// <param name="atOnce">
    /// Right after the answer was lost: a listing that lacks the tag settles nothing then, as one may come too early or lack a
    /// row. The next run's does.
    /// </param>
    public async Task SettleAsync(
        Guid integration,
        IReadOnlyList<ListedTag> listed,
        CancellationToken cancellation,
        bool atOnce = false
    )
    {
        var open = await db
            .Ledger.Where(row =>
                row.IntegrationId == integration
                && (row.Kind == LedgerKinds.CreateTag || row.Kind == LedgerKinds.RenameTag)
                && row.State == LedgerState.Sent
            )
            .ToListAsync(cancellation);
        foreach (var entry in open)
        {
            var row = await db.OwnedTags.SingleOrDefaultAsync(tag => tag.Id == entry.OwnedTagId, cancellation);
            var made = listed.FirstOrDefault(tag =>
                tag.Name == entry.Subject && (entry.Kind == LedgerKinds.CreateTag || tag.Id == row?.RemoteId)
            );
            if (made is null && atOnce)
            {
                continue;
            }

            var why = made is null ? entry.Error ?? "No answer came, and no such tag is called so." : null;
            if (made is not null && await IsOfOthersAsync(entry, row, made, cancellation))
            {
                why =
                    "No answer came. A tag of this name is on devices, and Picket put it on none: it is somebody else's.";
            }
            else if (made is not null && row is not null)
            {
                row.RemoteId = (int)made.Id;
            }

            (entry.State, entry.Error) = (why is null ? LedgerState.Confirmed : LedgerState.Failed, why);
            entry.ConfirmedAt = time.GetUtcNow();
        }

        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Law 5: somebody may have made a tag of that name just when our answer was lost.</summary>
    private async Task<bool> IsOfOthersAsync(
        LedgerEntryRow entry,
        OwnedTagRow? row,
        ListedTag made,
        CancellationToken cancellation
    ) =>
        entry.Kind == LedgerKinds.CreateTag
        && row?.RemoteId != made.Id
        && (await uem.DevicesAsync((int)made.Id, cancellation)).Count > 0;

    /// <param name="tags">Tracked by the context.</param>
    public async Task MakeAsync(TagRunRow run, IEnumerable<OwnedTagRow> tags, CancellationToken cancellation)
    {
        foreach (var tag in tags)
        {
            var entry = await ledger.MarkSentAsync(run, tag, LedgerKinds.CreateTag, cancellation);
            try
            {
                tag.RemoteId = await uem.CreateAsync(tag.Name, cancellation);
                await db.SaveChangesAsync(cancellation);
                await ledger.ConfirmedAsync(entry.Id, cancellation);
            }
            catch (AmbiguousOutcomeException lost)
            {
                await ledger.UnclearAsync(entry, lost, cancellation);
                var listed = await uem.ListAsync(cancellation);
                await SettleAsync(run.IntegrationId, listed, cancellation, atOnce: true);
                if (tag.RemoteId is null)
                {
                    throw;
                }
            }
            catch (WorkspaceOneException refused)
            {
                await ledger.RefusedAsync(entry, refused, cancellation);
                throw refused is PermissionMissingException
                    ? new TaggingEndedException(
                        MissingTagRight.Explain(refused, MissingTagRight.Of(LedgerKinds.CreateTag))
                    )
                    : refused;
            }
        }
    }

    /// <summary>Gives tags their names back; that one has it is read back. A state: it may be repeated.</summary>
    public async Task RenameAsync(
        TagRunRow run,
        IReadOnlyList<(OwnedTagRow Tag, DriftRow Drift)> renamed,
        CancellationToken cancellation
    )
    {
        foreach (var (tag, drift) in renamed)
        {
            var entry = await ledger.MarkSentAsync(run, tag, LedgerKinds.RenameTag, cancellation);
            try
            {
                await uem.RenameAsync(tag.RemoteId!.Value, tag.Name, cancellation);
            }
            catch (AmbiguousOutcomeException lost)
            {
                await ledger.UnclearAsync(entry, lost, cancellation);
            }
            catch (WorkspaceOneException refused)
                when (refused is PermissionMissingException || refused.Status is HttpStatusCode.BadRequest)
            {
                // Its devices are tagged all the same: the tag is known by its number.
                await ledger.RefusedAsync(entry, refused, cancellation);
                run.IncompleteReasons.Add(
                    $"The UEM did not give the tag \"{drift.NewName}\" its name \"{tag.Name}\" back: {refused.Message}"
                );
                continue;
            }
            catch (WorkspaceOneException refused)
            {
                await ledger.RefusedAsync(entry, refused, cancellation);
                throw;
            }

            await SettleAsync(run.IntegrationId, await uem.ListAsync(cancellation), cancellation);
            if (await db.Ledger.AnyAsync(row => row.Id == entry.Id && row.State == LedgerState.Confirmed, cancellation))
            {
                (drift.State, drift.EndedAt) = (DriftState.Repaired, time.GetUtcNow());
                await db.SaveChangesAsync(cancellation);
            }
        }
    }
}
