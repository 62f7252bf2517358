namespace Picket.Core.Policy;

/// <summary>What a policy can ask a device, or its user, to be a member of.</summary>
public enum MemberOf
{
    UserGroup,
    SmartGroup,

    /// <summary>Who carries a tag counts as its member.</summary>
    Tag,
}

/// <summary>
/// What is known of a device's membership, name by name: one group may be read while another is not. Letter case does not
/// matter.
/// </summary>
/// <param name="isIn">Names of what it is in. Compares without letter case.</param>
/// <param name="open">Names of which it is not known; null: all but those that it is in. Compares without letter case.</param>
public sealed class Memberships(IReadOnlySet<string> isIn, IReadOnlySet<string>? open)
{
    public static readonly IReadOnlySet<string> NoNames = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    public static readonly Memberships NotKnown = new(NoNames, null);

    /// <summary>Known to be in nothing.</summary>
    public static readonly Memberships None = new(NoNames, NoNames);

    /// <summary>In these, and in nothing else.</summary>
    public static Memberships Of(params IEnumerable<string> names) =>
        new(names.ToHashSet(StringComparer.OrdinalIgnoreCase), NoNames);

    /// <returns>Null: not known.</returns>
    public bool? Has(string name) =>
        isIn.Contains(name) ? true
        : open?.Contains(name) is not false ? null
        : false;

    /// <summary>One is enough, and to be in none is only known when each is known.</summary>
    /// <returns>Null: not known.</returns>
    public bool? HasAny(IEnumerable<string> names)
    {
        bool? any = false;
        foreach (var name in names)
        {
            switch (Has(name))
            {
                case true:
                    return true;
                case null:
                    any = null;
                    break;
            }
        }

        return any;
    }
}
