using Picket.Core.Intelligence.Formats;

namespace Picket.Core.Policy;

/// <summary>Reads <c>group</c> and <c>when</c>, of policies and exceptions alike.</summary>
internal static class ScopeSection
{
    private const int LongestGroup = 500;
    private static readonly string[] Conditions = ["platform", "ownership", .. PolicyWords.Members.Keys];

    public static PolicyScope Read(PolicyFields fields, FeedNode node)
    {
        RefuseNothing(fields, node, "group");
        RefuseNothing(fields, node, "when");
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

    /// <summary>A name without a value would hold for everybody, as if it had been left out.</summary>
    private static void RefuseNothing(PolicyFields fields, FeedNode node, string name)
    {
        if (node.Members.TryGetValue(name, out var value) && value.Kind is FeedNodeKind.Null)
        {
            fields.Add(value, $"'{name}' has no value. Leave it out where it shall not matter.");
        }
    }

    private static PolicyConditions When(PolicyFields fields, FeedNode node)
    {
        if (node["when"] is not { } when || !fields.IsMap(when, "'when'", Conditions))
        {
            return PolicyConditions.None;
        }

        if (when.Members.Count == 0)
        {
            fields.Add(when, $"'when' is empty. It can hold: {string.Join(", ", Conditions)}; or leave it out.");
        }

        foreach (var name in Conditions)
        {
            RefuseNothing(fields, when, name);
            if (when[name] is { Kind: FeedNodeKind.List, Items.Count: 0 } empty)
            {
                fields.Add(empty, $"'{name}' is empty. Leave it out where it shall not matter.");
            }
        }

        return new PolicyConditions(
            fields.Words(when, "platform", PolicyWords.Platforms),
            fields.Words(when, "ownership", PolicyWords.Ownerships),
            PolicyWords
                .Members.Select(word => (Kind: word.Value, Names: Names(fields, when, word.Key, word.Value)))
                .Where(condition => condition.Names.Count > 0)
                .ToDictionary(condition => condition.Kind, IReadOnlyList<string> (condition) => condition.Names)
        );
    }

    private static List<string> Names(PolicyFields fields, FeedNode when, string word, MemberOf kind)
    {
        var names = new List<string>();
        foreach (var item in fields.List(when, word, PolicyLimits.MostNames))
        {
            if (fields.TextOf(item, $"An entry of '{word}'", LongestGroup) is not { } name)
            {
                continue;
            }

            names.Add(name);
            if (kind is MemberOf.Tag && fields.OwnTags.Contains(name))
            {
                fields.Add(
                    item,
                    $"'{PolicyFields.Short(name)}' is a tag that Picket sets by its verdicts, so a policy for it would judge "
                        + "by its own output. Name a tag that others set."
                );
            }
        }

        return names;
    }
}
