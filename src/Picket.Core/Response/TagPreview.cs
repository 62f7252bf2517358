namespace Picket.Core.Response;

/// <summary>What a person sees before writing is switched on. Nothing is written before it is accepted.</summary>
public sealed record TagPreview
{
    public required IReadOnlyList<string> TagsToMake { get; init; }

    public required int Adds { get; init; }

    public required int Removals { get; init; }

    public required int ChangedDevices { get; init; }

    /// <summary>Calls that write: tags to make, and bulk calls.</summary>
    public required int WritingCalls { get; init; }

    /// <summary>Calls that read back what was written: one listing for each tag that is touched.</summary>
    public required int ReadingCalls { get; init; }

    public static TagPreview Of(TagPlan plan) =>
        new()
        {
            TagsToMake = [.. plan.TagsToMake.Select(tag => tag.Name)],
            Adds = plan.Adds,
            Removals = plan.Removals,
            ChangedDevices = plan.ChangedDevices,
            WritingCalls = plan.TagsToMake.Count + plan.Calls.Count,
            ReadingCalls = plan.Calls.Select(call => call.Tag).Distinct().Count(),
        };
}
