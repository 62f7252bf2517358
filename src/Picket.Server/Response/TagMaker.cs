using Microsoft.EntityFrameworkCore;
using Picket.Core.Response;
using Picket.Server.Storage;
using Picket.WorkspaceOne;
using LedgerState = Picket.Core.Response.LedgerState;

namespace Picket.Server.Response;

/// <summary>Makes tags in the UEM, and settles a making whose answer is lost: the listing tells, nothing is made twice.</summary>
internal sealed class TagMaker(UemTags uem, LedgerBook ledger, PicketDbContext db, TimeProvider time)
{
    /// <summary>
    /// A making that was marked as sent, by whichever run. The tag was not listed when the mark was set, so one of that
    /// name is ours.
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
                row.IntegrationId == integration && row.Kind == LedgerKinds.CreateTag && row.State == LedgerState.Sent
            )
            .ToListAsync(cancellation);
        foreach (var entry in open)
        {
            var made = listed.FirstOrDefault(tag => tag.Name == entry.Subject);
            if (made is null && atOnce)
            {
                continue;
            }

            var row = await db.OwnedTags.SingleOrDefaultAsync(tag => tag.Id == entry.OwnedTagId, cancellation);
            if (made is not null && row is not null)
            {
                row.RemoteId = (int)made.Id;
            }

            entry.State = made is null ? LedgerState.Failed : LedgerState.Confirmed;
            entry.Error = made is null ? entry.Error ?? "No answer came, and there is no such tag." : null;
            entry.ConfirmedAt = time.GetUtcNow();
        }

        await db.SaveChangesAsync(cancellation);
    }

    /// <param name="tags">Tracked by the context.</param>
    public async Task MakeAsync(TagRunRow run, IEnumerable<OwnedTagRow> tags, CancellationToken cancellation)
    {
        foreach (var tag in tags)
        {
            var entry = await ledger.MarkSentAsync(run, tag, LedgerKinds.CreateTag, [], cancellation);
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
}
