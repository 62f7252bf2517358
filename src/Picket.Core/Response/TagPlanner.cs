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
            var stale = carried.Where(tag => tag != wanted).ToList();
            var missing = wanted is not null && !carried.Contains(wanted);

            stale.ForEach(tag => Put(removals, tag, device.Device));
            if (missing)
            {
                Put(adds, wanted!, device.Device);
            }

            changed += missing || stale.Count > 0 ? 1 : 0;
        }

        var toMake = adds.Keys.Where(tag => tag.Id is null).OrderByDescending(tag => tag.Level).ToList();
        return new(toMake, Order(adds, removals, batchSize), changed);
    }

    /// <summary>
    /// While more verdicts are coming: of each level as many devices as fill whole calls, and the rest with those to come. All
    /// of them where no call would be full.
    /// </summary>
    public static IReadOnlyList<TagState> WholeBatches(IReadOnlyList<TagState> devices, int batchSize)
    {
        var whole = devices
            .GroupBy(device => device.WantedLevel)
            .SelectMany(level => level.Take(level.Count() / batchSize * batchSize))
            .ToList();
        return whole.Count > 0 ? whole : devices;
    }

    /// <summary>The removals of a device whose add failed stay out: its old tag is better than none.</summary>
    public static TagPlan WithoutRemovalsOf(TagPlan plan, IReadOnlySet<long> devices)
    {
        var calls = plan
            .Calls.Select(call =>
                call.Action == TagAction.Add
                    ? call
                    : call with
                    {
                        Devices = [.. call.Devices.Where(device => !devices.Contains(device))],
                    }
            )
            .Where(call => call.Devices.Count > 0)
            .ToList();
        return plan with { Calls = calls, ChangedDevices = calls.SelectMany(call => call.Devices).Distinct().Count() };
    }

    private static OwnedTag? Wanted(TagState device, TagSet tags) =>
        device.WantedLevel is not { } level
            ? null
            : tags.ForLevel(level)
                ?? throw new ArgumentException($"No tag stands for level {level}, which device {device.Device} has.");

    /// <summary>The worst level is tagged first and untagged last: protection comes early and leaves late.</summary>
    private static List<TagCall> Order(
        Dictionary<OwnedTag, List<long>> adds,
        Dictionary<OwnedTag, List<long>> removals,
        int batchSize
    ) =>
        [
            .. adds.OrderByDescending(pair => pair.Key.Level)
                .SelectMany(pair => TagBatches.Split(new(TagAction.Add, pair.Key, pair.Value), batchSize)),
            .. removals
                .OrderBy(pair => pair.Key.Level)
                .ThenBy(pair => pair.Key.Id)
                .SelectMany(pair => TagBatches.Split(new(TagAction.Remove, pair.Key, pair.Value), batchSize)),
        ];

    private static void Put(Dictionary<OwnedTag, List<long>> groups, OwnedTag tag, long device)
    {
        if (!groups.TryGetValue(tag, out var devices))
        {
            groups[tag] = devices = [];
        }

        devices.Add(device);
    }
}
