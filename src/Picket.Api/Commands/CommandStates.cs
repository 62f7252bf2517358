using System.Text.Json.Serialization;

namespace Picket.Api;

/// <summary>What a device is to do. Passcodes are never cleared.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DeviceCommand>))]
public enum DeviceCommand
{
    /// <summary>Report, and take what waits.</summary>
    Sync,

    /// <summary>Report everything.</summary>
    Query,

    /// <summary>
    /// Report its apps. The UEM has no command for these alone, so it is <see cref="Query"/> there; Picket reads them afterwards
    /// with its next reading.
    /// </summary>
    RequestApps,

    /// <summary>Lock its screen; its user opens it with the passcode.</summary>
    Lock,

    /// <summary>Lose the organization's apps, profiles and accounts, and its enrolment. Cannot be undone.</summary>
    EnterpriseWipe,

    /// <summary>Nothing: its user is sent what the catalogue says to them of a finding.</summary>
    Message,
}

/// <summary>Where a command stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DeviceCommandState>))]
public enum DeviceCommandState
{
    /// <summary>Waits for another person's word.</summary>
    Waiting,

    /// <summary>Approved; it can be cancelled until the delay is over.</summary>
    Delayed,

    /// <summary>To be sent; <see cref="CommandView.Reason"/> says what it waits for.</summary>
    Due,

    /// <summary>On its way.</summary>
    Sending,

    /// <summary>The UEM has it; the device has not shown that it took it.</summary>
    Sent,

    /// <summary>The answer is lost. It is never sent again: reading back settles it, else a person.</summary>
    Unclear,

    /// <summary>The UEM's wipe lock holds it back: an administrator lets it go in the UEM's console.</summary>
    HeldByUem,

    /// <summary>Read back: it happened.</summary>
    Confirmed,

    /// <summary>It did not happen.</summary>
    NotDone,

    /// <summary>A brake or the UEM refused it; nothing was sent.</summary>
    Refused,

    /// <summary>Somebody took it back before it was sent.</summary>
    Cancelled,

    /// <summary>Another person declined it.</summary>
    Declined,

    /// <summary>Nobody approved it in time, or it could not be sent in time.</summary>
    Expired,

    /// <summary>A message that the UEM has taken. Whether it was shown, or read, cannot be seen.</summary>
    Taken,
}

/// <summary>What holds a command.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DeviceCommandBrake>))]
public enum DeviceCommandBrake
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Commands are off at this integration.</summary>
    CommandsOff,

    /// <summary>Enterprise wipes are off at this integration.</summary>
    WipesOff,

    /// <summary>The device has left the fleet.</summary>
    Gone,

    /// <summary>The device is not enrolled.</summary>
    NotEnrolled,

    /// <summary>The device is on the never-touch list.</summary>
    NeverTouched,

    /// <summary>The device has not reported for longer than is allowed.</summary>
    StaleFacts,

    /// <summary>The device's unique id or enrolment time is not known.</summary>
    NotBound,

    /// <summary>The device was enrolled anew, or went to somebody else, after the wipe was asked for.</summary>
    AnotherEnrollment,

    /// <summary>The finding rests on a name alone.</summary>
    NameAlone,

    /// <summary>As many wipes as are allowed went out within the hour.</summary>
    WipeCap,

    /// <summary>The UEM's wipe lock is on.</summary>
    WipeLock,

    /// <summary>Requester and approver do not count as two people any more.</summary>
    TwoPeople,

    /// <summary>All writes are stopped.</summary>
    Stop,

    /// <summary>The device's platform is not known.</summary>
    PlatformNotKnown,

    /// <summary>Another integration that commands holds it, too, and its organization group is nearer, or nobody can tell.</summary>
    AnotherIntegration,

    /// <summary>Messages to users are off at this integration.</summary>
    MessagesOff,

    /// <summary>As many messages as are allowed went out within the hour.</summary>
    MessageCap,

    /// <summary>The user was sent a message about this finding within seven days, or may have been.</summary>
    MessageRecent,

    /// <summary>The finding is not true any more.</summary>
    FindingEnded,

    /// <summary>Somebody may watch what the device's user is sent.</summary>
    Watched,

    /// <summary>What a new version of the policy would send first waits for a person's word.</summary>
    PolicyPreview,

    /// <summary>The version of the policy that wants it is not in force any more.</summary>
    PolicyChanged,

    /// <summary>As many locks as are allowed went out within the hour.</summary>
    LockCap,

    /// <summary>Whoever wanted it alone lost the right to, or was shut out, before it was sent.</summary>
    RequesterMayNot,
}
