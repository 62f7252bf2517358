using System.Globalization;
using Picket.Core.Policy;

namespace Picket.Core.Response;

/// <summary>What an entry of the never-touch list names. Stored by number: never renumber, only add.</summary>
public enum NeverTouchKind
{
    Device = 0,
    User = 1,
    UserGroup = 2,

    /// <summary>With all that is below it.</summary>
    OrganizationGroup = 3,
}

/// <summary>Somebody's word that some devices are left as they are.</summary>
/// <param name="Value">
/// Of a device its serial number, or its uuid where it has none; of a user the UEM's number; of a user group its name; of an
/// organization group its uuid, or its name, or the last names of its path.
/// </param>
public sealed record NeverTouchEntry(Guid Id, NeverTouchKind Kind, string Value, string Reason)
{
    /// <summary>A group that it named is gone, or is called otherwise now: nobody knows whom it means.</summary>
    public bool Lost { get; init; }

    internal bool? Names(NeverTouchSubject subject) =>
        NamesNow(subject) is true ? true
        : Lost ? null
        : NamesNow(subject);

    private bool? NamesNow(NeverTouchSubject subject) =>
        Kind switch
        {
            NeverTouchKind.Device => IsDevice(subject),
            NeverTouchKind.User => subject.User is { } user ? Is(Text(user)) : null,
            NeverTouchKind.UserGroup => subject.UserGroups.Has(Value),
            _ => subject.Groups is { } path ? new GroupName(Value).DepthIn(path) is not null : null,
        };

    private bool? IsDevice(NeverTouchSubject subject) =>
        subject.SerialNumber is not { } serial ? null
        : Is(serial) ? true
        : subject.Uuid is { } uuid ? Is(uuid.ToString())
        : Guid.TryParse(Value, out _) ? null
        : false;

    private bool Is(string value) => string.Equals(value.Trim(), Value.Trim(), StringComparison.OrdinalIgnoreCase);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What of a device says whether it is on the list.</summary>
/// <param name="SerialNumber">Empty: it has none. Null: not known.</param>
/// <param name="Uuid">The UEM's; null: not known. Its number is given to another device one day, so it names none.</param>
/// <param name="User">The UEM's number of its user; null: not known.</param>
/// <param name="Groups">Null: not known.</param>
public sealed record NeverTouchSubject(
    string? SerialNumber,
    Guid? Uuid,
    long? User,
    OrganizationPath? Groups,
    Memberships UserGroups
)
{
    /// <summary>In no inventory: whatever an entry names, it may be this one.</summary>
    public static readonly NeverTouchSubject NotKnown = new(null, null, null, null, Memberships.NotKnown);
}

/// <summary>A device that is left as it is.</summary>
/// <param name="IsCertain">False: whether the entry names it is not known, which counts as if it did.</param>
public sealed record NeverTouched(NeverTouchEntry Entry, bool IsCertain);

/// <summary>Picket writes nothing about a device that is on the list: no tag on, none off, no message.</summary>
public static class NeverTouch
{
    /// <returns>The entry by which it is on the list, one that certainly names it first; null where it is not.</returns>
    public static NeverTouched? Of(IEnumerable<NeverTouchEntry> entries, NeverTouchSubject subject)
    {
        NeverTouched? open = null;
        foreach (var entry in entries)
        {
            switch (entry.Names(subject))
            {
                case true:
                    return new NeverTouched(entry, IsCertain: true);
                case null:
                    open ??= new NeverTouched(entry, IsCertain: false);
                    break;
            }
        }

        return open;
    }
}
