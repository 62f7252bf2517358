using System.Text.Json.Serialization;

namespace Picket.Api;

/// <summary>Where a publication stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PublicationState>))]
public enum PublicationState
{
    /// <summary>Made, and not started: the UEM knows nothing of it.</summary>
    Draft,

    /// <summary>A ring is being written or watched.</summary>
    Running,

    /// <summary>No further ring begins until a person says so; what is assigned stays. <see cref="PublicationView.Reason"/> says why.</summary>
    Paused,

    /// <summary>The last ring is good.</summary>
    Completed,

    /// <summary>What Picket added is being taken out.</summary>
    Undoing,

    /// <summary>Nothing of it is in the UEM any more.</summary>
    Undone,
}

/// <summary>Where a ring stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RingState>))]
public enum RingState
{
    /// <summary>Its turn has not come.</summary>
    Waiting,

    /// <summary>Its assignment is being written, or the answer is being looked for.</summary>
    Writing,

    /// <summary>Its assignment is in the UEM; the devices are watched.</summary>
    Watching,

    /// <summary>It was good enough, or a person went on.</summary>
    Done,

    /// <summary>Somebody changed its assignment in the UEM, and it was left to them.</summary>
    Left,
}

/// <summary>An app on its way to the devices, ring by ring.</summary>
public sealed record PublicationView
{
    /// <summary>Picket's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The integration.</summary>
    public required Guid IntegrationId { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>Unique id of the app in the UEM.</summary>
    public required Guid AppUuid { get; init; }

    /// <summary>The app's name in the UEM.</summary>
    public required string AppName { get; init; }

    /// <summary>Bundle id or package name; null where the UEM tells none.</summary>
    public string? BundleId { get; init; }

    /// <summary>Where the app comes from.</summary>
    public required PublishedAppKind Kind { get; init; }

    /// <summary>How it comes to the devices.</summary>
    public required AppDelivery Delivery { get; init; }

    /// <summary>Whether its user may not take the app off the device.</summary>
    public bool PreventRemoval { get; init; }

    /// <summary>Whether the licences of a purchased app are let go to devices.</summary>
    public bool DeviceLicences { get; init; }

    /// <summary>What the app is told on the device.</summary>
    public IReadOnlyList<ConfigurationKey> Configuration { get; set; } = [];

    /// <summary>When the next ring begins.</summary>
    public RingRuleSet Rules { get; set; } = new();

    /// <summary>Where it stands.</summary>
    public required PublicationState State { get; init; }

    /// <summary>Why it is paused, what it waits for, or what an undo left in the UEM; null where there is nothing to say.</summary>
    public string? Reason { get; init; }

    /// <summary>An undo began. Where it is paused, to resume it is to go on with the undo.</summary>
    public bool TakingBack { get; init; }

    /// <summary>
    /// What somebody else wrote into the app's assignments while Picket did, the last time that this was found; it was
    /// left as it is. Null: it was never found.
    /// </summary>
    public ForeignChangeView? ForeignChange { get; init; }

    /// <summary>The rings, the first one first.</summary>
    public IReadOnlyList<RingView> Rings { get; set; } = [];

    /// <summary>When the devices' install states were last read; null before.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>When somebody started it; null before.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When something is done about it next; null when nothing happens by itself.</summary>
    public DateTimeOffset? GoesOnAt { get; init; }

    /// <summary>When it was completed or taken back; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}

/// <summary>A ring and how it is doing. What was not read is null, never 0.</summary>
public sealed record RingView
{
    /// <summary>Name within the publication.</summary>
    public required string Name { get; init; }

    /// <summary>Its smart groups, as they were when the publication was made.</summary>
    public IReadOnlyList<RingSmartGroup> SmartGroups { get; set; } = [];

    /// <summary>Names of its user groups, as they were when the publication was made; empty where it has smart groups.</summary>
    public IReadOnlyList<string> UserGroups { get; set; } = [];

    /// <summary>Percent of the groups' devices, 1 to 99; null: all of them.</summary>
    public int? SharePercent { get; init; }

    /// <summary>The smart group that Picket made for the share or the user groups; null before, where none is needed, and when it is gone.</summary>
    public MadeSmartGroup? MadeGroup { get; init; }

    /// <summary>Where it stands.</summary>
    public required RingState State { get; init; }

    /// <summary>When its assignment was confirmed in the UEM, or it was last resumed.</summary>
    public DateTimeOffset? BeganAt { get; init; }

    /// <summary>Devices of the ring that the UEM assigns the app to.</summary>
    public int? Assigned { get; init; }

    /// <summary>Of these, devices that have it.</summary>
    public int? Installed { get; init; }

    /// <summary>Of these, devices on which it failed.</summary>
    public int? Failed { get; init; }

    /// <summary>Of these, devices whose verdict is worse than when the ring began.</summary>
    public int? Worsened { get; init; }
}

/// <summary>A smart group of a ring.</summary>
/// <param name="Uuid">Unique id in the UEM.</param>
/// <param name="Name">Its name when the publication was made.</param>
public sealed record RingSmartGroup(Guid Uuid, string Name);

/// <summary>A smart group that Picket made in the UEM for a ring.</summary>
/// <param name="Uuid">Unique id in the UEM.</param>
/// <param name="Name">Its name, that of the ring's assignment.</param>
/// <param name="Devices">Devices that it was made of; of user groups, those that were in it then.</param>
public sealed record MadeSmartGroup(Guid Uuid, string Name, int Devices);

/// <summary>What somebody else changed in an app's assignments, by the names that they have there; empty where one has none.</summary>
public sealed record ForeignChangeView
{
    /// <summary>When it was found.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Assignments that came.</summary>
    public IReadOnlyList<string> Added { get; set; } = [];

    /// <summary>Assignments that went.</summary>
    public IReadOnlyList<string> Removed { get; set; } = [];

    /// <summary>Assignments that look otherwise.</summary>
    public IReadOnlyList<string> Changed { get; set; } = [];

    /// <summary>Their order changed, or what stands beside them, such as excluded smart groups.</summary>
    public bool Rest { get; init; }
}

/// <summary>Which publications to list.</summary>
public sealed record PublicationFilter
{
    /// <summary>Only those of this integration.</summary>
    public Guid? IntegrationId { get; init; }

    /// <summary>Only those in this state.</summary>
    public PublicationState? State { get; init; }

    /// <summary>Where to go on: <see cref="Page{T}.Next"/> of the page before.</summary>
    public string? Cursor { get; init; }

    /// <summary>Rows of one page, 1 to 500; 100 when absent.</summary>
    public int? Limit { get; init; }
}

/// <summary>What a publication would do in the UEM as it is now.</summary>
public sealed record PublicationPreview
{
    /// <summary>Why it could not be written; null when it could.</summary>
    public string? Stop { get; init; }

    /// <summary>What each ring would get.</summary>
    public IReadOnlyList<RingPreview> Rings { get; set; } = [];

    /// <summary>Assignments that others made, by name, in the order in which they count. They stay as they are.</summary>
    public IReadOnlyList<string> Foreign { get; set; } = [];

    /// <summary>Assignments of others that come first for a ring's smart group: its devices get the app by them, without Picket's configuration.</summary>
    public IReadOnlyList<ShadowView> Shadows { get; set; } = [];

    /// <summary>Mistakes of the configuration; with one it does not start.</summary>
    public IReadOnlyList<string> Mistakes { get; set; } = [];

    /// <summary>What the first ring brings that no undo takes back, in words; empty when there is nothing such.</summary>
    public IReadOnlyList<string> NoWayBack { get; set; } = [];

    /// <summary>Licences of a purchased app; null for other kinds.</summary>
    public LicenceView? Licences { get; init; }
}

/// <summary>What a ring would get.</summary>
/// <param name="Ring">Name of the ring.</param>
/// <param name="Assignment">Name of its assignment in the UEM.</param>
/// <param name="IsThere">Whether it is in the UEM already.</param>
/// <param name="Devices">Devices of it that can have the app and that no earlier ring has; null when they could not be counted.</param>
/// <param name="IsExcluded">Whether the app's list excludes a smart group of it: then the devices of that get nothing.</param>
/// <param name="MakesGroup">Whether Picket first makes a smart group, of the assignment's name, for its share or its user groups.</param>
public sealed record RingPreview(
    string Ring,
    string Assignment,
    bool IsThere,
    int? Devices,
    bool IsExcluded,
    bool MakesGroup = false
);

/// <summary>An assignment of somebody else that comes first.</summary>
/// <param name="Ring">Name of the ring.</param>
/// <param name="Foreign">Name of the assignment; null where it has none.</param>
public sealed record ShadowView(string Ring, string? Foreign);

/// <summary>Licences of a purchased app.</summary>
/// <param name="Total">Bought; null when the UEM does not say.</param>
/// <param name="Free">Free for this publication; null when the UEM does not say.</param>
/// <param name="Needed">What all rings together still need; null when their devices could not be counted.</param>
/// <param name="Lack">Why a ring would get none, and what to do; null when there are enough.</param>
public sealed record LicenceView(int? Total, int? Free, int? Needed, string? Lack);
