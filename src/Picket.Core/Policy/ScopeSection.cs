using Picket.Core.Intelligence.Formats;

namespace Picket.Core.Policy;

/// <summary>Reads <c>group</c> and <c>when</c>, of policies and exceptions alike.</summary>
internal static class ScopeSection
{
    private const int LongestGroup = 500;
    private static readonly string[] Conditions = ["platform", "ownership", "userGroup"];

    public static PolicyScope Read(PolicyFields fields, FeedNode node)
    {
        var group = fields.Text(node, "group", longest: LongestGroup);
        if (group is not null && group.Split('/').Any(string.IsNullOrWhiteSpace))
        {
            fields.Add(
                node["group"]!,
                "'group' must be \"*\", a uuid, a name, or names from above to below with / between."
            );
        }

        return new PolicyScope(group is null ? GroupName.All : new GroupName(group), When(fields, node));
    }

    private static PolicyConditions When(PolicyFields fields, FeedNode node)
    {
        if (node["when"] is not { } when || !fields.IsMap(when, "'when'", Conditions))
        {
            return PolicyConditions.None;
        }

        var userGroups = new List<string>();
        foreach (var item in fields.List(when, "userGroup", PolicyLimits.MostNames))
        {
            if (fields.TextOf(item, "An entry of 'userGroup'", LongestGroup) is { } name)
            {
                userGroups.Add(name);
            }
        }

        foreach (var name in Conditions)
        {
            if (when[name] is { Kind: FeedNodeKind.List, Items.Count: 0 } empty)
            {
                fields.Add(empty, $"'{name}' is empty. Leave it out where it shall not matter.");
            }
        }

        return new PolicyConditions(
            fields.Words(when, "platform", PolicyWords.Platforms),
            fields.Words(when, "ownership", PolicyWords.Ownerships),
            userGroups
        );
    }
}
