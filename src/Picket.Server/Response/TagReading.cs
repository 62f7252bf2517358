using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Response;
using Picket.Server.Drift;
using Picket.Server.Integrations;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Response;

/// <summary>What a run reads from the UEM before it plans, unless it may go by what was confirmed.</summary>
internal sealed class TagReading(TagReadBack readBack, DriftedTags driftedTags, TimeProvider time)
{
    /// <summary>Which tags there are, and which of them are ours.</summary>
    /// <exception cref="TaggingEndedException">The list lacks one of ours, or somebody else has a tag of a name of ours.</exception>
    public async Task<IReadOnlyList<OwnedTagRow>> OwnedAsync(
        PicketDbContext db,
        IntegrationRow integration,
        TagRunRow run,
        UemTags uem,
        TagMaker maker,
        CancellationToken cancellation
    )
    {
        var listed = await uem.ListAsync(cancellation);
        await ThrowIfLackingAsync(db, integration, listed, uem, cancellation);
        await maker.SettleAsync(integration.Id, listed, cancellation);
        var renamed = await driftedTags.NoteAsync(db, integration, listed, cancellation);
        var owned = await OwnedTags.ReconcileAsync(db, integration, listed, time.GetUtcNow(), cancellation);
        await db.SaveChangesAsync(cancellation); // What others did to our tags is told even where the run ends here.
        if (owned.Foreign.Count > 0 && run.Kind == TagRunKind.Levels)
        {
            throw new TaggingEndedException(
                $"The UEM had {string.Join(", ", owned.Foreign.Select(name => $"\"{name}\""))} before Picket. "
                    + "Choose another prefix, or another name in the policy, or tell Picket to own these tags."
            );
        }

        await maker.RenameAsync(run, renamed, cancellation);
        return owned.Rows;
    }

    /// <summary>
    /// Law 1: a listing may add up and lack a tag. Taken for deleted, it would be somebody else's from then on, and no run could
    /// go on; so the tag itself is asked whether it is gone.
    /// </summary>
    private static async Task ThrowIfLackingAsync(
        PicketDbContext db,
        IntegrationRow integration,
        IReadOnlyList<ListedTag> listed,
        UemTags uem,
        CancellationToken cancellation
    )
    {
        var numbers = listed.Select(tag => tag.Id).ToHashSet();
        var owned = await db
            .OwnedTags.Where(row =>
                row.IntegrationId == integration.Id
                && row.OrganizationGroupId == integration.OrganizationGroupId
                && row.Uem == integration.Address
                && row.RemoteId != null
            )
            .ToListAsync(cancellation);
        foreach (var tag in owned.Where(tag => !numbers.Contains(tag.RemoteId!.Value)))
        {
            if (await uem.ExistsAsync(tag.RemoteId!.Value, cancellation))
            {
                throw new TaggingEndedException(
                    $"The UEM's listing of tags lacks \"{tag.Name}\", which it has; nothing is written on its word."
                );
            }
        }
    }

    /// <summary>Who carries each of ours: that becomes the confirmed state, and settles what an earlier run left open.</summary>
    /// <returns>Tags with a call that has no answer and may be sent again.</returns>
    public async Task<IReadOnlyList<OwnedTagRow>> ReadBackAllAsync(
        PicketDbContext db,
        TagRunRow run,
        TagCarriers carriers,
        IReadOnlyList<OwnedTagRow> owned,
        IntegrationRow integration,
        CancellationToken cancellation
    )
    {
        var unsettled = new List<OwnedTagRow>();
        foreach (var tag in owned)
        {
            var mayBeCarried =
                tag.InForce || await db.DeviceTags.AnyAsync(row => row.OwnedTagId == tag.Id, cancellation);
            if (tag.RemoteId is null)
            {
                // It is gone from the UEM, and from its devices with it.
                await readBack.SettleAsync(tag, new HashSet<int>(), run.Id, cancellation);
            }
            else if (mayBeCarried && !await ReadBackAsync(run, carriers, tag, integration, cancellation))
            {
                unsettled.Add(tag);
            }
        }

        await db.SaveChangesAsync(cancellation);
        return unsettled;
    }

    /// <returns>False where a call waits to be sent again.</returns>
    private async Task<bool> ReadBackAsync(
        TagRunRow run,
        TagCarriers carriers,
        OwnedTagRow tag,
        IntegrationRow integration,
        CancellationToken cancellation
    )
    {
        try
        {
            var carrying = await carriers.ReadAsync(tag, cancellation);
            return await readBack.SettleAsync(tag, carrying, run.Id, cancellation);
        }
        catch (WorkspaceOneException gone)
            when (gone is NotFoundException or OutOfScopeException
                && tag.OrganizationGroupId != integration.OrganizationGroupId
            )
        {
            // Of a former group: there is no listing of that group that says whether it was deleted.
            tag.RemoteId = null;
            await readBack.SettleAsync(tag, new HashSet<int>(), run.Id, cancellation);
            run.IncompleteReasons.Add(
                $"The tag \"{tag.Name}\" of organization group {tag.OrganizationGroupId} is gone, or out of the account's reach. "
                    + "Devices that still carry it keep it: take it off in the UEM."
            );
            return true;
        }
    }
}
