namespace Picket.Core.Response;

/// <summary>
/// Compares the tags that devices should carry with those that they do.
/// <para>
/// A new tag is added before the old one is taken off. Broken off half-way, a device then carries two of our tags for a
/// while, and the next plan takes the stale one off. The other way round it would carry none: it would fall out of the
/// smart group that restricts it, and the UEM would lift profiles and put them back.
/// </para>
/// </summary>
public static class TagPlanner
{
    public const int DefaultBatchSize = 500;

    /// <param name="never">Devices on the never-touch list: they keep what they carry, and get nothing.</param>
    public static TagPlan Plan(
        IEnumerable<TagState> devices,
        TagSet tags,
        int batchSize = DefaultBatchSize,
        IReadOnlySet<long>? never = null
    )
    {
        var adds = new Dictionary<OwnedTag, List<long>>();
        var removals = new Dictionary<OwnedTag, List<long>>();
        var changed = 0;

        foreach (var device in devices.Where(device => never?.Contains(device.Device) is not true))
        {
            var wanted = Wanted(device, tags);
            var carried = device.CurrentTags.Select(tags.Owned).OfType<OwnedTag>().ToHashSet();
            var stale = carried.Where(tag => !wanted.Contains(tag)).ToList();
            var missing = wanted.FindAll(tag => !carried.Contains(tag));

            stale.ForEach(tag => Put(removals, tag, device.Device));
            missing.ForEach(tag => Put(adds, tag, device.Device));
            changed += missing.Count + stale.Count > 0 ? 1 : 0;
        }

        return new([.. WorstFirst(adds.Keys.Where(tag => tag.Id is null))], Order(adds, removals, batchSize), changed);
    }

    /// <summary>
    /// While more verdicts are coming: of devices that want the same as many as fill whole calls, and the rest with those to
    /// come. All of them where no call would be full.
    /// </summary>
    public static IReadOnlyList<TagState> WholeBatches(IReadOnlyList<TagState> devices, int batchSize)
    {
        var whole = devices
            .GroupBy(device =>
                (device.WantedLevel, string.Join('\n', device.WantedOfSets.Order(StringComparer.Ordinal)))
            )
            .SelectMany(same => same.Take(same.Count() / batchSize * batchSize))
            .ToList();
        return whole.Count > 0 ? whole : devices;
    }

    /// <summary>
    /// The removals of a device whose add failed stay out, within the same set: its old tag is better than none. What failed
    /// for one purpose keeps no tag of another one on the device.
    /// </summary>
    public static TagPlan WithoutRemovalsOf(TagPlan plan, IReadOnlySet<FailedAdd> failed)
    {
        var calls = plan
            .Calls.Select(call =>
                call.Action == TagAction.Add
                    ? call
                    : call with
                    {
                        Devices = [.. call.Devices.Where(device => !failed.Contains(new(device, call.Tag.Set)))],
                    }
            )
            .Where(call => call.Devices.Count > 0)
            .ToList();
        return plan with { Calls = calls, ChangedDevices = calls.SelectMany(call => call.Devices).Distinct().Count() };
    }

    /// <summary>A tag that came into the policy after the tags were listed waits for the next plan.</summary>
    private static List<OwnedTag> Wanted(TagState device, TagSet tags)
    {
        List<OwnedTag> wanted = [.. device.WantedOfSets.Select(tags.OfSet).OfType<OwnedTag>().Distinct()];
        if (wanted.DistinctBy(tag => tag.Set).Count() < wanted.Count)
        {
            throw new ArgumentException($"Device {device.Device} should carry two tags of one set.");
        }

        if (device.WantedLevel is { } level)
        {
            wanted.Add(
                tags.ForLevel(level)
                    ?? throw new ArgumentException(
                        $"No tag stands for level {level}, which device {device.Device} has."
                    )
            );
        }

        return wanted;
    }

    /// <summary>The worst level is tagged first and untagged last: protection comes early and leaves late.</summary>
    private static List<TagCall> Order(
        Dictionary<OwnedTag, List<long>> adds,
        Dictionary<OwnedTag, List<long>> removals,
        int batchSize
    ) =>
        [
            .. WorstFirst(adds.Keys).SelectMany(tag => TagBatches.Split(new(TagAction.Add, tag, adds[tag]), batchSize)),
            .. WorstFirst(removals.Keys)
                .Reverse()
                .SelectMany(tag => TagBatches.Split(new(TagAction.Remove, tag, removals[tag]), batchSize)),
        ];

    /// <summary>Levels, then the sets of the policy by name, then what is retired.</summary>
    private static IEnumerable<OwnedTag> WorstFirst(IEnumerable<OwnedTag> tags) =>
        tags.OrderByDescending(tag => tag.Level ?? -1)
            .ThenBy(tag => tag.Retired)
            .ThenBy(tag => tag.Set, StringComparer.Ordinal)
            .ThenBy(tag => tag.Name, StringComparer.Ordinal)
            .ThenByDescending(tag => tag.Id);

    private static void Put(Dictionary<OwnedTag, List<long>> groups, OwnedTag tag, long device)
    {
        if (!groups.TryGetValue(tag, out var devices))
        {
            groups[tag] = devices = [];
        }

        devices.Add(device);
    }
}

/// <summary>A device that did not get a tag, and the set which that tag is of; null for the set of levels.</summary>
public readonly record struct FailedAdd(long Device, string? Set);
