namespace Picket.Api;

/// <summary>An app on a device, now or before.</summary>
/// <param name="AppId">Bundle or package id; null when it is kept only as a keyed hash.</param>
/// <param name="Name">Name; null when hidden.</param>
/// <param name="Version">Version; null when unknown or hidden.</param>
/// <param name="Managed">True when the UEM manages it.</param>
/// <param name="FirstSeenAt">When Picket first saw it on the device.</param>
/// <param name="LastSeenAt">When it was last seen there.</param>
/// <param name="RemovedAt">When a reading lacked it; null while it is there.</param>
public sealed record DeviceAppView(
    string? AppId,
    string? Name,
    string? Version,
    bool Managed,
    DateTimeOffset FirstSeenAt,
    DateTimeOffset LastSeenAt,
    DateTimeOffset? RemovedAt
);

/// <summary>An app with the number of devices that have it now.</summary>
/// <param name="AppId">Bundle or package id.</param>
/// <param name="Name">Name, as the newest reading has it.</param>
/// <param name="Platform">Platform.</param>
/// <param name="Devices">Devices that have it now.</param>
public sealed record AppView(string AppId, string? Name, string? Platform, int Devices);

/// <summary>A device that has or had an app.</summary>
/// <param name="DeviceId">Picket's id of the device.</param>
/// <param name="FriendlyName">Friendly name.</param>
/// <param name="User">Name of its user.</param>
/// <param name="Version">Version of the app.</param>
/// <param name="FirstSeenAt">When the app was first seen there.</param>
/// <param name="LastSeenAt">When it was last seen there.</param>
/// <param name="RemovedAt">When it was gone; null while it is there.</param>
public sealed record AppHolder(
    Guid DeviceId,
    string FriendlyName,
    string? User,
    string? Version,
    DateTimeOffset FirstSeenAt,
    DateTimeOffset LastSeenAt,
    DateTimeOffset? RemovedAt
)
{
    /// <summary>Picket's id of the user; null where the user is not among those that were read.</summary>
    public Guid? UserId { get; init; }
}

/// <summary>Filter of the devices that had an app: at one time, or between two. Without a time: now.</summary>
public sealed record HolderFilter
{
    /// <summary>At this time. Not together with <see cref="From"/> or <see cref="To"/> (400).</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>At any time since this one.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>At any time until this one; now when absent.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only this integration.</summary>
    public Guid? IntegrationId { get; init; }

    /// <summary>Where to go on.</summary>
    public string? Cursor { get; init; }

    /// <summary>Rows of one page, 1 to 500; 100 when absent.</summary>
    public int? Limit { get; init; }
}

/// <summary>One change of a device.</summary>
/// <param name="At">When Picket saw it.</param>
/// <param name="Kind">
/// What changed: <c>Attribute</c>, <c>App</c>, <c>Verdict</c>, <c>Finding</c>, <c>Tag</c> or <c>Message</c>; more may come.
/// </param>
/// <param name="Name">
/// Name of the attribute, of the tag, of the finding (its title) or of the app that a message is about, or the app id; of
/// a personal app that is kept as a hash no id.
/// </param>
/// <param name="Before">
/// Value before (of an app its version, of a verdict or a finding its level, of a tag <c>on the device</c>); null when
/// it was not there.
/// </param>
/// <param name="After">Value after (of a verdict its level with the kinds of findings); null when it is gone.</param>
/// <param name="RunId">The sync run that saw it; null for what none saw: a verdict, a finding, a tag, a message.</param>
public sealed record HistoryEntry(
    DateTimeOffset At,
    string Kind,
    string Name,
    string? Before,
    string? After,
    Guid? RunId
)
{
    /// <summary>Of a finding: its id.</summary>
    public Guid? FindingId { get; init; }

    /// <summary>Of a tag or a message: the write in the ledger.</summary>
    public Guid? LedgerId { get; init; }

    /// <summary>
    /// Of a tag or a message: where the write stands for this device. Only a confirmed tag is true in the UEM; a message is
    /// never more than sent.
    /// </summary>
    public LedgerState? State { get; init; }
}
