namespace Picket.Core.Response;

/// <summary>What a person sees before writing is switched on. Nothing is written before it is accepted.</summary>
public sealed record TagPreview
{
    public required IReadOnlyList<string> TagsToMake { get; init; }

    /// <summary>Devices that get a tag, each once however many it gets.</summary>
    public required int Adds { get; init; }

    /// <summary>Devices that lose a tag.</summary>
    public required int Removals { get; init; }

    public required int ChangedDevices { get; init; }

    /// <summary>The tags that are put on devices or taken off, in the order in which their first calls are sent.</summary>
    public required IReadOnlyList<PreviewedTag> PerTag { get; init; }

    /// <summary>Calls that write: tags to make, and bulk calls.</summary>
    public required int WritingCalls { get; init; }

    /// <summary>Calls that read back what was written: one listing for each tag that is touched.</summary>
    public required int ReadingCalls { get; init; }

    public static TagPreview Of(TagPlan plan) =>
        new()
        {
            TagsToMake = [.. plan.TagsToMake.Select(tag => tag.Name)],
            Adds = plan.Of(TagAction.Add).Distinct().Count(),
            Removals = plan.Of(TagAction.Remove).Distinct().Count(),
            ChangedDevices = plan.ChangedDevices,
            PerTag =
            [
                .. plan
                    .Calls.GroupBy(call => call.Tag)
                    .Select(calls => new PreviewedTag(
                        calls.Key,
                        calls.Where(call => call.Action == TagAction.Add).Sum(call => call.Devices.Count),
                        calls.Where(call => call.Action == TagAction.Remove).Sum(call => call.Devices.Count)
                    )),
            ],
            WritingCalls = plan.TagsToMake.Count + plan.Calls.Count,
            ReadingCalls = plan.Calls.Select(call => call.Tag).Distinct().Count(),
        };
}

/// <param name="Adds">Devices that get it.</param>
/// <param name="Removals">Devices that lose it.</param>
public sealed record PreviewedTag(OwnedTag Tag, int Adds, int Removals);
