using System.Globalization;
using Picket.Api;
using Picket.WorkspaceOne;

namespace Picket.Server.Integrations;

/// <summary>Turns the names of a scope into the UEM's numbers, which stay when somebody renames a group.</summary>
internal static class ScopeFinder
{
    public static async Task<(List<int> Groups, List<int> SmartGroups)> FindAsync(
        WorkspaceOneClient client,
        int organizationGroup,
        IntegrationScope scope,
        FieldMistakes mistakes,
        CancellationToken cancellation
    )
    {
        List<int> groups = [];
        if (scope.ExcludedOrganizationGroups.Count > 0)
        {
            var below = await client.OrganizationGroups.ChildrenAsync(organizationGroup, cancellation);
            groups = Match(
                scope.ExcludedOrganizationGroups,
                below.Where(group => group.Id != organizationGroup),
                (group, text) => Is(text, group.Id, group.Uuid, group.GroupId),
                group => group.Id,
                text =>
                    mistakes.Add(
                        "scope.excludedOrganizationGroups",
                        $"There is no group \"{text}\" below the integration's own."
                    )
            );
        }

        List<int> smart = [];
        if (scope.SmartGroups.Count > 0)
        {
            var all = await client.SmartGroups.Search(organizationGroup).ReadAllAsync(cancellation);
            smart = Match(
                scope.SmartGroups,
                all.Items,
                (group, text) => Is(text, group.Id, group.Uuid, group.Name),
                group => group.Id,
                text => mistakes.Add("scope.smartGroups", $"There is no smart group \"{text}\" that the account sees.")
            );
        }

        return (groups, smart);
    }

    /// <summary>While the UEM cannot be asked, only numbers can be taken.</summary>
    public static (List<int> Groups, List<int> SmartGroups) WithoutAsking(
        IntegrationScope scope,
        FieldMistakes mistakes
    )
    {
        return (
            Numbers(scope.ExcludedOrganizationGroups, "scope.excludedOrganizationGroups"),
            Numbers(scope.SmartGroups, "scope.smartGroups")
        );

        List<int> Numbers(IReadOnlyList<string> texts, string field)
        {
            mistakes.Unless(
                texts.All(text => GroupFinder.Number(text.Trim()) is not null),
                field,
                "The UEM cannot be asked for names now. Give the groups' numbers, or set the scope later."
            );
            return [.. texts.Select(text => GroupFinder.Number(text.Trim())).OfType<int>().Distinct()];
        }
    }

    private static List<int> Match<T>(
        IReadOnlyList<string> texts,
        IEnumerable<T> rows,
        Func<T, string, bool> matches,
        Func<T, int> id,
        Action<string> missing
    )
        where T : class
    {
        var known = rows.ToList();
        List<int> found = [];
        foreach (var text in texts.Select(text => text.Trim()))
        {
            if (known.Find(row => matches(row, text)) is { } row)
            {
                found.Add(id(row));
            }
            else
            {
                missing(text);
            }
        }

        return [.. found.Distinct()];
    }

    private static bool Is(string text, int id, Guid? uuid, string? name) =>
        string.Equals(text, name, StringComparison.OrdinalIgnoreCase)
        || text == id.ToString(CultureInfo.InvariantCulture)
        || (Guid.TryParse(text, out var wanted) && wanted == uuid);
}
