using Microsoft.EntityFrameworkCore;
using Picket.Core.Enrollment;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Enrollment;

/// <summary>The user groups that lines name: which of them can be filled, and who is in them.</summary>
internal sealed class UemGroups(PicketDatabase database, WorkspaceOneClient client, int organizationGroup)
{
    private List<UemUserGroup> custom = [];
    private HashSet<string> others = [];

    /// <exception cref="ImportEndedException">The UEM's listing of groups does not add up.</exception>
    public async Task ReadAsync(Guid integration, CancellationToken cancellation)
    {
        var listing = await client.UserGroups.SearchCustom(organizationGroup).ReadAllAsync(cancellation);
        custom = listing.Report.Complete
            ? [.. listing.Items]
            : throw new ImportEndedException(
                "The UEM's listing of custom user groups does not add up; try again when nobody changes them."
            );
        var ids = custom.Select(group => group.UserGroupId).ToList();
        await using var db = database.Open();
        var directory = await db
            .UserGroups.Where(row => row.IntegrationId == integration && row.GoneAt == null)
            .Where(row => row.Name != null && !ids.Contains(row.RemoteId))
            .Select(row => row.Name!)
            .ToListAsync(cancellation);
        others = directory.ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    public IReadOnlyList<int> Ids(string name) =>
        [.. custom.Where(group => Is(group, name)).Select(group => group.UserGroupId)];

    public void Made(int id, string name) => custom.Add(new UemUserGroup { UserGroupId = id, UserGroupName = name });

    /// <param name="isMember">Whether the user of the line that is planned is in the group.</param>
    public IReadOnlyList<KnownGroup> Known(string name, Func<bool> isMember)
    {
        var known = custom
            .Where(group => Is(group, name))
            .Select(group => new KnownGroup(group.UserGroupId, name, Custom: true, _ => isMember()))
            .ToList();
        return known.Count == 0 && others.Contains(name) ? [new KnownGroup(0, name, Custom: false, _ => false)] : known;
    }

    /// <summary>Marks the lines whose user is in the group that they name. Members never stand in memory together.</summary>
    public async Task FindMembersAsync(ImportRow import, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var lines = db.ImportLines.Where(row => row.ImportId == import.Id && row.GroupKey != null);
        await lines.ExecuteUpdateAsync(set => set.SetProperty(row => row.IsMember, false), cancellation);
        var named = await lines.Select(row => row.GroupKey!).Distinct().ToListAsync(cancellation);
        foreach (var key in named)
        {
            foreach (var id in Ids(key))
            {
                await FindMembersAsync(lines.Where(row => row.GroupKey == key), id, cancellation);
            }
        }
    }

    private async Task FindMembersAsync(IQueryable<ImportLineRow> lines, int group, CancellationToken cancellation)
    {
        await foreach (var page in client.UserGroups.Members(group).WithCancellation(cancellation))
        {
            var keys = page
                .Items.Where(member => member.UserName is not null)
                .Select(member => UemUsers.KeyOf(member.UserName!))
                .ToList();
            await lines
                .Where(row => keys.Contains(row.UserKey!))
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.IsMember, true), cancellation);
        }
    }

    private static bool Is(UemUserGroup group, string name) =>
        string.Equals(group.UserGroupName, name, StringComparison.OrdinalIgnoreCase);
}
