using System.Text;
using Picket.Core.Risk;

namespace Picket.Core.Policy;

/// <summary>Writes the document for people; what is written is read back as the same.</summary>
public static class PolicyText
{
    /// <summary>What holds unless it is changed, all of it written out.</summary>
    public static string Default { get; } =
        """
            # The policy that holds unless it is changed.
            #
            # Of several policies the one whose organization group is nearest to the device goes first, then the one with the
            # smaller priority. What it leaves out comes from the next one, and lastly from what Picket has built in, which
            # is what stands here. So a policy of your own states only what it changes.

            """
        + Write(
            new PolicyDocument(
                [new StatedPolicy("Everyone", PolicyScope.Everywhere, 100, StatedValues.Of(RiskPolicy.Default))],
                []
            )
        );

    public static string Write(PolicyDocument document)
    {
        var text = new StringBuilder("version: 1\ndrift:\n");
        foreach (var (name, answer) in DriftSection.Of(document.Drift))
        {
            text.Append($"  {name}: {answer}\n");
        }

        text.Append("policies:");
        text.Append(document.Policies.Count == 0 ? " []\n" : "\n");
        foreach (var policy in document.Policies)
        {
            text.Append($"  - name: {Quoted(policy.Name)}\n");
            text.Append($"    group: {Quoted(policy.Scope.Group.Text)}\n");
            text.Append($"    priority: {policy.Priority}\n");
            WriteWhen(text, policy.Scope.When);
            WriteValues(text, policy.Values);
        }

        if (document.Exceptions.Count > 0)
        {
            text.Append("exceptions:\n");
        }

        foreach (var exception in document.Exceptions)
        {
            WriteException(text, exception);
        }

        if (document.TagSets.Count > 0)
        {
            text.Append("tags:\n");
        }

        foreach (var set in document.TagSets)
        {
            text.Append($"  - set: {Quoted(set.Name)}\n    tags:\n");
            foreach (var line in set.Lines)
            {
                WriteTagLine(text, line);
            }
        }

        text.Append(document.Messages.Count > 0 ? "messages:\n" : "");
        foreach (var line in document.Messages)
        {
            WriteMessage(text, line);
        }

        return text.ToString();
    }

    private static void WriteValues(StringBuilder text, StatedValues values)
    {
        Map(text, "levels", values.Levels.Select(level => (level.Key, (string?)PolicyWords.Of(level.Value))));
        Map(text, "grace", values.Grace.Select(grace => (grace.Key, Days(grace.Value))));
        Map(
            text,
            "ages",
            [
                ("patchAge", values.PatchAge is { } patch ? PolicyWords.Of(patch) : null),
                ("noContact", values.NoContact is { } contact ? PolicyWords.Of(contact) : null),
                ("oldestFact", Days(values.OldestFactDays)),
                ("oldestFeed", Days(values.OldestFeedDays)),
                ("updateMayWait", Days(values.UpdateMayWaitDays)),
            ]
        );
        if (values.Silence is { } silence)
        {
            text.Append($"    silence: {silence}\n");
        }

        Map(text, "apps", [("required", Apps(values.RequiredApps)), ("denied", Apps(values.DeniedApps))]);
        if (values.SupervisionRequired is { } supervision)
        {
            text.Append($"    supervision: {PolicyValues.Supervision(supervision)}\n");
        }

        Map(text, "brake", values.Brake?.Fields() ?? []);
        Map(text, "confidence", [("cap", Caps(values)), ("sources", Sources(values))]);
    }

    private static void WriteException(StringBuilder text, PolicyException exception)
    {
        var target = exception.Target switch
        {
            ExceptionTarget.Finding => "finding",
            ExceptionTarget.App => "app",
            _ => "appPattern",
        };
        text.Append($"  - name: {Quoted(exception.Name)}\n    {target}: {Quoted(exception.Value)}\n");
        if (!exception.Scope.Group.IsAll)
        {
            text.Append($"    group: {Quoted(exception.Scope.Group.Text)}\n");
        }

        WriteWhen(text, exception.Scope.When);
        if (exception.Device is { } device)
        {
            text.Append($"    device: {Quoted(device)}\n");
        }
        else if (exception.Scope.Group.IsAll && exception.Scope.When.IsEmpty)
        {
            text.Append("    everywhere: true\n");
        }

        text.Append($"    owner: {Quoted(exception.Owner)}\n    reason: {Quoted(exception.Reason)}\n");
        text.Append($"    ends: {exception.EndsText}\n");
    }

