using Picket.Api;
using Picket.Server.Console;
using Picket.Server.Inventory.Users;
using static Picket.Server.Console.Texts;

namespace Picket.Server.Inventory;

/// <summary>What the directory lists.</summary>
internal enum DirectoryKind
{
    Users,
    Administrators,
    OrganizationGroups,
    SmartGroups,
    UserGroups,
    Tags,
}

/// <summary>One person, group or tag of the UEM.</summary>
/// <param name="Details">
/// What tells it from another of that name: lines of parts. Each part is shown apart from its neighbours, lest a name
/// turns round what stands beside it.
/// </param>
/// <param name="Count">What the UEM counts in it; null where it counts nothing, or nobody asked.</param>
/// <param name="Rows">The page of what is counted, or of its devices; null where nobody can say which they are.</param>
public sealed record DirectoryLine(
    Guid Id,
    string Name,
    IReadOnlyList<IReadOnlyList<string>> Details,
    string? Where,
    int? Count,
    string? Rows
)
{
    /// <summary>Its own page; null where it has none.</summary>
    public string? Page { get; init; }
}

/// <summary>The inventory's people, groups and tags as lines of one list.</summary>
internal static class DirectoryLines
{
    public static Task<Page<DirectoryLine>> ReadAsync(
        PicketClient api,
        DirectoryKind kind,
        ListFilter filter,
        CancellationToken cancellation
    ) =>
        kind switch
        {
            DirectoryKind.Administrators => OfAsync(api.Administrators(filter), Of, cancellation),
            DirectoryKind.OrganizationGroups => OfAsync(api.OrganizationGroups(filter), Of, cancellation),
            DirectoryKind.SmartGroups => OfAsync(api.SmartGroups(filter), Of, cancellation),
            DirectoryKind.UserGroups => OfAsync(api.UserGroups(filter), Of, cancellation),
            DirectoryKind.Tags => OfAsync(api.Tags(filter), Of, cancellation),
            _ => OfAsync(api.Users(filter), Of, cancellation),
        };

    private static async Task<Page<DirectoryLine>> OfAsync<T>(
        PagedList<T> list,
        Func<T, DirectoryLine> line,
        CancellationToken cancellation
    )
    {
        var page = await list.PageAsync(cancellation);
        return new Page<DirectoryLine>([.. page.Items.Select(line)], page.Next, page.Note);
    }

    private static DirectoryLine Of(UserView user) =>
        new(
            user.Id,
            UserWords.Name(user),
            [Known(user.DisplayName, user.Email, user.Active is false ? T("not active") : null)],
            user.OrganizationGroup,
            null,
            PageAddress.Of("/devices", ("user", user.Id))
        )
        {
            Page = $"/users/{user.Id}",
        };

    private static DirectoryLine Of(AdministratorView administrator) =>
        new(administrator.Id, administrator.UserName, [.. administrator.Roles.Select(Of)], null, null, null);

    private static IReadOnlyList<string> Of(AdministratorRole role) =>
        Known(role.Name, role.OrganizationGroup, role.Active is false ? T("not active") : null);

    private static DirectoryLine Of(OrganizationGroupView group) =>
        new(
            group.Id,
            group.Name,
            [Known(group.GroupId, group.Type)],
            null,
            null,
            PageAddress.Of("/devices", ("integration", group.IntegrationId), ("group", group.UemId))
        );

    private static DirectoryLine Of(SmartGroupView group) =>
        new(group.Id, group.Name, [], null, group.Devices, $"/directory/smart-groups/{group.Id}");

    private static DirectoryLine Of(UserGroupView group) =>
        new(group.Id, group.Name, [], null, group.Members, $"/directory/user-groups/{group.Id}");

    private static DirectoryLine Of(TagView tag) =>
        new(
            tag.Id,
            tag.Name,
            tag.Managed
                ?
                [
                    [T("Picket's own")],
                ]
                : [],
            null,
            tag.Devices,
            tag.Level is { } level ? PageAddress.Of("/devices", ("integration", tag.IntegrationId), ("taggedAs", level))
                : tag.Managed ? PageAddress.Of("/devices", ("integration", tag.IntegrationId), ("tag", tag.Name))
                : null
        );

    private static List<string> Known(params ReadOnlySpan<string?> parts)
    {
        var known = new List<string>();
        foreach (var part in parts)
        {
            if (!string.IsNullOrWhiteSpace(part))
            {
                known.Add(part);
            }
        }

        return known;
    }
}
