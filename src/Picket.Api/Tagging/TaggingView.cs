using System.Text.Json.Serialization;

namespace Picket.Api;

/// <summary>How an integration's tags stand.</summary>
/// <param name="IntegrationId">The integration.</param>
/// <param name="Writing">True when Picket may write.</param>
/// <param name="Prefix">What the tags' names start with.</param>
/// <param name="Tags">One per level.</param>
/// <param name="LastRun">The newest tag run.</param>
/// <param name="Held">Tag runs that wait for a person.</param>
public sealed record TaggingView(
    Guid IntegrationId,
    bool Writing,
    string Prefix,
    IReadOnlyList<LevelTag> Tags,
    TagRunView? LastRun,
    IReadOnlyList<TagRunView> Held
)
{
    /// <summary>Another integration at the same UEM holds some of its devices, and its group is nearer: they are left to it.</summary>
    public bool LeavesSome { get; init; }

    /// <summary>Of some devices nobody can tell whether they are this integration's or another one's: none of them writes.</summary>
    public bool SomeUndecided { get; init; }
}

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

    /// <summary>Devices that would get a tag.</summary>
    public int Adds { get; init; }

    /// <summary>Devices that would lose a tag.</summary>
    public int Removes { get; init; }

    /// <summary>Devices that would change and are on the never-touch list: they are left as they are, and not counted above.</summary>
    public int NeverTouched { get; init; }

    /// <summary>Of these, those of which it is not known whether an entry names them.</summary>
    public int NeverTouchedInDoubt { get; init; }

    /// <summary>Calls to the UEM.</summary>
    public int Calls { get; init; }

    /// <summary>The brake that the run would meet; null when none.</summary>
    public TagBrake? Brake { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}

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
/// <param name="TagName">Name of the tag; it must be the name of a level's tag, in whatever case.</param>
public sealed record AdoptTag(string TagName);

/// <summary>What a tag run is to make true.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TagRunKind>))]
public enum TagRunKind
{
    /// <summary>Each judged device carries the tag of its level.</summary>
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

    /// <summary>Devices that were to get a tag.</summary>
    public int Adds { get; init; }

    /// <summary>Devices that were to lose a tag.</summary>
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

    /// <summary>The brake that holds it; null unless held.</summary>
    public TagBrake? Brake { get; init; }
}
