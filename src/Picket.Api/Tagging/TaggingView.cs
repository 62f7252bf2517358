using System.Text.Json.Serialization;

namespace Picket.Api;

/// <summary>How an integration's tags stand.</summary>
/// <param name="IntegrationId">The integration.</param>
/// <param name="Writing">True when Picket may write.</param>
/// <param name="Prefix">What the tags' names start with.</param>
/// <param name="Tags">One per level.</param>
/// <param name="LastRun">The newest tag run.</param>
/// <param name="Held">Tag runs that wait for a person.</param>
/// <param name="DetectionToTag">How fast tags followed the verdicts; null until one did.</param>
public sealed record TaggingView(
    Guid IntegrationId,
    bool Writing,
    string Prefix,
    IReadOnlyList<LevelTag> Tags,
    TagRunView? LastRun,
    IReadOnlyList<TagRunView> Held,
    DetectionToTag? DetectionToTag = null
)
{
    /// <summary>Tags of the sets of the policy in force, in its order: of each set a device carries at most one.</summary>
    public IReadOnlyList<SetTag> Sets { get; set; } = [];

    /// <summary>Another integration at the same UEM holds some of its devices, and its group is nearer: they are left to it.</summary>
    public bool LeavesSome { get; init; }

    /// <summary>Of some devices nobody can tell whether they are this integration's or another one's: none of them writes.</summary>
    public bool SomeUndecided { get; init; }
}

/// <summary>A tag of one of the policy's sets.</summary>
/// <param name="Set">The set's name: its purpose.</param>
/// <param name="Name">Name of the tag.</param>
/// <param name="UemId">Number in the UEM; null while it does not exist.</param>
/// <param name="State">Whose it is.</param>
/// <param name="Devices">Devices that have it, as last confirmed.</param>
public sealed record SetTag(string Set, string Name, long? UemId, TagState State, int Devices);

/// <summary>
/// From the moment that a change of a device's verdict was known until its first tag call was on the wire. What waited for a
/// person, a brake, the end of a stop of all writes, or after a run that failed, is not among it.
/// </summary>
/// <param name="Devices">Changes that were counted.</param>
/// <param name="P50Milliseconds">Half of them took no longer; at most a tenth too long, never too short.</param>
/// <param name="P99Milliseconds">All but one in a hundred took no longer.</param>
/// <param name="Days">Over how many days, today included.</param>
public sealed record DetectionToTag(long Devices, double P50Milliseconds, double P99Milliseconds, int Days);

/// <summary>The tag of one level.</summary>
/// <param name="Level">The level.</param>
/// <param name="Name">Name of the tag.</param>
/// <param name="UemId">Number in the UEM; null while it does not exist.</param>
/// <param name="State">Whose it is.</param>
/// <param name="Devices">Devices that have it, as last confirmed.</param>
public sealed record LevelTag(Level Level, string Name, long? UemId, TagState State, int Devices);

/// <summary>Whose a tag is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TagState>))]
public enum TagState
{
    /// <summary>Does not exist yet; the first tag run makes it.</summary>
    Missing,

    /// <summary>Made by Picket.</summary>
    Created,

    /// <summary>Was there before, and a person told Picket to own it.</summary>
    Adopted,

    /// <summary>Was there before Picket; nothing is written with it until a person adopts it.</summary>
    Foreign,
}

/// <summary>What a tag run would do. It can be accepted for a day, while the settings that it was made for stay.</summary>
public sealed record TagPreview
{
    /// <summary>Picket's id, for accepting it.</summary>
    public required Guid Id { get; init; }

    /// <summary>The integration.</summary>
    public required Guid IntegrationId { get; init; }

    /// <summary>Devices per level.</summary>
    public required LevelCounts PerLevel { get; init; }

    /// <summary>Tags that would be made.</summary>
    public required IReadOnlyList<string> TagsToCreate { get; init; }

    /// <summary>Tags with our names that are not ours; they must be adopted first.</summary>
    public IReadOnlyList<string> ForeignTags { get; set; } = [];

    /// <summary>Devices whose tags would change, each once.</summary>
    public int Changed { get; init; }

    /// <summary>Devices that would get a tag, each once however many it would get.</summary>
    public int Adds { get; init; }

    /// <summary>Devices that would lose a tag.</summary>
    public int Removes { get; init; }

    /// <summary>Devices that would change and are on the never-touch list: they are left as they are, and not counted above.</summary>
    public int NeverTouched { get; init; }

