using System.Text.Json.Serialization;

namespace Picket.Api;

/// <summary>What a hunt looks for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HuntKind>))]
public enum HuntKind
{
    /// <summary>One app, by its exact bundle or package id.</summary>
    App,

    /// <summary>
    /// Apps whose id fits a pattern: <c>*</c> for any letters, <c>?</c> for one (<c>com.example.*</c>), letter case
    /// ignored; or a regular expression between slashes.
    /// </summary>
    AppPattern,

    /// <summary>
    /// A version of an operating system or a range of them, with or without its name: <c>18.5</c>, <c>&lt;18.6</c>,
    /// <c>iOS 17..18.5</c>, <c>Android &gt;=13 &lt;15</c>. <c>Apple</c> are iPhones and iPads, <c>Mobile</c> these and Android.
    /// </summary>
    OsVersion,

    /// <summary>A security patch level of Android or a range of them: <c>2026-05-01</c>, <c>&lt;2026-05-01</c>.</summary>
    PatchLevel,

    /// <summary>
    /// A model: its identifier (<c>iPhone14,2</c>) or its name as the UEM writes it; letter case, blanks, maker and storage
    /// size do not count.
    /// </summary>
    Model,

    /// <summary>
    /// Every indicator of apps, system versions, patch levels and models in the version in force of a feed, by the feed's
    /// name.
    /// </summary>
    Feed,

    /// <summary>A signing certificate: answered with why a UEM cannot tell.</summary>
    Certificate,

    /// <summary>A configuration profile: answered with why Picket cannot tell.</summary>
    Profile,

    /// <summary>A file hash: answered with why a UEM cannot tell.</summary>
    FileHash,

    /// <summary>A domain: answered with why a UEM cannot tell.</summary>
    Domain,
}

/// <summary>Which of the devices that a hunt found.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HuntState>))]
public enum HuntState
{
    /// <summary>Those that have it, or had it.</summary>
    Ever,

    /// <summary>Those that have it, as last read.</summary>
    Now,

    /// <summary>Those that had it and have it no more, devices that left the fleet among them.</summary>
    Had,

    /// <summary>Of a saved hunt: those that a run found and nobody has looked at.</summary>
    New,
}

/// <summary>What a hunt came to, over the devices that the caller may see.</summary>
public sealed record HuntAnswer
{
    /// <summary>What was looked for.</summary>
    public required HuntKind Kind { get; init; }

    /// <summary>The value that was looked for.</summary>
    public required string Value { get; init; }

    /// <summary>False when nothing that a UEM tells can answer it; <see cref="Note"/> says why, and the counts say nothing.</summary>
    public required bool Testable { get; init; }

    /// <summary>Devices that have it, as last read.</summary>
    public int Now { get; init; }

    /// <summary>Devices that had it and have it no more.</summary>
    public int Had { get; init; }

    /// <summary>
    /// Personal apps that are kept as keyed hashes, and of which this hunt says nothing, by presence on devices: for
    /// <see cref="HuntKind.AppPattern"/> all of them, for <see cref="HuntKind.Feed"/> those that were not read since its
    /// patterns are in force.
    /// </summary>
    public int UnansweredApps { get; init; }

    /// <summary>The devices that these are on.</summary>
    public int UnansweredDevices { get; init; }

    /// <summary>Devices in the fleet of which what is asked about is not known: the answer says nothing of them.</summary>
    public int NotSeen { get; init; }

    /// <summary>What the answer does not cover, for people; null when it covers every device that the caller sees.</summary>
    public string? Note { get; init; }
}

/// <summary>A device that has or had what a hunt looks for. Between two <see cref="Periods"/> it was not there.</summary>
public sealed record HuntHit
{
    /// <summary>Picket's id of the device.</summary>
    public required Guid DeviceId { get; init; }

    /// <summary>The integration.</summary>
    public required Guid IntegrationId { get; init; }

    /// <summary>Friendly name.</summary>
    public required string DeviceName { get; init; }

    /// <summary>Sign-in name of its user; null where the UEM names none.</summary>
    public string? User { get; init; }

    /// <summary>Picket's id of that user; null where the user is not among those that were read.</summary>
    public Guid? UserId { get; init; }

    /// <summary>
    /// What matched: an app id, a version, a patch level, a model; of an app that is kept as a hash, the asked id. Up to three
    /// of them where there are more.
    /// </summary>
    public required string Value { get; init; }

    /// <summary>Version of the app in the latest period; null for other hunts, and where it is not known.</summary>
    public string? Version { get; init; }

