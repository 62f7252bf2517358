using System.Text.Json.Serialization;

namespace Picket.Api;

/// <summary>What others changed about a tag of Picket's.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DriftKind>))]
public enum DriftKind
{
    /// <summary>Devices that should carry the tag lost it.</summary>
    Lost,

    /// <summary>Devices carry the tag that should not, and that Picket did not put it on.</summary>
    Carried,

    /// <summary>The tag is called otherwise. Picket goes on with it by its number.</summary>
    Renamed,

    /// <summary>The tag is gone from the UEM. Made anew it is another tag there.</summary>
    Deleted,

    /// <summary>A smart group named the tag, and does not any more.</summary>
    NotNamed,

    /// <summary>A smart group that named the tag is gone, or out of the account's reach.</summary>
    GroupGone,

    /// <summary>A smart group names the number that the tag had before it was made anew: to the UEM that is another tag.</summary>
    OldNumber,

    /// <summary>Devices carry the tag, and no smart group that named it does any more.</summary>
    Unused,

    /// <summary>Less hangs on a smart group that names the tag than before, by the UEM's count.</summary>
    FewerAssignments,

    /// <summary>A compliance policy that is watched is gone, or out of the account's reach.</summary>
    PolicyGone,

    /// <summary>A compliance policy that is watched is inactive.</summary>
    PolicyInactive,

    /// <summary>A compliance policy that is watched is called otherwise.</summary>
    PolicyRenamed,

    /// <summary>A compliance policy that is watched is assigned to no device, though devices carry tags.</summary>
    PolicyUnassigned,
}

/// <summary>What became of a change by others.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DriftState>))]
public enum DriftState
{
    /// <summary>It lasts.</summary>
    Open,

    /// <summary>Picket made it as it was.</summary>
    Repaired,

    /// <summary>A person said that it stays.</summary>
    Accepted,

    /// <summary>It is over, and not by Picket: somebody put it back, or nothing asks for it any more.</summary>
    Gone,
}

/// <summary>One thing that others changed about a tag of Picket's, or about what names it in the UEM.</summary>
public sealed record DriftView
{
    /// <summary>Picket's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The integration.</summary>
    public required Guid IntegrationId { get; init; }

    /// <summary>What was changed.</summary>
    public required DriftKind Kind { get; init; }

    /// <summary>Name of the tag, as Picket names it; empty for a change of a compliance policy.</summary>
    public required string Tag { get; init; }

    /// <summary>Of a renamed tag or compliance policy, how it is called now; else null.</summary>
    public string? NewName { get; init; }

    /// <summary>The smart group that it is about, by the UEM's number; null where it is about none.</summary>
    public int? SmartGroupId { get; init; }

    /// <summary>Name of the smart group.</summary>
    public string? SmartGroup { get; init; }

    /// <summary>The compliance policy that it is about, by the UEM's number; null where it is about none.</summary>
    public int? CompliancePolicyId { get; init; }

    /// <summary>Name of the compliance policy, as it was chosen.</summary>
    public string? CompliancePolicy { get; init; }

    /// <summary>Of fewer assignments, how many there are; of a tag that nothing names, devices that carried it when that was seen.</summary>
    public int? Count { get; init; }

    /// <summary>Of fewer assignments, how many there were.</summary>
    public int? Before { get; init; }

    /// <summary>Why it could not be repaired, and what to do; null where nothing was in the way.</summary>
    public string? Trouble { get; init; }

    /// <summary>What became of it.</summary>
    public required DriftState State { get; init; }

    /// <summary>Nothing is repaired before a person says so.</summary>
    public bool Asks { get; init; }

    /// <summary>It asks because Picket repaired the same three times within a day, and somebody changed it again.</summary>
    public bool Fought { get; init; }

    /// <summary>Devices that it was seen on, also those of which it is over; 0 for a change of the tag itself.</summary>
    public required int Devices { get; init; }

    /// <summary>Devices of which it lasts.</summary>
    public required int Lasting { get; init; }

    /// <summary>Since when it is known: by the first reading that showed it.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The last reading that showed it.</summary>
    public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>When nothing of it was left; null while it lasts, also while it is accepted.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Who said that it be repaired, or stay; null where nobody did, or the name was erased.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>When they did.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Somebody who may approve can have it repaired.</summary>
    public bool MayRepair { get; init; }

    /// <summary>Somebody who may approve can let it stay.</summary>
    public bool MayAccept { get; init; }
}

/// <summary>A device whose tag others changed.</summary>
/// <param name="DeviceId">Picket's id; null for a device that is in no inventory.</param>
/// <param name="UemId">Number in the UEM.</param>
/// <param name="FriendlyName">Name; null where Picket knows none.</param>
/// <param name="SeenAt">The reading that showed it.</param>
/// <param name="EndedAt">When it was over; null while it lasts.</param>
/// <param name="Became">What became of it.</param>
public sealed record DriftDevice(
    Guid? DeviceId,
    long UemId,
    string? FriendlyName,
    DateTimeOffset SeenAt,
    DateTimeOffset? EndedAt,
    DriftState Became
);

/// <summary>Which changes by others.</summary>
public sealed record DriftFilter
{
    /// <summary>Only of this integration.</summary>
    public Guid? IntegrationId { get; init; }

    /// <summary>True for those that last, accepted ones among them; false for those that are over; all when absent.</summary>
    public bool? Lasting { get; init; }

    /// <summary>Where to go on.</summary>
    public string? Cursor { get; init; }

    /// <summary>Rows of one page, 1 to 500; 100 when absent.</summary>
    public int? Limit { get; init; }
}