    /// <summary>Of these, those of which it is not known whether an entry names them.</summary>
    public int NeverTouchedInDoubt { get; init; }

    /// <summary>The same tag by tag: those that would be put on devices or taken off.</summary>
    public IReadOnlyList<TagPreviewLine> PerTag { get; set; } = [];

    /// <summary>Calls to the UEM.</summary>
    public int Calls { get; init; }

    /// <summary>The brake that the run would meet; null when none.</summary>
    public TagBrake? Brake { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What would become of one tag.</summary>
/// <param name="Set">The policy's set that it is of, or was of; null for the set of levels.</param>
/// <param name="Tag">Name of the tag.</param>
/// <param name="Adds">Devices that would get it.</param>
/// <param name="Removes">Devices that would lose it.</param>
public sealed record TagPreviewLine(string? Set, string Tag, int Adds, int Removes);

/// <summary>The brake: more tags of the fleet would change than is believable.</summary>
/// <param name="Changed">Devices whose tags would change.</param>
/// <param name="Devices">Enrolled devices of the fleet.</param>
/// <param name="Share">Changed and recent of devices, 0 to 1.</param>
/// <param name="Limit">
/// The share that goes without asking, 0 to 1. Another limit may hold the run, see <see cref="TagBrakeSettings"/>; the run's
/// reasons say which.
/// </param>
/// <param name="Recent">Other devices whose tags changed within the last hour; they count along.</param>
public sealed record TagBrake(int Changed, int Devices, double Share, double Limit, int Recent = 0);

/// <summary>Tells Picket to own a tag that it did not make.</summary>
/// <param name="TagName">Name of the tag; it must be the name of a level's tag, or of one of the policy's sets, in whatever case.</param>
public sealed record AdoptTag(string TagName);

/// <summary>What a tag run is to make true.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TagRunKind>))]
public enum TagRunKind
{
    /// <summary>Each judged device carries the tag of its level, and those of the policy's sets that its verdict asks for.</summary>
    Levels,

    /// <summary>No device carries a tag of Picket's.</summary>
    CleanUp,
}

/// <summary>Filter of the tag runs.</summary>
public sealed record TagRunFilter
{
    /// <summary>Only this integration; a removed one's runs are kept.</summary>
    public Guid? IntegrationId { get; init; }

    /// <summary>Only this state.</summary>
    public RunState? State { get; init; }

    /// <summary>Where to go on.</summary>
    public string? Cursor { get; init; }

    /// <summary>Rows of one page, 1 to 500; 100 when absent.</summary>
    public int? Limit { get; init; }
}

/// <summary>One writing of tags.</summary>
public sealed record TagRunView
{
    /// <summary>Picket's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The integration.</summary>
    public required Guid IntegrationId { get; init; }

    /// <summary>What it is to make true.</summary>
    public TagRunKind Kind { get; set; }

    /// <summary>Where it stands.</summary>
    public required RunState State { get; init; }

    /// <summary>Tags that were to be put on devices, each device and tag counted.</summary>
    public int Adds { get; init; }

    /// <summary>Tags that were to be taken off devices.</summary>
    public int Removes { get; init; }

    /// <summary>Changes that were read back.</summary>
    public int Confirmed { get; init; }

    /// <summary>Changes that the UEM refused, or that were not so when read back; the ledger names each. They are tried again.</summary>
    public int Failed { get; init; }

    /// <summary>Calls sent to the UEM.</summary>
    public int UemCalls { get; init; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset QueuedAt { get; init; }

    /// <summary>When it began to work.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it is incomplete, failed, held or cancelled, one sentence each with the next step.</summary>
    public IReadOnlyList<string> IncompleteReasons { get; set; } = [];

    /// <summary>
    /// The version of the policy under which it is the first run that changes something, which is always held; null for
    /// another run.
    /// </summary>
    public int? FirstUnderPolicy { get; init; }

    /// <summary>
    /// Which showing of the held run this is, from 1; null unless held. It is planned and shown anew where a stop of all writes
    /// took a word back: a yes names the showing that it is for.
    /// </summary>
    public int? Showing { get; init; }

    /// <summary>Devices that changed after the run was shown: they were left to the next run, which the brakes look at again.</summary>
    public int NotShown { get; init; }

    /// <summary>The brake that holds it; null unless held.</summary>
    public TagBrake? Brake { get; init; }
}
