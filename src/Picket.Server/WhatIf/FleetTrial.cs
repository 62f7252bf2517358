using Picket.Core.Risk;
using Picket.Server.Inventory;

namespace Picket.Server.WhatIf;

/// <summary>Judges devices on two sides, today and on the days before, and adds up what comes out.</summary>
/// <param name="moments">The ends of the days, in order; the last one is now.</param>
internal sealed class FleetTrial(TrialSide before, TrialSide after, IReadOnlyList<DateTimeOffset> moments)
{
    private readonly Lock gate = new();

    public LevelSums Before { get; } = new(moments.Count);

    public LevelSums After { get; } = new(moments.Count);

    /// <summary>Devices of today on whose level or findings the change tells.</summary>
    public List<TriedDevice> Told { get; } = [];

    public int Devices { get; private set; }

    /// <summary>The tags of both documents' sets, in their order, with the set that each is of.</summary>
    public IReadOnlyList<(string Tag, string Set)> Sets { get; } =
    [
        .. after
            .Context.Policies.Document.TagSets.Concat(before.Context.Policies.Document.TagSets)
            .SelectMany(set => set.Tags.Select(tag => (tag, set.Name)))
            .DistinctBy(tag => tag.tag),
    ];

    public void Judge(IReadOnlyList<PastDevice> devices, CancellationToken cancellation) =>
        Parallel.ForEach(
            devices,
            new ParallelOptions { CancellationToken = cancellation },
            () => new Part(moments.Count),
            (device, _, part) =>
            {
                Judge(device, part);
                return part;
            },
            Add
        );

    private void Judge(PastDevice device, Part part)
    {
        var (was, would) = (before.Today(device), after.Today(device));
        part.Before.Add(before.Course(device, was));
        part.After.Add(after.Course(device, would));
        if (was is null || would is null)
        {
            return; // It has left.
        }

        part.Devices++;
        var (had, has) = (before.Tags(device, was), after.Tags(device, would));
        var tried = TriedDevice.Of(device.Current, was, would) with
        {
            Gets = [.. has.Select(tag => tag.Tag).Except(had.Select(tag => tag.Tag)).Order(StringComparer.Ordinal)],
            Loses = [.. had.Select(tag => tag.Tag).Except(has.Select(tag => tag.Tag)).Order(StringComparer.Ordinal)],
        };
        if (tried.IsTold)
        {
            part.Told.Add(tried);
        }
    }

    private void Add(Part part)
    {
        lock (gate)
        {
            Before.Add(part.Before);
            After.Add(part.After);
            Told.AddRange(part.Told);
            Devices += part.Devices;
        }
    }

    private sealed class Part(int moments)
    {
        public LevelSums Before { get; } = new(moments);

        public LevelSums After { get; } = new(moments);

        public List<TriedDevice> Told { get; } = [];

        public int Devices { get; set; }
    }
}

/// <summary>How many devices had which level at each of some moments.</summary>
internal sealed class LevelSums(int moments)
{
    private readonly int[,] sums = new int[moments, Enum.GetValues<RiskLevel>().Length];

    public int this[int moment, RiskLevel level] => sums[moment, (int)level];

    public void Add(IReadOnlyList<RiskLevel?> course)
    {
        for (var moment = 0; moment < course.Count; moment++)
        {
            if (course[moment] is { } level)
            {
                sums[moment, (int)level]++;
            }
        }
    }

    public void Add(LevelSums other)
    {
        for (var moment = 0; moment < sums.GetLength(0); moment++)
        {
            for (var level = 0; level < sums.GetLength(1); level++)
            {
                sums[moment, level] += other.sums[moment, level];
            }
        }
    }
}

/// <summary>What a change makes of one device.</summary>
/// <param name="Comes">Kinds of findings that count with the change alone.</param>
/// <param name="Goes">Kinds of findings that count without the change alone.</param>
internal sealed record TriedDevice(
    Guid Id,
    Guid Integration,
    RiskLevel Before,
    RiskLevel After,
    IReadOnlyList<string> Comes,
    IReadOnlyList<string> Goes
)
{
    /// <summary>Tags of the policy's sets that it is to carry with the change alone.</summary>
    public IReadOnlyList<string> Gets { get; init; } = [];

    /// <summary>Those that it is to carry without the change alone.</summary>
    public IReadOnlyList<string> Loses { get; init; } = [];

    public bool IsTold => IsTagged || Comes.Count + Goes.Count > 0;

    /// <summary>A tag would follow.</summary>
    public bool IsTagged => Before != After || Gets.Count + Loses.Count > 0;

    public static TriedDevice Of(DeviceRow device, Verdict before, Verdict after)
    {
        var (had, has) = (Counting(before), Counting(after));
        return new TriedDevice(
            device.Id,
            device.IntegrationId,
            before.Level,
            after.Level,
            [.. has.Except(had).Order(StringComparer.Ordinal)],
            [.. had.Except(has).Order(StringComparer.Ordinal)]
        );
    }

    private static HashSet<string> Counting(Verdict verdict) =>
        [
            .. verdict
                .Findings.Where(finding => finding.Standing is FindingStanding.Counts)
                .Select(finding => finding.Kind),
        ];
}
