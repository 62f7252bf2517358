using Picket.Core.Intelligence;
using Picket.Core.Response;
using Picket.Core.Risk;

namespace Picket.Core.Policy;

/// <summary>All policies and exceptions of an organization, as one document that people write.</summary>
public sealed record PolicyDocument(IReadOnlyList<StatedPolicy> Policies, IReadOnlyList<PolicyException> Exceptions)
{
    public static readonly PolicyDocument Empty = new([], []);

    /// <summary>Further sets of tags, beside the set of levels that each integration has.</summary>
    public IReadOnlyList<PolicyTagSet> TagSets { get; init; } = [];

    /// <summary>Of which findings users are told; of several lines that fit a finding the first counts.</summary>
    public IReadOnlyList<PolicyMessage> Messages { get; init; } = [];

    /// <summary>What follows when others change what is Picket's in the UEM. It holds for all devices alike.</summary>
    public DriftPolicy Drift { get; init; } = DriftPolicy.Default;

    /// <summary>The groups, or tags, that its conditions name; letter case does not matter.</summary>
    public IReadOnlySet<string> NamesOf(MemberOf kind) =>
        Policies
            .Select(policy => policy.Scope)
            .Concat(Exceptions.Select(exception => exception.Scope))
            .Concat(TagSets.SelectMany(set => set.Lines).Select(line => line.Scope))
            .Concat(Messages.Select(line => line.Scope))
            .SelectMany(scope => scope.When.Names(kind))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Of an undecided policy as far as it, the other goes first: else it would decide nothing, and be forgotten.</summary>
    private const string Farthest = "~ what holds for the device";
    private const int LastPriority = 10_000;

    /// <summary>
    /// By this one, a device for which the policy holds is judged as by the whole document, wherever it stands. What might
    /// hold for it, if more were known, stays undecided where nothing is known of its place.
    /// </summary>
    public static PolicyDocument OfOne(EffectivePolicy policy) =>
        new(
            [
                new StatedPolicy(Farthest, PolicyScope.Everywhere, LastPriority, StatedValues.Of(policy.Policy)),
                .. policy.Undecided,
            ],
            [.. policy.Exceptions.Select(exception => exception with { Scope = PolicyScope.Everywhere, Device = null })]
        );
}

/// <summary>One policy: for whom, and what it states. What it leaves out comes from a farther one.</summary>
/// <param name="Priority">Of several that are equally near the smaller number goes first, then the name.</param>
public sealed record StatedPolicy(string Name, PolicyScope Scope, int Priority, StatedValues Values);

/// <summary>What a policy says. Null, or absent in a dictionary: it says nothing about it.</summary>
public sealed record StatedValues
{
    /// <summary>By kind of finding; null: not raised.</summary>
    public IReadOnlyDictionary<string, RiskLevel?> Levels { get; init; } = new Dictionary<string, RiskLevel?>();

    /// <summary>By kind of finding, in days from when it first became true.</summary>
    public IReadOnlyDictionary<string, int> Grace { get; init; } = new Dictionary<string, int>();

    public IReadOnlyList<AgeStep>? PatchAge { get; init; }
    public IReadOnlyList<AgeStep>? NoContact { get; init; }
    public int? OldestFactDays { get; init; }
    public int? OldestFeedDays { get; init; }
    public int? UpdateMayWaitDays { get; init; }
    public Silence? Silence { get; init; }
    public IReadOnlyList<PolicyApp>? RequiredApps { get; init; }
    public IReadOnlyList<PolicyApp>? DeniedApps { get; init; }
    public bool? SupervisionRequired { get; init; }

    /// <summary>How much may change before a person is asked. It decides no verdict.</summary>
    public PolicyBrake? Brake { get; init; }

    /// <summary>The highest level that an indicator of such confidence gives a finding.</summary>
    public IReadOnlyDictionary<Confidence, RiskLevel> Caps { get; init; } = new Dictionary<Confidence, RiskLevel>();

    /// <summary>The organization's own trust in a feed, in place of what the feed says.</summary>
    public IReadOnlyDictionary<FeedTrust, Confidence> Sources { get; init; } = new Dictionary<FeedTrust, Confidence>();

    /// <summary>All values of a policy, stated.</summary>
    public static StatedValues Of(RiskPolicy policy) =>
        new()
        {
            Levels = FindingKinds
                .All.Where(kind => policy.Off.Contains(kind.Id) || !PolicyWords.Stepped.ContainsKey(kind.Id))
                .ToDictionary(kind => kind.Id, policy.LevelOf),
            Grace = policy.Grace,
            PatchAge = policy.PatchAge,
            NoContact = policy.NoContact,
            OldestFactDays = policy.OldestFactDays,
            OldestFeedDays = policy.OldestFeedDays,
            UpdateMayWaitDays = policy.OutdatedGraceDays,
            Silence = policy.Silence,
            RequiredApps = policy.RequiredApps,
            DeniedApps = policy.DeniedApps,
            SupervisionRequired = policy.SupervisionRequired,
            Caps = policy.Caps,
            Sources = policy.Sources,
        };

    /// <summary>The policy below, with all that is stated here put over it.</summary>
    public RiskPolicy Over(RiskPolicy below) =>
        below with
        {
            Levels = Joined(
                below.Levels,
                Levels
                    .Where(level => level.Value is not null)
                    .Select(level => KeyValuePair.Create(level.Key, level.Value.GetValueOrDefault()))
            ),
            Off = below
                .Off.Except(Levels.Where(level => level.Value is not null).Select(level => level.Key))
                .Union(Levels.Where(level => level.Value is null).Select(level => level.Key))
                .ToHashSet(StringComparer.Ordinal),
            Grace = Joined(below.Grace, Grace),
            PatchAge = PatchAge ?? below.PatchAge,
            NoContact = NoContact ?? below.NoContact,
            OldestFactDays = OldestFactDays ?? below.OldestFactDays,
            OldestFeedDays = OldestFeedDays ?? below.OldestFeedDays,
            OutdatedGraceDays = UpdateMayWaitDays ?? below.OutdatedGraceDays,
            Silence = Silence ?? below.Silence,
            RequiredApps = RequiredApps ?? below.RequiredApps,
            DeniedApps = DeniedApps ?? below.DeniedApps,
            SupervisionRequired = SupervisionRequired ?? below.SupervisionRequired,
            Caps = Joined(below.Caps, Caps),
            Sources = Joined(below.Sources, Sources),
        };

    private static Dictionary<TKey, TValue> Joined<TKey, TValue>(
        IReadOnlyDictionary<TKey, TValue> below,
        IEnumerable<KeyValuePair<TKey, TValue>> above
    )
        where TKey : notnull
    {
        var joined = new Dictionary<TKey, TValue>(below);
        foreach (var (key, value) in above)
        {
            joined[key] = value;
        }

        return joined;
    }
}

/// <summary>One kind of indicator of one feed.</summary>
public sealed record FeedTrust(string Feed, IndicatorKind Kind);
