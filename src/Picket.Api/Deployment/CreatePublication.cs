using System.Text.Json.Serialization;

namespace Picket.Api;

/// <summary>An app to publish. It has to be in the UEM's catalogue.</summary>
public sealed record CreatePublication
{
    /// <summary>What people call it, and part of the assignments' names in the UEM; 1 to 60 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Unique id of the app in the UEM; it or the bundle id is needed.</summary>
    public Guid? AppUuid { get; init; }

    /// <summary>Bundle id or package name.</summary>
    public string? BundleId { get; init; }

    /// <summary>Which of several apps with that bundle id; any when absent.</summary>
    public PublishedAppKind? Kind { get; init; }

    /// <summary>Who gets it, in this order: the canary ring first. 1 to 20.</summary>
    public required IReadOnlyList<RingInput> Rings { get; init; }

    /// <summary>How it comes to the devices.</summary>
    public AppDelivery Delivery { get; init; }

    /// <summary>Whether its user may not take the app off the device.</summary>
    public bool PreventRemoval { get; init; }

    /// <summary>
    /// Lets the licences of a purchased app go to devices instead of people, before the first ring is written. The UEM
    /// offers no way back, and an undo does not take it back. 422 for other kinds of app.
    /// </summary>
    public bool DeviceLicences { get; init; }

    /// <summary>What the app is told on the device. Everybody who holds a device can read it. At most 100 keys.</summary>
    public IReadOnlyList<ConfigurationKey> Configuration { get; set; } = [];

    /// <summary>When the next ring begins.</summary>
    public RingRuleSet Rules { get; set; } = new();
}

/// <summary>
/// A step of a publication: the devices of smart groups that are already in the UEM, or a share of them; or those of the
/// people in user groups.
/// </summary>
/// <param name="Name">Unlike that of any other ring of the publication; 1 to 60 characters.</param>
/// <param name="SmartGroups">
/// 1 to 10, none where there are user groups: each by its unique or numeric id in the UEM, or its whole name; as the inventory knows it. One may come again
/// in a later ring with a larger share, or without one.
/// </param>
/// <param name="SharePercent">
/// 1 to 99: Picket makes a smart group in the UEM with so many percent of the groups' devices, as they are when the ring
/// begins, and deletes it with the undo. The choice is the same however often it is made, and a larger share holds the
/// smaller one. Null: everybody in the groups, also who comes later; a last ring is best one of these.
/// </param>
public sealed record RingInput(string Name, IReadOnlyList<string> SmartGroups, int? SharePercent = null)
{
    /// <summary>
    /// Up to 10 user groups in place of smart groups, each by its numeric id in the UEM or its whole name; as the inventory
    /// knows it. Picket makes a smart group of them in the UEM, which follows who joins and leaves, and deletes it with the
    /// undo. A share of them is not offered.
    /// </summary>
    public IReadOnlyList<string> UserGroups { get; set; } = [];
}

/// <summary>One setting of an app's configuration.</summary>
public sealed record ConfigurationKey
{
    /// <summary>As the app knows it; the case counts. 1 to 255 characters.</summary>
    public required string Key { get; init; }

    /// <summary>How the app reads it.</summary>
    public ConfigurationValueType Type { get; init; }

    /// <summary>The value. Names in braces, such as <c>{DeviceUid}</c>, are filled in by the UEM for each device.</summary>
    public string Value { get; set; } = "";

    /// <summary>Keys within this one; of bundles, which are Android's.</summary>
    public IReadOnlyList<ConfigurationKey> Nested { get; set; } = [];
}

/// <summary>When a ring is good enough for the next one to begin, and when it is bad enough to pause.</summary>
public sealed record RingRuleSet
{
    /// <summary>How long a ring is watched at least, in minutes; 0 to 43,200.</summary>
    public int WatchMinutes { get; set; } = 1440;

    /// <summary>After so many hours a ring that is not good enough pauses the publication; 1 to 2,160.</summary>
    public int DeadlineHours { get; set; } = 168;

    /// <summary>Share of a ring's devices that must have the app, in percent; 1 to 100.</summary>
    public int InstalledPercent { get; set; } = 90;

    /// <summary>Share of a ring's devices on which it may fail, in percent; 0 to 100. One device is always allowed.</summary>
    public int FailedPercent { get; set; } = 5;

    /// <summary>Share of a ring's devices whose verdict may get worse, in percent; 0 to 100. One device is always allowed.</summary>
    public int WorsenedPercent { get; set; } = 5;
}

/// <summary>Goes on with a publication that is paused.</summary>
public sealed record ResumePublication
{
    /// <summary>What to do where somebody changed, removed or renamed what Picket added.</summary>
    public TouchedByOthers Touched { get; init; }

    /// <summary>Begin the next ring now, whatever is known of the last one.</summary>
    public bool NextRing { get; init; }
}

/// <summary>Takes back what a publication added.</summary>
/// <param name="Touched">What to do where somebody changed, removed or renamed what Picket added.</param>
public sealed record UndoPublication(TouchedByOthers Touched = TouchedByOthers.Stop);

/// <summary>What becomes of an assignment of Picket that somebody else changed in the UEM.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TouchedByOthers>))]
public enum TouchedByOthers
{
    /// <summary>The publication pauses and says which one it is.</summary>
    Stop,

    /// <summary>It is written as it was wanted, or taken out by an undo.</summary>
    Overwrite,

    /// <summary>It is theirs from now on: Picket neither changes nor removes it any more.</summary>
    Leave,
}

/// <summary>Where an app comes from.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PublishedAppKind>))]
public enum PublishedAppKind
{
    /// <summary>A file that the organization uploaded.</summary>
    Internal,

    /// <summary>A public store.</summary>
    Public,

    /// <summary>Bought in volume: every device takes a licence.</summary>
    Purchased,
}

/// <summary>How an app comes to the devices.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AppDelivery>))]
public enum AppDelivery
{
    /// <summary>By itself.</summary>
    Automatic,

    /// <summary>When the user asks for it in the catalogue.</summary>
    OnDemand,
}

/// <summary>How an app reads a value of its configuration.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ConfigurationValueType>))]
public enum ConfigurationValueType
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    WholeNumber,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>Keys within a key; Android only.</summary>
    Bundle,

    /// <summary>Several bundles; Android only.</summary>
    BundleArray,
}
