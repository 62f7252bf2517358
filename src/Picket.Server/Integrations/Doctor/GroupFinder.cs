using System.Globalization;
using Picket.WorkspaceOne;
using Picket.WorkspaceOne.Paging;

namespace Picket.Server.Integrations;

/// <summary>Finds what people typed, a Group ID, number or uuid, among the organization groups that the account sees.</summary>
internal static class GroupFinder
{
    // Uuids are found by reading the listing, so a tree of thousands must not eat the doctor's calls.
    private static readonly PagingOptions Few = new() { PagesInFlight = 1, MaxPages = 8 };

    /// <summary>Null where no such group is visible.</summary>
    public static async Task<UemOrganizationGroup?> FindAsync(
        WorkspaceOneClient client,
        string text,
        CancellationToken cancellation
    )
    {
        var wanted = text.Trim();
        if (Guid.TryParse(wanted, out var uuid))
        {
            return await FirstAsync(client.OrganizationGroups.Search(paging: Few), g => g.Uuid == uuid, cancellation);
        }

        var byCode = await FirstAsync(
            client.OrganizationGroups.Search(groupId: wanted, paging: Few),
            group => string.Equals(group.GroupId, wanted, StringComparison.OrdinalIgnoreCase),
            cancellation
        );
        return byCode is null && Number(wanted) is { } id ? await ByNumberAsync(client, id, cancellation) : byCode;
    }

    /// <summary>By the number that it had; null where that is another group now, or the answer does not say which.</summary>
    public static async Task<UemOrganizationGroup?> FindKnownAsync(
        WorkspaceOneClient client,
        (int Id, Guid Uuid) known,
        CancellationToken cancellation
    )
    {
        var group = await ByNumberAsync(client, known.Id, cancellation);
        return group?.Uuid == known.Uuid ? group : null;
    }

    public static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static async Task<UemOrganizationGroup?> ByNumberAsync(
        WorkspaceOneClient client,
        int id,
        CancellationToken cancellation
    )
    {
        try
        {
            return await client.OrganizationGroups.GetAsync(id, cancellation);
        }
        catch (Exception absent) when (absent is OutOfScopeException or NotFoundException)
        {
            return null;
        }
    }

    private static async Task<T?> FirstAsync<T>(
        Listing<T> listing,
        Func<T, bool> wanted,
        CancellationToken cancellation
    )
        where T : class
    {
        await foreach (var page in listing.WithCancellation(cancellation))
        {
            if (page.Items.FirstOrDefault(wanted) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}
