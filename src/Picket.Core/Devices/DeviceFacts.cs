using System.Text.Json.Serialization;
using Picket.Core.Policy;
using Picket.Core.Sync;

namespace Picket.Core.Devices;

public enum EnrollmentState
{
    Unknown,
    Enrolled,

    /// <summary>Registered, discovered or in progress: the UEM does not manage it yet.</summary>
    NotYet,

    WipePending,
    Unenrolled,

    /// <summary>The UEM offers apps to it and manages nothing else.</summary>
    AppsOnly,

    /// <summary>A list of the UEM keeps it from being managed.</summary>
    Denied,
}

/// <summary>What can be told of the part of a device that belongs to its user.</summary>
public enum PersonalSide
{
    /// <summary>Nothing says that a part of the device is closed to the UEM.</summary>
    NotApart,

    /// <summary>Apple's User Enrollment: the UEM is told neither serial number nor personal apps.</summary>
    UserEnrollment,

    /// <summary>An employee's Android of which managed apps alone are listed, as of one with a work profile.</summary>
    WorkProfile,
}

/// <summary>A compliance policy of the UEM that a device breaks.</summary>
/// <param name="Asks">What the policy asks for, in the UEM's words.</param>
public sealed record BrokenPolicy(string Name, string? Asks, DateTimeOffset? CheckedAt);

/// <summary>Everything that judging looks at. Whatever is not set counts as never collected.</summary>
public sealed record DeviceFacts(string DeviceId, DevicePlatform Platform)
{
    public DeviceOwnership Ownership { get; init; }

    /// <summary>Decides with platform and ownership which policy holds.</summary>
    [JsonIgnore]
    public DevicePlace Place { get; init; } = DevicePlace.NotKnown;

    public Fact<EnrollmentState> Enrollment { get; init; }

    /// <summary>Apple's identifier (<c>iPhone14,2</c>), where the UEM tells it.</summary>
    public Fact<string> Model { get; init; }

    /// <summary>The name people know ("iPhone 13 Pro", "Google Pixel 7").</summary>
    public Fact<string> ModelName { get; init; }

    public Fact<OsVersion> OsVersion { get; init; }

    public Fact<string> OsBuild { get; init; }

    /// <summary>Android's security patch level.</summary>
    public Fact<DateOnly> SecurityPatch { get; init; }

    public Fact<DateTimeOffset> LastSeen { get; init; }

    public Fact<bool> Compromised { get; init; }

    /// <summary>Compliance as the UEM's own policies see it.</summary>
    public Fact<bool> Compliant { get; init; }

    /// <summary>The policies that a non-compliant device breaks.</summary>
    public Fact<IReadOnlyList<BrokenPolicy>> BrokenPolicies { get; init; }

    public PersonalSide PersonalSide { get; init; }

    public Fact<bool> PasscodePresent { get; init; }

    public Fact<bool> PasscodeCompliant { get; init; }

    public Fact<bool> Encrypted { get; init; }

    public Fact<bool> BlockLevelEncrypted { get; init; }

    public Fact<bool> Supervised { get; init; }

    public Fact<AppList> Apps { get; init; }

    /// <summary>Identifiers of the installed configuration profiles.</summary>
    public Fact<IReadOnlyList<string>> Profiles { get; init; }
}
