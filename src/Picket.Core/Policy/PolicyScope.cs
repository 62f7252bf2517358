using Picket.Core.Devices;
using Picket.Core.Sync;

namespace Picket.Core.Policy;

/// <summary>
/// Names organization groups: <c>*</c> for all, a uuid, a name, or the last names of a path (<c>Europe / Sales</c>).
/// Letter case does not matter. What is named stands for all that is below it, too.
/// </summary>
public sealed record GroupName(string Text)
{
    public static readonly GroupName All = new("*");

    /// <summary>The depth of <see cref="All"/>: farther than any group.</summary>
    public const int OfAll = -1;

    private readonly string[] _names = Text.Split('/', StringSplitOptions.TrimEntries);

    public bool IsAll => Text == "*";

    public bool Equals(GroupName? other) => other is not null && Text == other.Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;

    /// <summary>How far down the path the named group stands, the deepest where several are named so; null for nowhere.</summary>
    public int? DepthIn(OrganizationPath path)
    {
        if (IsAll)
        {
            return OfAll;
        }

        for (var depth = path.Groups.Count - 1; depth >= 0; depth--)
        {
            if (Names(path.Groups, depth))
            {
                return depth;
            }
        }

        return null;
    }

    private bool Names(IReadOnlyList<OrganizationGroup> groups, int depth)
    {
        if (string.Equals(groups[depth].Uuid, Text, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var first = depth - _names.Length + 1;
        return first >= 0
            && _names
                .Index()
                .All(name =>
                    string.Equals(groups[first + name.Index].Name, name.Item, StringComparison.OrdinalIgnoreCase)
                );
    }
}

/// <summary>All must hold; of each list one is enough, and an empty list asks for nothing.</summary>
/// <param name="Members">Names by what they name. What nothing is named of is not in it.</param>
public sealed record PolicyConditions(
    IReadOnlyList<DevicePlatform> Platforms,
    IReadOnlyList<DeviceOwnership> Ownerships,
    IReadOnlyDictionary<MemberOf, IReadOnlyList<string>> Members
)
{
    public static readonly PolicyConditions None = new([], [], new Dictionary<MemberOf, IReadOnlyList<string>>());

    public bool IsEmpty => Platforms.Count + Ownerships.Count + Members.Count == 0;

    /// <summary>The names of groups, or tags, that are asked for.</summary>
    public IReadOnlyList<string> Names(MemberOf kind) => Members.GetValueOrDefault(kind, []);

    public override string ToString() =>
        string.Join(
            ", ",
            new[]
            {
                Part("platform", Platforms.Select(PolicyWords.Of)),
                Part("ownership", Ownerships.Select(PolicyWords.Of)),
                Part("user group", Names(MemberOf.UserGroup)),
                Part("smart group", Names(MemberOf.SmartGroup)),
                Part("tag", Names(MemberOf.Tag)),
            }.OfType<string>()
        );

    private static string? Part(string name, IEnumerable<string> words) =>
        string.Join(" or ", words.Order(StringComparer.Ordinal)) is { Length: > 0 } joined ? $"{name} {joined}" : null;
}

/// <param name="Holds">Null: what is known of the device does not decide it.</param>
/// <param name="Depth">How near the named group is to the device: the larger, the nearer.</param>
public sealed record ScopeAnswer(bool? Holds, int Depth, string Why);

/// <summary>For which devices something holds.</summary>
public sealed record PolicyScope(GroupName Group, PolicyConditions When)
{
    public static readonly PolicyScope Everywhere = new(GroupName.All, PolicyConditions.None);

    public ScopeAnswer Ask(DeviceSubject subject)
    {
        if (Refuse(subject) is { } refused)
        {
            return new ScopeAnswer(false, GroupName.OfAll, refused);
        }

        var unknown = new List<string>();
        var depth = GroupName.OfAll;
        if (!Group.IsAll && subject.Place.Groups is null)
        {
            // Wherever the device is, a named group is nearer to it than all groups.
            depth = int.MaxValue;
            unknown.Add("the device's organization group");
        }
        else if (subject.Place.Groups is { } path)
        {
            if (Group.DepthIn(path) is not { } found)
            {
                return new ScopeAnswer(false, GroupName.OfAll, $"The device is not in {Group}.");
            }

            depth = found;
        }

        foreach (var (kind, names) in When.Members)
        {
            switch (subject.Place.In(kind).HasAny(names))
            {
                case false:
                    return new ScopeAnswer(false, GroupName.OfAll, $"{InNone(kind)}: {string.Join(", ", names)}.");
                case null:
                    unknown.Add(Open(kind));
                    break;
            }
        }

        return unknown.Count > 0
            ? new ScopeAnswer(null, depth, $"Not known yet: {string.Join(", and ", unknown)}.")
            : new ScopeAnswer(true, depth, Reason());
    }

    private string? Refuse(DeviceSubject subject) =>
        When.Platforms.Count > 0 && !When.Platforms.Contains(subject.Platform)
            ? $"It holds for {string.Join(", ", When.Platforms.Select(PolicyWords.Of))}; the device is "
                + $"{PolicyWords.Of(subject.Platform)}."
        : When.Ownerships.Count > 0 && !When.Ownerships.Contains(subject.Ownership)
            ? $"It holds for {string.Join(", ", When.Ownerships.Select(PolicyWords.Of))} devices; this one is "
                + $"{PolicyWords.Of(subject.Ownership)}."
        : null;

    private static string InNone(MemberOf kind) =>
        kind switch
        {
            MemberOf.UserGroup => "The device's user is in none of",
            MemberOf.SmartGroup => "The device is in none of the smart groups",
            _ => "The device carries none of the tags",
        };

    private static string Open(MemberOf kind) =>
        kind switch
        {
            MemberOf.UserGroup => "which user groups its user is in",
            MemberOf.SmartGroup => "which smart groups the device is in",
            _ => "which tags the device carries",
        };

    private string Reason()
    {
        var where = Group.IsAll ? "It holds for all groups" : $"The device is in {Group}";
        return When.IsEmpty ? $"{where}." : $"{where}, and all its conditions hold.";
    }
}
