using System.Globalization;
using Picket.Core.Intelligence.Formats;

namespace Picket.Core.Policy;

/// <summary>Reads one entry of <c>exceptions</c>.</summary>
internal static class ExceptionSection
{
    private const int LongestId = 255;

    private static readonly string[] Fields =
    [
        "name",
        "finding",
        "app",
        "appPattern",
        "group",
        "when",
        "device",
        "everywhere",
        "owner",
        "reason",
        "ends",
    ];

    public static PolicyException? Read(PolicyFields fields, FeedNode node, DateOnly today)
    {
        if (!fields.IsMap(node, "An exception", Fields))
        {
            return null;
        }

        var name = fields.Text(node, "name", required: true);
        var owner = fields.Text(node, "owner", required: true);
        var reason = fields.Text(node, "reason", required: true, PolicyLimits.LongestReason);
        var ends = Ends(fields, node, today);
        var target = Target(fields, node);
        var scope = ScopeSection.Read(fields, node);
        var device = fields.Text(node, "device");
        NeedScope(fields, node, scope);
        return name is null || owner is null || reason is null || ends is null || target is null
            ? null
            : new PolicyException(
                name,
                target.Value.Kind,
                target.Value.Value,
                scope,
                device,
                owner,
                reason,
                ends.Value
            );
    }

    private static (ExceptionTarget Kind, string Value)? Target(PolicyFields fields, FeedNode node)
    {
        string[] targets = ["finding", "app", "appPattern"];
        if (targets.Count(target => node[target] is not null) != 1)
        {
            fields.Add(node, "Write one of 'finding', 'app' or 'appPattern': what is excepted.");
            return null;
        }

        if (node["finding"] is { } finding)
        {
            return fields.TextOf(finding, "'finding'") is { } id && fields.Kind(id, finding) is not null
                ? (ExceptionTarget.Finding, id)
                : null;
        }

        if (node["appPattern"] is { } pattern)
        {
            return AppSection.Pattern(fields, pattern) is { } text ? (ExceptionTarget.AppPattern, text) : null;
        }

        return fields.Text(node, "app", longest: LongestId) is { } app ? (ExceptionTarget.App, app) : null;
    }

    /// <summary>Nobody excepts a whole fleet by leaving something out.</summary>
    private static void NeedScope(PolicyFields fields, FeedNode node, PolicyScope scope)
    {
        var everywhere = node["everywhere"];
        if (everywhere is not null && everywhere.Text != "true")
        {
            fields.Add(everywhere, "'everywhere' can only be true; leave it out otherwise.");
        }

        var isNarrow = node["device"] is not null || !scope.When.IsEmpty || !scope.Group.IsAll;
        if (!isNarrow && everywhere is null)
        {
            fields.Add(
                node,
                "The exception says not for which devices. Write 'group', 'when' or 'device', or 'everywhere: true'."
            );
        }
        else if (isNarrow && everywhere is not null)
        {
            fields.Add(
                everywhere,
                "'everywhere' contradicts the 'group', 'when' or 'device' beside it. Leave one out."
            );
        }
    }

    private static DateOnly? Ends(PolicyFields fields, FeedNode node, DateOnly today)
    {
        if (fields.Text(node, "ends", required: true) is not { } text)
        {
            return null;
        }

        var last = today.AddDays(PolicyLimits.LongestExceptionDays);
        if (
            !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var ends)
        )
        {
            fields.Add(node["ends"]!, "'ends' must be the last day, written as 2027-03-31.");
            return null;
        }

        if (ends > last)
        {
            fields.Add(
                node["ends"]!,
                $"An exception ends within a year, so by {last:yyyy-MM-dd}. It can be renewed then."
            );
            return null;
        }

        return ends;
    }
}