    /// <summary>True when it was there at the last reading and the device is in the fleet.</summary>
    public required bool HasNow { get; init; }

    /// <summary>The reading that saw it first, in the oldest period. It came between <see cref="NotBefore"/> and this.</summary>
    public required DateTimeOffset FirstSeenAt { get; init; }

    /// <summary>The latest reading before that lacked it; null when none is known, as at the first reading of a device.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>When it was last read of the device; null when it is not there any more.</summary>
    public DateTimeOffset? LastSeenAt { get; init; }

    /// <summary>The reading that lacked it, or the device; null while it is there. It went before this.</summary>
    public DateTimeOffset? GoneBy { get; init; }

    /// <summary>
    /// Each time in which readings saw it without one between them that lacked it: those that ended first before the others,
    /// those that last at the end, 20 at most. Each app, and each attribute, has periods of its own.
    /// </summary>
    public IReadOnlyList<HuntPeriod> Periods { get; set; } = [];

    /// <summary>How many more there were before these.</summary>
    public int EarlierPeriods { get; init; }
}

/// <summary>One time in which a device had what a hunt looks for.</summary>
public sealed record HuntPeriod
{
    /// <summary>What matched.</summary>
    public required string Value { get; init; }

    /// <summary>The last version of the app in it; null for other hunts, and where it is not known.</summary>
    public string? Version { get; init; }

    /// <summary>The reading that saw it first.</summary>
    public required DateTimeOffset FirstSeenAt { get; init; }

    /// <summary>The latest reading before that lacked it; null when none is known.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>When it was last read of the device; null when it is not there any more.</summary>
    public DateTimeOffset? LastSeenAt { get; init; }

    /// <summary>The reading that lacked it, or the device; null while it is there.</summary>
    public DateTimeOffset? GoneBy { get; init; }
}

/// <summary>A hunt to keep. It runs now, after each full sync run, and after each change of a feed.</summary>
/// <param name="Name">1 to 100 characters; unique (409).</param>
/// <param name="Kind">What it looks for; one that a UEM cannot tell is refused (400).</param>
/// <param name="Value">The value, up to 256 characters; see <see cref="HuntKind"/>.</param>
/// <param name="Owner">Who answers for it: a person or a team, 1 to 100 characters.</param>
/// <param name="Reason">Why it is kept, 1 to 500 characters.</param>
public sealed record SaveHunt(string Name, HuntKind Kind, string Value, string Owner, string Reason);

/// <summary>A saved hunt with what its last run came to, over the devices that the caller may see.</summary>
public sealed record SavedHunt
{
    /// <summary>Picket's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it looks for.</summary>
    public required HuntKind Kind { get; init; }

    /// <summary>The value that it looks for.</summary>
    public required string Value { get; init; }

    /// <summary>Who answers for it.</summary>
    public required string Owner { get; init; }

    /// <summary>Why it is kept.</summary>
    public required string Reason { get; init; }

    /// <summary>When it was saved.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last ran; null before its first run.</summary>
    public DateTimeOffset? LastRunAt { get; init; }

    /// <summary>Devices that had it at the last run.</summary>
    public int Now { get; init; }

    /// <summary>Devices of which the last run knew that they had had it.</summary>
    public int Had { get; init; }

    /// <summary>Devices that a run after the first one found, and nobody has looked at yet.</summary>
    public int New { get; init; }

    /// <summary>Devices in the fleet of which what is asked about is not known now: the counts say nothing of them.</summary>
    public int NotSeen { get; init; }

    /// <summary>Personal apps that are kept as keyed hashes, and of which the counts say nothing, as in <see cref="HuntAnswer"/>.</summary>
    public int UnansweredApps { get; init; }

    /// <summary>The devices that these are on.</summary>
    public int UnansweredDevices { get; init; }

    /// <summary>What the last run could not do, for people; null when nothing.</summary>
    public string? Note { get; init; }
}

/// <summary>An indicator that a version of a feed added, and that a device has or had.</summary>
/// <param name="Kind">Kind of the indicator, e.g. <c>AppId</c>.</param>
/// <param name="Value">Its value.</param>
/// <param name="Name">What the feed calls the threat.</param>
/// <param name="Now">Devices that have what it matches, as last read.</param>
/// <param name="Had">Devices that had it and have it no more.</param>
/// <param name="Hunt">Kind of the hunt that lists these devices.</param>
/// <param name="HuntValue">Value of that hunt.</param>
public sealed record FeedHuntRow(
    string Kind,
    string Value,
    string Name,
    int Now,
    int Had,
    HuntKind Hunt,
    string HuntValue
);
