namespace Picket.Core.Response;

/// <summary>A change that a person was shown, and said yes to: a tag on a device, or off it.</summary>
public readonly record struct ShownChange(long Device, TagAction Action, string Tag);

/// <summary>A yes is for what was shown. Verdicts go on changing: what came up since is another matter.</summary>
public static class ShownChanges
{
    public static IEnumerable<ShownChange> Of(TagPlan plan) =>
        from call in plan.Calls
        from device in call.Devices
        select new ShownChange(device, call.Action, call.Tag.Name);

    /// <summary>
    /// The part of a plan that was shown. A device goes as a whole or waits as a whole: of one that is to get another tag than
    /// was shown the old one alone would be taken off, and it would carry none.
    /// </summary>
    /// <returns>What goes, and how many devices wait.</returns>
    public static (TagPlan Goes, int Waiting) Restrict(TagPlan plan, IReadOnlySet<ShownChange> shown)
    {
        var waiting = Of(plan).Where(change => !shown.Contains(change)).Select(change => change.Device).ToHashSet();
        if (waiting.Count == 0)
        {
            return (plan, 0);
        }

        var calls = plan
            .Calls.Select(call => call with { Devices = [.. call.Devices.Where(device => !waiting.Contains(device))] })
            .Where(call => call.Devices.Count > 0)
            .ToList();
        var needed = calls.Select(call => call.Tag).ToHashSet();
        return (
            new TagPlan(
                [.. plan.TagsToMake.Where(needed.Contains)],
                calls,
                calls.SelectMany(call => call.Devices).Distinct().Count()
            ),
            waiting.Count
        );
    }
}
