using System.Globalization;
using Picket.Core.Intelligence.Formats;
using Picket.Core.Response;
using Picket.Core.Risk;

namespace Picket.Core.Policy;

/// <summary>Reads <c>messages</c>: of which findings users are told by themselves. Nothing is told unless it is written.</summary>
internal static class MessageSection
{
    private static readonly string[] Fields = ["finding", "level", "by", "after", "group", "when"];

    private static readonly IReadOnlyDictionary<string, MessageChannel> Channels = new Dictionary<
        string,
        MessageChannel
    >
    {
        ["push"] = MessageChannel.Push,
        ["email"] = MessageChannel.Email,
    };

    public static string WordOf(MessageChannel by) => Channels.First(word => word.Value == by).Key;

    public static string HoursOf(int hours) => string.Create(CultureInfo.InvariantCulture, $"{hours}h");

    public static List<PolicyMessage> Read(PolicyFields fields, FeedNode root)
    {
        var lines = new List<PolicyMessage>();
        foreach (var node in fields.List(root, "messages", PolicyLimits.MostMessages))
        {
            if (Line(fields, node) is { } line)
            {
                lines.Add(line);
            }
        }

        return lines;
    }

    private static PolicyMessage? Line(PolicyFields fields, FeedNode node)
    {
        if (!fields.IsMap(node, "An entry of 'messages'", Fields))
        {
            return null;
        }

        var levels = fields.Words(node, "level", PolicyWords.Levels);
        var findings = new List<string>();
        foreach (var item in fields.List(node, "finding", PolicyLimits.MostNames))
        {
            if (fields.TextOf(item, "An entry of 'finding'") is not { } id || fields.Kind(id, item) is not { } kind)
            {
                continue;
            }

            findings.Add(id);
            if (kind.Description.ForUser.Length == 0)
            {
                fields.Add(item, $"Of '{id}' no user is told by a policy: whoever watches the device may read it.");
            }
        }

        if (node["level"] is not { Items.Count: > 0 } && node["finding"] is not { Items.Count: > 0 })
        {
            fields.Add(
                node,
                "The entry says not of which findings. Write 'level' or 'finding', each as a list, or both: then both must hold."
            );
        }

        var by = (MessageChannel?)null;
        if (node["by"] is { } channel)
        {
            by = fields.Word(channel, "'by'", Channels);
        }
        else
        {
            fields.Add(node, "'by' is missing. Write push or email.");
        }

        var after = Hours(fields, node);
        var scope = ScopeSection.Read(fields, node);
        return by is { } way && after is { } hours ? new PolicyMessage(levels, findings, way, hours, scope) : null;
    }

    private static int? Hours(PolicyFields fields, FeedNode node)
    {
        if (node["after"] is not { } after)
        {
            fields.Add(
                node,
                "'after' is missing. Write for how long a finding has to be true before, such as 24h or 3d."
            );
            return null;
        }

        var text = after.Kind is FeedNodeKind.Text ? after.Text.Trim() : "";
        var unit = text.EndsWith('d') ? 24 : 1;
        if (
            text is [.. var number, 'h' or 'd']
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count <= PolicyLimits.MostMessageHours / unit
        )
        {
            return count * unit;
        }

        fields.Add(
            after,
            $"'after' must be hours or days from 0h to {PolicyLimits.MostMessageHours}h, such as 24h or 3d."
        );
        return null;
    }
}
