using Picket.Core.Response;
using Picket.WorkspaceOne;

namespace Picket.Server.Response;

/// <summary>The readings of app groups of one run or preview, and what our groups are called.</summary>
internal sealed class UemAppGroups(WorkspaceOneClient client, int organizationGroup)
{
    private IReadOnlyList<UemAppGroup>? listed;

    public WorkspaceOneClient Client => client;

    public static string NameOf(DenyPlatform platform) => $"Picket: denied apps ({WireName(platform)})";

    public static string WireName(DenyPlatform platform) => platform == DenyPlatform.Android ? "Android" : "Apple";

    /// <returns>The group; null where the UEM says that it is not there.</returns>
    public async Task<UemAppGroup?> FindAsync(int id, CancellationToken cancellation)
    {
        try
        {
            return await client.AppGroups.GetAsync(id, cancellation);
        }
        catch (NotFoundException)
        {
            return null;
        }
    }

    /// <summary>Groups of our organization group and those below. Read when somebody needs it, and an empty one twice.</summary>
    /// <exception cref="AppGroupsEndedException">The listing is not whole.</exception>
    public async Task<IReadOnlyList<UemAppGroup>> ListAsync(CancellationToken cancellation, bool anew = false)
    {
        if (listed is not null && !anew)
        {
            return listed;
        }

        var read = await ReadAsync(cancellation);
        // Law 1: a UEM that is in trouble may say once that nothing is there, and on its word a second group would be made.
        return listed = read.Count > 0 ? read : await ReadAsync(cancellation);
    }

    private async Task<IReadOnlyList<UemAppGroup>> ReadAsync(CancellationToken cancellation)
    {
        var listing = await client.AppGroups.Search(organizationGroup).ReadAllAsync(cancellation);
        return listing.Report.Complete
            ? [.. listing.Items]
            : throw new AppGroupsEndedException(
                "The UEM's listing of app groups does not add up; nothing is written on its word."
            );
    }

    /// <summary>
    /// Groups of our organization group that have the name of ours. One below may have another Picket's; where the UEM does not
    /// say whose a group is, it counts as in the way.
    /// </summary>
    public async Task<IReadOnlyList<UemAppGroup>> NamesakesAsync(
        DenyPlatform platform,
        CancellationToken cancellation
    ) =>
        [
            .. (await ListAsync(cancellation)).Where(group =>
                (group.ManagedByOrganizationGroupId ?? organizationGroup) == organizationGroup
                && NameOf(platform).Equals(group.Name?.Trim(), StringComparison.OrdinalIgnoreCase)
            ),
        ];
}

/// <summary>The run cannot go on, and says why in words for the administrator.</summary>
internal sealed class AppGroupsEndedException(string reason) : Exception(reason);
