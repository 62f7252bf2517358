using Picket.Core.Intelligence;
using Picket.Core.Intelligence.Formats;

namespace Picket.Core.Policy;

/// <summary>Reads the lists under <c>apps</c>.</summary>
internal static class AppSection
{
    public static readonly string[] Lists = ["required", "denied"];
    private const int LongestId = 255;
    private static readonly string[] Required = ["id", "platform", "reason"];
    private static readonly string[] Denied = ["id", "pattern", "platform", "reason"];

    public static List<PolicyApp> Read(PolicyFields fields, FeedNode apps, string list)
    {
        var found = new List<PolicyApp>();
        foreach (var node in fields.List(apps, list, PolicyLimits.MostApps))
        {
            if (App(fields, node, list) is not { } app)
            {
                continue;
            }

            if (found.Any(other => other.Value == app.Value && other.IsPattern == app.IsPattern))
            {
                fields.Add(node, $"'{PolicyFields.Short(app.Value)}' stands in '{list}' already.");
            }

            found.Add(app);
        }

        return found;
    }

    private static PolicyApp? App(PolicyFields fields, FeedNode node, string list)
    {
        var mayBePattern = list == "denied";
        if (!fields.IsMap(node, $"An app of '{list}'", mayBePattern ? Denied : Required))
        {
            return null;
        }

        var platforms = fields.Words(node, "platform", PolicyWords.Platforms);
        var reason = fields.Text(node, "reason", longest: PolicyLimits.LongestReason);
        if (node["id"] is null == node["pattern"] is null)
        {
            fields.Add(node, mayBePattern ? "Write either 'id' or 'pattern'." : "'id' is missing.");
            return null;
        }

        if (node["pattern"] is { } pattern)
        {
            return Pattern(fields, pattern) is { } text
                ? new PolicyApp(text, IsPattern: true, platforms, reason)
                : null;
        }

        return fields.Text(node, "id", longest: LongestId) is { } id
            ? new PolicyApp(id, IsPattern: false, platforms, reason)
            : null;
    }

    /// <summary>The pattern's text, when it can be used.</summary>
    public static string? Pattern(PolicyFields fields, FeedNode node)
    {
        if (fields.TextOf(node, "A pattern", LongestId) is not { } text)
        {
            return null;
        }

        if (SafePattern.TryCompile(text, out _, out var refusal))
        {
            return text;
        }

        fields.Add(node, refusal);
        return null;
    }
}
