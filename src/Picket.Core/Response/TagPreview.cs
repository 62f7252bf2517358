namespace Picket.Core.Response;

/// <param name="Level">The level's ordinal; null for the devices that carry none of our tags.</param>
public sealed record LevelCount(int? Level, string? Tag, int Devices);

/// <summary>What a person sees before writing is switched on. Nothing is written before it is accepted.</summary>
public sealed record TagPreview
{
    public required IReadOnlyList<LevelCount> Levels { get; init; }

    public required IReadOnlyList<string> TagsToMake { get; init; }

    public required int Adds { get; init; }

    public required int Removals { get; init; }

    public required int ChangedDevices { get; init; }

    /// <summary>Calls that write: tags to make, and bulk calls.</summary>
    public required int WritingCalls { get; init; }

    /// <summary>Calls that read back what was written: one listing for each tag that is touched.</summary>
    public required int ReadingCalls { get; init; }

    public static TagPreview Of(TagPlan plan, IEnumerable<TagState> devices, TagSet tags)
    {
        var counts = devices.CountBy(device => device.WantedLevel ?? int.MinValue).ToDictionary();
        var untagged = counts.GetValueOrDefault(int.MinValue);

        return new()
        {
            Levels =
            [
                .. tags
                    .Tags.Where(tag => tag.Level is not null)
                    .OrderByDescending(tag => tag.Level)
                    .Select(tag => new LevelCount(tag.Level, tag.Name, counts.GetValueOrDefault(tag.Level!.Value))),
                new(null, null, untagged),
            ],
            TagsToMake = [.. plan.TagsToMake.Select(tag => tag.Name)],
            Adds = plan.Adds,
            Removals = plan.Removals,
            ChangedDevices = plan.ChangedDevices,
            WritingCalls = plan.TagsToMake.Count + plan.Calls.Count,
            ReadingCalls = plan.Calls.Select(call => call.Tag).Distinct().Count(),
        };
    }
}
