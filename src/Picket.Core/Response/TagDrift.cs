namespace Picket.Core.Response;

/// <summary>What somebody else did to a tag that is ours. Stored by number: never renumber, only add.</summary>
public enum DriftKind
{
    /// <summary>Devices that should carry it lost it.</summary>
    Lost = 0,

    /// <summary>Devices carry it that should not, and that we did not put it on.</summary>
    Carried = 1,

    /// <summary>It is called otherwise.</summary>
    Renamed = 2,

    /// <summary>It is gone from the UEM.</summary>
    Deleted = 3,

    /// <summary>A smart group named it, and does not any more.</summary>
    NotNamed = 4,

    /// <summary>A smart group that named it is gone.</summary>
    GroupGone = 5,

    /// <summary>A smart group names the number that it had before it was made anew.</summary>
    OldNumber = 6,

    /// <summary>Devices carry it, and no smart group that named it does any more.</summary>
    Unused = 7,

    /// <summary>Less hangs on a smart group that names it than before.</summary>
    FewerAssignments = 8,

    /// <summary>A compliance policy that is to act on tags is gone.</summary>
    PolicyGone = 9,
    PolicyInactive = 10,
    PolicyRenamed = 11,

    /// <summary>It is assigned to no device, though devices carry tags.</summary>
    PolicyUnassigned = 12,
}

/// <summary>What became of it. Stored by number: never renumber, only add.</summary>
public enum DriftState
{
    Open = 0,

    /// <summary>We made it as it was.</summary>
    Repaired = 1,

    /// <summary>A person said that it stays.</summary>
    Accepted = 2,

    /// <summary>It is over, and not by us: somebody put it back, or nothing asks for it any more.</summary>
    Gone = 3,
}

/// <summary>Devices of one tag whose tag others changed.</summary>
public sealed record DeviceDrift(IReadOnlyList<int> Lost, IReadOnlyList<int> Carried)
{
    public bool Any => Lost.Count + Carried.Count > 0;
}

/// <summary>A tag of ours as it was known.</summary>
/// <param name="Number">The UEM's.</param>
public sealed record KnownTag(Guid Id, int Number, string Name);

/// <param name="Now">How it is called now.</param>
public sealed record RenamedTag(KnownTag Tag, string Now);

/// <param name="Deleted">Not listed. That the listing was whole, and the tag is gone indeed, is for who asks to make sure of.</param>
public sealed record TagListDrift(IReadOnlyList<RenamedTag> Renamed, IReadOnlyList<KnownTag> Deleted);

/// <summary>
/// Tells what others did from what we did ourselves. What our ledger explains is ours, whatever became of its answer: only
/// what it does not explain is somebody else's.
/// </summary>
public static class TagDrift
{
    /// <summary>Who puts back the same for the fourth time within a day fights with somebody; then a person is asked.</summary>
    public const int MostRepairs = 3;
    public static readonly TimeSpan RepairWindow = TimeSpan.FromDays(1);

    /// <param name="before">Who carried it as last confirmed.</param>
    /// <param name="carrying">Who carries it by the reading.</param>
    /// <param name="ownWrites">
    /// By device our newest write of this tag that was marked as sent, also one that failed or has no answer: it may have
    /// come through late. A device of which the newest write says the same as the reading was changed by us.
    /// </param>
    public static DeviceDrift OfDevices(
        IReadOnlySet<int> before,
        IReadOnlySet<int> carrying,
        IReadOnlyDictionary<int, TagAction> ownWrites
    ) =>
        new(
            [.. before.Where(device => !carrying.Contains(device) && !IsOurs(device, TagAction.Remove, ownWrites))],
            [.. carrying.Where(device => !before.Contains(device) && !IsOurs(device, TagAction.Add, ownWrites))]
        );

    /// <summary>The same, asked before any write is looked up: whether there is anything to explain.</summary>
    public static IReadOnlyList<int> Changed(IReadOnlySet<int> before, IReadOnlySet<int> carrying) =>
        [.. before.Where(device => !carrying.Contains(device)), .. carrying.Where(device => !before.Contains(device))];

    /// <param name="known">Tags of ours that have a number.</param>
    /// <param name="listed">All tags of the organization group.</param>
    public static TagListDrift OfTags(IEnumerable<KnownTag> known, IEnumerable<ListedTag> listed)
    {
        var names = listed.ToLookup(tag => tag.Id, tag => tag.Name);
        var (renamed, deleted) = (new List<RenamedTag>(), new List<KnownTag>());
        foreach (var tag in known)
        {
            if (!names.Contains(tag.Number))
            {
                deleted.Add(tag);
            }
            else if (!names[tag.Number].Any(name => IsSame(name, tag.Name)))
            {
                renamed.Add(new RenamedTag(tag, names[tag.Number].First()));
            }
        }

        return new TagListDrift(renamed, deleted);
    }

    /// <param name="isWishTheSame">What is wanted of the device is what it was when the drift was seen.</param>
    /// <param name="ownWriteSince">Our newest write of this tag and device since then; null when there was none.</param>
    /// <returns>What became of it; null while it lasts.</returns>
    public static DriftState? Ended(DriftKind kind, bool carries, bool isWishTheSame, TagAction? ownWriteSince)
    {
        var (lasts, repair) = kind == DriftKind.Lost ? (!carries, TagAction.Add) : (carries, TagAction.Remove);
        return lasts && isWishTheSame ? null
            : !lasts && ownWriteSince == repair ? DriftState.Repaired
            : DriftState.Gone;
    }

    /// <summary>Whether a person is asked before anything is repaired.</summary>
    /// <param name="repairedLately">How often the same was repaired within <see cref="RepairWindow"/>.</param>
    public static bool Asks(DriftAnswer answer, int repairedLately) =>
        answer == DriftAnswer.Ask || repairedLately >= MostRepairs;

    /// <summary>Whether it is about what names a tag in the UEM, or is to act on it, and not about the tag.</summary>
    public static bool IsReference(DriftKind kind) => kind >= DriftKind.NotNamed;

    /// <summary>Whether a person can have it repaired: what is repaired by itself needs nobody's word.</summary>
    public static bool MayRepair(DriftKind kind, DriftState state, bool asks, bool isOver) =>
        !isOver
        && (!IsReference(kind) || kind is DriftKind.NotNamed or DriftKind.OldNumber)
        && (state == DriftState.Accepted || (state == DriftState.Open && asks));

    private static bool IsSame(string one, string other) =>
        one.Trim().Equals(other.Trim(), StringComparison.OrdinalIgnoreCase);

    private static bool IsOurs(int device, TagAction action, IReadOnlyDictionary<int, TagAction> writes) =>
        writes.TryGetValue(device, out var own) && own == action;
}