    private static void WriteTagLine(StringBuilder text, PolicyTagLine line)
    {
        text.Append($"      - tag: {Quoted(line.Tag)}\n");
        if (List(line.Levels.Select(PolicyWords.OfAny)) is { } levels)
        {
            text.Append($"        level: {levels}\n");
        }

        if (List(line.Findings) is { } findings)
        {
            text.Append($"        finding: {findings}\n");
        }

        if (!line.Scope.Group.IsAll)
        {
            text.Append($"        group: {Quoted(line.Scope.Group.Text)}\n");
        }

        WriteWhen(text, line.Scope.When, deep: "    ");
    }

    private static void WriteMessage(StringBuilder text, PolicyMessage line)
    {
        text.Append(
            $"  - by: {MessageSection.WordOf(line.By)}\n    after: {MessageSection.HoursOf(line.AfterHours)}\n"
        );
        if (List(line.Levels.Select(PolicyWords.OfAny)) is { } levels)
        {
            text.Append($"    level: {levels}\n");
        }

        if (List(line.Findings) is { } findings)
        {
            text.Append($"    finding: {findings}\n");
        }

        if (!line.Scope.Group.IsAll)
        {
            text.Append($"    group: {Quoted(line.Scope.Group.Text)}\n");
        }

        WriteWhen(text, line.Scope.When);
    }

    private static void WriteWhen(StringBuilder text, PolicyConditions when, string deep = "")
    {
        if (when.IsEmpty)
        {
            return;
        }

        Map(
            text,
            deep,
            "when",
            [
                ("platform", List(when.Platforms.Select(PolicyWords.Of))),
                ("ownership", List(when.Ownerships.Select(PolicyWords.Of))),
                .. PolicyWords.Members.Select(word => (word.Key, List(when.Names(word.Value).Select(Quoted)))),
            ]
        );
    }

    private static void Map(StringBuilder text, string name, IEnumerable<(string Key, string? Value)> entries) =>
        Map(text, "", name, entries);

    /// <param name="deep">Blanks before each line, beside those that a policy's parts have.</param>
    private static void Map(
        StringBuilder text,
        string deep,
        string name,
        IEnumerable<(string Key, string? Value)> entries
    )
    {
        var stated = entries.Where(entry => entry.Value is not null).ToList();
        if (stated.Count > 0)
        {
            text.Append($"{deep}    {name}:\n");
        }

        foreach (var (key, value) in stated)
        {
            text.Append($"{deep}      {key}: {value}\n");
        }
    }

    private static string? Days(int? days) => days is { } known ? PolicyWords.Days(known) : null;

    private static string? List(IEnumerable<string> words) =>
        string.Join(", ", words) is { Length: > 0 } joined ? $"[{joined}]" : null;

    private static string? Apps(IReadOnlyList<PolicyApp>? apps) =>
        apps is null ? null
        : apps.Count == 0 ? "[]"
        : string.Concat(apps.Select(app => $"\n        - {App(app)}"));

    private static string App(PolicyApp app)
    {
        var parts = new List<string> { $"{(app.IsPattern ? "pattern" : "id")}: {Quoted(app.Value)}" };
        if (List(app.Platforms.Select(PolicyWords.Of)) is { } platforms)
        {
            parts.Add($"platform: {platforms}");
        }

        if (app.Reason is { } reason)
        {
            parts.Add($"reason: {Quoted(reason)}");
        }

        return "{" + string.Join(", ", parts) + "}";
    }

    private static string? Caps(StatedValues values) =>
        values.Caps.Count == 0
            ? null
            : "{"
                + string.Join(
                    ", ",
                    values.Caps.Select(cap => $"{PolicyWords.Of(cap.Key)}: {PolicyWords.Of(cap.Value)}")
                )
                + "}";

    private static string? Sources(StatedValues values)
    {
        var feeds = values.Sources.GroupBy(source => source.Key.Feed).ToList();
        return feeds.Count == 0
            ? null
            : string.Concat(
                feeds.Select(feed =>
                    $"\n        {Quoted(feed.Key)}: {{"
                    + string.Join(", ", feed.Select(s => $"{PolicyWords.Of(s.Key.Kind)}: {PolicyWords.Of(s.Value)}"))
                    + "}"
                )
            );
    }

    /// <summary>Always in double quotes: a name may look like a number, a list or nothing at all.</summary>
    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
