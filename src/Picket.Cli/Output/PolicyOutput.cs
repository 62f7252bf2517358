using Picket.Api;

namespace Picket.Cli.Output;

/// <summary>Policy for people.</summary>
internal static class PolicyOutput
{
    public static void WriteCheck(PolicyPlan plan, Screen screen)
    {
        if (plan.Mistakes.Count > 0)
            WriteMistakes(plan, screen);
        else
            screen.Line("The document can be read.");
        WriteNotes(plan, screen);
    }

    public static void Write(PolicyPlan plan, Screen screen)
    {
        if (plan.Mistakes.Count > 0)
        {
            WriteMistakes(plan, screen);
            return;
        }

        if (plan.Changes.Count == 0)
            screen.Line($"Nothing differs from what is in force (version {plan.BasedOn}).");
        foreach (var change in plan.Changes)
            screen.Line($"{Sign(change)} {change.What}: {Difference(change)}");
        foreach (var tag in plan.Tags)
            screen.Line(
                $"Tag {tag.Tag} ({tag.Set}): for {Cell.Number(tag.After)} devices, by the verdicts as they are; {Cell.Number(tag.Before)} before"
            );
        WriteNotes(plan, screen);
        screen.Pairs([
            ("Compared with", $"version {plan.BasedOn}"),
            ("Differences", plan.Changes.Count),
            ("Devices", plan.Devices),
            ("With other rules", plan.DevicesChanged),
        ]);
    }

    public static void Write(PolicyVersionView applied, PolicyPlan plan, Screen screen) =>
        screen.Pairs([
            ("Version", applied.Number),
            ("In force", applied.InForce),
            ("Applied", applied.AppliedAt),
            ("Comment", applied.Comment),
            ("With other rules", plan.DevicesChanged),
        ]);

    public static void Write(DevicePolicyView policy, Screen screen)
    {
        screen.Pairs([("Document", $"version {policy.Version}"), ("Groups", policy.Groups)]);
        foreach (var step in policy.Steps)
        {
            var holds = step.Holds switch
            {
                true => "holds",
                false => "does not hold",
                _ => "not known",
            };
            screen.Line($"{step.Name} ({step.Group}, priority {step.Priority}): {holds}. {step.Why}");
        }
        foreach (var exception in policy.Exceptions)
            screen.Line($"Exception {exception}");
        screen.Pairs([
            .. policy.Values.Select(value => (value.Name, (object?)$"{value.Value}  ({value.From ?? "built in"})")),
        ]);
    }

    private static void WriteMistakes(PolicyPlan plan, Screen screen)
    {
        foreach (var mistake in plan.Mistakes)
            screen.Line($"line {mistake.Line}, column {mistake.Column}: {mistake.Message}");
    }

    private static void WriteNotes(PolicyPlan plan, Screen screen)
    {
        foreach (var note in plan.Notes)
            screen.Line($"Note: {note}");
    }

    private static string Sign(PolicyChange change) =>
        change switch
        {
            { Before: null } => "+",
            { After: null } => "-",
            _ => "~",
        };

    private static string Difference(PolicyChange change) =>
        change switch
        {
            { Before: null } => change.After!,
            { After: null } => change.Before!,
            _ => $"{change.Before} → {change.After}",
        };
}
