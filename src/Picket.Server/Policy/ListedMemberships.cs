using Microsoft.EntityFrameworkCore;
using Picket.Core.Policy;
using Picket.Server.Storage;

namespace Picket.Server.Policy;

/// <summary>
/// Which devices of an integration are in the smart groups, or carry the tags, that a policy names. A name is known when
/// all that have it were read; one that nothing has is known once the UEM's whole list was read.
/// </summary>
internal sealed class ListedMemberships
{
    private readonly HashSet<string> open;
    private readonly IReadOnlyList<NamedGroup> read;
    private readonly Dictionary<int, HashSet<string>> members = [];
    private readonly DateTimeOffset? firstReading;
    private readonly Memberships inNone;

    /// <param name="groups">Of one kind and one integration.</param>
    /// <param name="listedWhole">Whether the list of all smart groups, or tags, was ever read to its end.</param>
    private ListedMemberships(IReadOnlySet<string> names, IReadOnlyList<NamedGroup> groups, bool listedWhole)
    {
        open = new HashSet<string>(
            groups.Where(group => !group.IsRead).Select(group => group.Name),
            StringComparer.OrdinalIgnoreCase
        );
        if (!listedWhole)
        {
            open.UnionWith(names.Except(groups.Select(group => group.Name), StringComparer.OrdinalIgnoreCase));
        }

        read = [.. groups.Where(group => group.IsRead)];
        firstReading = read.Min(group => group.ReadAt);
        inNone = new Memberships(Memberships.NoNames, open);
    }

    /// <param name="remoteIds">Devices that are asked about; null for all.</param>
    public static async Task<Dictionary<(Guid Integration, MemberOf Kind), ListedMemberships>> LoadAsync(
        PicketDbContext db,
        IReadOnlyCollection<Guid> integrations,
        PolicyBook book,
        IReadOnlyCollection<int>? remoteIds,
        CancellationToken cancellation
    )
    {
        var listed = new Dictionary<(Guid, MemberOf), ListedMemberships>();
        if (book.Named(MemberOf.SmartGroup).Count + book.Named(MemberOf.Tag).Count == 0)
        {
            return listed;
        }

        var groups = await NamedGroup.OfAsync(db, integrations, book, cancellation);
        var lists = await db
            .Integrations.Where(row => integrations.Contains(row.Id))
            .Select(row => new
            {
                row.Id,
                SmartGroups = row.SmartGroupsListedAt != null,
                Tags = row.TagsListedAt != null,
            })
            .ToListAsync(cancellation);
        foreach (var list in lists)
        {
            Add(list.Id, MemberOf.SmartGroup, list.SmartGroups);
            Add(list.Id, MemberOf.Tag, list.Tags);
        }

        var read = groups.Where(group => group.IsRead).ToDictionary(group => group.Id);
        var ids = read.Keys.ToList();
        var rows = db.DeviceMemberships.AsNoTracking().Where(row => ids.Contains(row.GroupId));
        if (remoteIds is not null)
        {
            rows = rows.Where(row => remoteIds.Contains(row.RemoteId));
        }

        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            var group = read[row.GroupId];
            listed[(group.Integration, group.Kind)].Add(row.RemoteId, group.Name);
        }

        return listed;

        void Add(Guid integration, MemberOf kind, bool whole) =>
            listed[(integration, kind)] = new ListedMemberships(
                book.Named(kind),
                [.. groups.Where(group => group.Integration == integration && group.Kind == kind)],
                whole
            );
    }

    public Memberships Of(int remoteId, DateTimeOffset firstSeenAt)
    {
        var isIn = members.GetValueOrDefault(remoteId);
        if (firstSeenAt > firstReading)
        {
            // It may have come into the group with its enrollment, which the reading was too early for.
            var unseen = read.Where(group => firstSeenAt > group.ReadAt).Select(group => group.Name);
            return new Memberships(
                isIn ?? Memberships.NoNames,
                open.Concat(unseen).ToHashSet(StringComparer.OrdinalIgnoreCase)
            );
        }

        return isIn is null ? inNone : new Memberships(isIn, open);
    }

    private void Add(int remoteId, string name)
    {
        if (!members.TryGetValue(remoteId, out var names))
        {
            members[remoteId] = names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        }

        names.Add(name);
    }
}
