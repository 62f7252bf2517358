using Picket.Core.Intelligence.Formats;

namespace Picket.Core.Policy;

/// <summary>Reads <c>tags</c>: sets of tags, one for each purpose.</summary>
internal static class TagSetSection
{
    private static readonly string[] SetFields = ["set", "tags"];
    private static readonly string[] LineFields = ["tag", "level", "finding", "group", "when"];

    /// <summary>
    /// The names that the document gives to tags, before it is read as a whole: nothing in it may ask for them. Of what is
    /// wrong there <see cref="Read"/> tells.
    /// </summary>
    public static IEnumerable<string> NamesIn(FeedNode root) =>
        Items(root["tags"])
            .SelectMany(set => Items(set["tags"]))
            .Select(line => line["tag"])
            .Where(tag => tag is { Kind: FeedNodeKind.Text })
            .Select(tag => tag!.Text.Trim());

    /// <param name="taken">Names of the tags of levels.</param>
    public static List<PolicyTagSet> Read(PolicyFields fields, FeedNode root, IReadOnlySet<string> taken)
    {
        var sets = new List<PolicyTagSet>();
        foreach (var node in fields.List(root, "tags", PolicyLimits.MostTagSets))
        {
            if (Set(fields, node, sets, taken) is { } set)
            {
                sets.Add(set);
            }
        }

        return sets;
    }

    private static PolicyTagSet? Set(
        PolicyFields fields,
        FeedNode node,
        List<PolicyTagSet> others,
        IReadOnlySet<string> taken
    )
    {
        if (!fields.IsMap(node, "A set of tags", SetFields))
        {
            return null;
        }

        var name = fields.Text(node, "set", required: true);
        if (name is not null && others.Exists(other => IsSame(other.Name, name)))
        {
            fields.Add(node["set"]!, $"Another set of tags is called '{name}' already. Names are unique.");
        }

        var lines = new List<PolicyTagLine>();
        var nodes = fields.List(node, "tags", PolicyLimits.MostTagLines, required: true);
        foreach (var each in nodes)
        {
            if (Line(fields, each) is not { } line)
            {
                continue;
            }

            if (WhyNot(line.Tag, lines, others, taken) is { } reason)
            {
                fields.Add(each["tag"]!, reason);
            }

            lines.Add(line);
        }

        if (node["tags"] is { Kind: FeedNodeKind.List, Items.Count: 0 } empty)
        {
            fields.Add(empty, "'tags' is empty. Give the set a tag, or leave the set out.");
        }

        return name is null ? null : new PolicyTagSet(name, lines);
    }

    private static PolicyTagLine? Line(PolicyFields fields, FeedNode node)
    {
        if (!fields.IsMap(node, "A line of a set of tags", LineFields))
        {
            return null;
        }

        var tag = fields.Text(node, "tag", required: true);
        var levels = fields.Words(node, "level", PolicyWords.AnyLevels);
        var findings = new List<string>();
        foreach (var item in fields.List(node, "finding", PolicyLimits.MostNames))
        {
            if (fields.TextOf(item, "An entry of 'finding'") is { } id && fields.Kind(id, item) is not null)
            {
                findings.Add(id);
            }
        }

        if (node["level"] is not { Items.Count: > 0 } && node["finding"] is not { Items.Count: > 0 })
        {
            fields.Add(
                node,
                "The line says not for which verdicts. Write 'level' or 'finding', each as a list, or both: then both must hold."
            );
        }

        var scope = ScopeSection.Read(fields, node);
        return tag is null ? null : new PolicyTagLine(tag, levels, findings, scope);
    }

    /// <summary>One tag with two purposes would be taken off for the one while the other wants it.</summary>
    private static string? WhyNot(
        string tag,
        List<PolicyTagLine> lines,
        List<PolicyTagSet> others,
        IReadOnlySet<string> taken
    )
    {
        var shown = PolicyFields.Short(tag);
        return taken.Contains(tag)
                ? $"'{shown}' is the tag of a level: the prefix of an integration gives it this name. Choose another name."
            : others.Find(set => set.Lines.Any(line => IsSame(line.Tag, tag))) is { } other
                ? $"'{shown}' stands in the set '{other.Name}' already. A tag has one purpose."
            : lines.Exists(line => IsSame(line.Tag, tag) && line.Tag != tag)
                ? $"'{shown}' stands above in other letter case, and the UEM takes both for one tag. Write it the same way."
            : null;
    }

    private static bool IsSame(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static List<FeedNode> Items(FeedNode? node) => node is { Kind: FeedNodeKind.List } ? node.Items : [];
}
