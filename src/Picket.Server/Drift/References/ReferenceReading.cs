using Picket.Core.Response;
using Picket.WorkspaceOne;

namespace Picket.Server.Drift;

/// <summary>What one look at the UEM's smart groups showed.</summary>
/// <param name="Listed">All smart groups, by number.</param>
/// <param name="Read">Those of which the criteria were read.</param>
/// <param name="Missing">Those that name a tag of ours, and are neither listed nor found by number.</param>
internal sealed record SmartGroupsSeen(
    IReadOnlyDictionary<int, UemSmartGroup> Listed,
    IReadOnlyDictionary<int, UemSmartGroupDocument> Read,
    IReadOnlySet<int> Missing
);

/// <summary>Reads the smart groups of an organization group, within <see cref="TagReferences.MostRead"/> calls and the listing.</summary>
internal static class ReferenceReading
{
    /// <param name="naming">Those that name a tag of ours, as last read.</param>
    /// <param name="before">What names none is read when it was last read before that.</param>
    /// <exception cref="ReferencesUnreadException">The listing does not add up: nothing follows from it.</exception>
    public static async Task<SmartGroupsSeen> ReadAsync(
        WorkspaceOneClient client,
        int organizationGroup,
        IReadOnlySet<int> naming,
        IReadOnlyDictionary<int, DateTimeOffset> readAt,
        DateTimeOffset before,
        CancellationToken cancellation
    )
    {
        var listing = await client.SmartGroups.Search(organizationGroup).ReadAllAsync(cancellation);
        if (!listing.Report.Complete)
        {
            throw new ReferencesUnreadException(
                "The UEM's listing of smart groups does not add up, so nothing is concluded from it. It is read again."
            );
        }

        var listed = listing.Items.DistinctBy(group => group.Id).ToDictionary(group => group.Id);
        var read = new Dictionary<int, UemSmartGroupDocument>();
        foreach (var id in TagReferences.ToRead(listed.Keys, naming, readAt, before))
        {
            if (await FindAsync(client, id, cancellation) is { } group)
            {
                read[id] = group;
            }
        }

        // Law 1: a listing may add up and lack one; so the group itself is asked whether it is gone.
        var missing = new HashSet<int>();
        foreach (var id in naming.Where(id => !listed.ContainsKey(id)).Take(TagReferences.MostRead))
        {
            if (await FindAsync(client, id, cancellation) is { } group)
            {
                read[id] = group;
            }
            else
            {
                missing.Add(id);
            }
        }

        return new SmartGroupsSeen(listed, read, missing);
    }

    public static async Task<UemSmartGroupDocument?> FindAsync(
        WorkspaceOneClient client,
        int id,
        CancellationToken cancellation
    )
    {
        try
        {
            return await client.SmartGroups.ReadAsync(id, cancellation);
        }
        catch (NotFoundException)
        {
            return null;
        }
    }
}

/// <summary>A look at the smart groups came to nothing; what was known stays.</summary>
internal sealed class ReferencesUnreadException(string reason) : Exception(reason);
