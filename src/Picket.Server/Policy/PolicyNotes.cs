using Microsoft.EntityFrameworkCore;
using Picket.Core.Policy;
using Picket.Server.Storage;

namespace Picket.Server.Policy;

/// <summary>What is no mistake in a document, and worth a word.</summary>
internal static class PolicyNotes
{
    /// <summary>A group that nobody has is most likely misspelt, which is worth a word and no mistake: it may come yet.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(
        PicketDbContext db,
        PolicyDocument document,
        CancellationToken cancellation
    )
    {
        var integrations = await db.Integrations.Select(row => row.Id).ToListAsync(cancellation);
        return
        [
            .. await OrganizationGroupsAsync(db, document, integrations, cancellation),
            .. await UserGroupsAsync(db, document, cancellation),
            .. await ListedAsync(db, document, integrations, cancellation),
            .. await ForeignAsync(db, document, cancellation),
        ];
    }

    /// <summary>Smart groups and tags of which nobody knows who is in them.</summary>
    public static async Task<IReadOnlyList<string>> ListedAsync(
        PicketDbContext db,
        PolicyDocument document,
        IReadOnlyCollection<Guid> integrations,
        CancellationToken cancellation
    )
    {
        var book = new PolicyBook(document);
        var groups = await NamedGroup.OfAsync(db, integrations, book, cancellation);
        return
        [
            .. book.Named(MemberOf.SmartGroup).Select(name => Note(MemberOf.SmartGroup, name)).OfType<string>(),
            .. book.Named(MemberOf.Tag).Select(name => Note(MemberOf.Tag, name)).OfType<string>(),
        ];

        string? Note(MemberOf kind, string name)
        {
            var called = groups
                .Where(group => group.Kind == kind && group.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                .ToList();
            return (kind, called) switch
            {
                (MemberOf.SmartGroup, []) => $"No smart group is called {name}.",
                (_, []) => $"No tag is called {name}. Tags of an integration's own organization group are read.",
                _ when called.TrueForAll(group => group.IsRead) => null,
                (MemberOf.SmartGroup, _) =>
                    $"Members of the smart group {name} are not read yet, so it is open for which devices it holds. They are "
                        + "read with the next sync after applying.",
                _ =>
                    $"Which devices carry the tag {name} is not read yet, so it is open for which it holds. It is read with "
                        + "the next sync after applying.",
            };
        }
    }

    private static async Task<IReadOnlyList<string>> OrganizationGroupsAsync(
        PicketDbContext db,
        PolicyDocument document,
        List<Guid> integrations,
        CancellationToken cancellation
    )
    {
        var places = await DevicePlaces.LoadAsync(db, integrations, PolicyBook.Default, cancellation);
        var paths = places.Paths().Select(at => at.Path).ToList();
        var named = document
            .Policies.Select(policy => (policy.Name, policy.Scope.Group))
            .Concat(document.Exceptions.Select(exception => (exception.Name, exception.Scope.Group)))
            .Concat(
                document.TagSets.SelectMany(set =>
                    set.Lines.Select(line => ($"{set.Name}, {line.Tag}", line.Scope.Group))
                )
            )
            .Where(named => !named.Group.IsAll)
            .ToList();
        var notes = new List<string>();
        foreach (var (name, group) in named)
        {
            var found = paths.Count(path => group.DepthIn(path) == path.Groups.Count - 1);
            if (found != 1)
            {
                notes.Add(
                    found == 0
                        ? $"{name}: no organization group is called {group}, so it holds for no device."
                        : $"{name}: {found} organization groups are called {group}, and it holds for all of them."
                );
            }
        }

        return notes;
    }

    /// <summary>Tags of the sets that somebody else made: no tag run goes on where one is, until it is taken over there.</summary>
    private static async Task<IEnumerable<string>> ForeignAsync(
        PicketDbContext db,
        PolicyDocument document,
        CancellationToken cancellation
    )
    {
        var names = document.TagSets.SelectMany(set => set.Tags).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (names.Count == 0)
        {
            return [];
        }

        var listed = await (
            from tag in db.Tags
            join integration in db.Integrations on tag.IntegrationId equals integration.Id
            where
                tag.GoneAt == null
                && tag.Name != null
                && !db.OwnedTags.Any(own =>
                    own.RemoteId == tag.RemoteId
                    && own.Uem == integration.Address
                    && own.OrganizationGroupId == integration.OrganizationGroupId
                )
            orderby integration.Name, tag.Name
            select new { tag.Name, Integration = integration.Name }
        ).ToListAsync(cancellation);
        return listed
            .Where(tag => names.Contains(tag.Name))
            .Select(tag =>
                $"The UEM of {tag.Integration} had the tag {tag.Name} before Picket. Applied, this stops its tag runs until an "
                + "administrator there tells Picket to own the tag; choose another name otherwise."
            );
    }

    private static async Task<IEnumerable<string>> UserGroupsAsync(
        PicketDbContext db,
        PolicyDocument document,
        CancellationToken cancellation
    )
    {
        var groups = await db
            .UserGroups.Where(row => row.GoneAt == null)
            .Select(row => row.Name)
            .Distinct()
            .ToListAsync(cancellation);
        var known = groups.OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        return document
            .NamesOf(MemberOf.UserGroup)
            .Where(name => !known.Contains(name))
            .Select(name => $"No user group is called {name}.");
    }
}
