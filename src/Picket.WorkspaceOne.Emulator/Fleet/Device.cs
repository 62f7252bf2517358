namespace Picket.WorkspaceOne.Emulator.Fleet;

public enum DevicePlatform
{
    Ios,
    Ipados,
    Android,
    Windows,
    Macos,
}

/// <summary>
/// What the server holds of one device, apart from what moves at every check-in (<see cref="CheckIn"/>).
/// </summary>
public sealed record Device
{
    public required int Index { get; init; }
    public required int Id { get; init; }
    public required Guid Uuid { get; init; }
    public required DevicePlatform Platform { get; init; }
    public required string SerialNumber { get; init; }
    public required string Udid { get; init; }
    public required string MacAddress { get; init; }
    public required string Imei { get; init; }
    public required string PhoneNumber { get; init; }
    public required string FriendlyName { get; init; }
    public required DeviceModel Model { get; init; }
    public required string OperatingSystem { get; init; }
    public required string Build { get; init; }
    public required DateOnly? SecurityPatch { get; init; }

    /// <summary>C, E, S or Undefined.</summary>
    public required string Ownership { get; init; }
    public required string EnrollmentStatus { get; init; }
    public required string ComplianceStatus { get; init; }

    /// <summary>Null: never evaluated; the wire leaves the field out.</summary>
    public required bool? Compromised { get; init; }
    public required bool Encrypted { get; init; }
    public required bool Passcode { get; init; }
    public required bool Supervised { get; init; }
    public required DateTime EnrolledOn { get; init; }

    /// <summary>Index of the organization group.</summary>
    public required int Group { get; init; }

    /// <summary>Index of the user.</summary>
    public required int User { get; init; }

    /// <summary>When a device that no longer reports was last seen; null for one that reports.</summary>
    public required DateTime? SilentSince { get; init; }

    /// <summary>A contact beside the ones that the seed gives, such as one that an administrator asked for.</summary>
    public DateTime? ReportedAt { get; init; }

    /// <summary>Given by administrators; empty for a device of the seed.</summary>
    public string AssetNumber { get; init; } = "";

    /// <summary>Packages that a test added to the ones that the seed gives.</summary>
    public IReadOnlyList<string> AddedApps { get; init; } = [];

    /// <summary>Packages that a test took away.</summary>
    public IReadOnlyList<string> RemovedApps { get; init; } = [];

    /// <summary>Apple 2, Android 5, AppleOsX 10, WinRT 12: the numbers of the wire.</summary>
    public int PlatformId => Platforms.Id(Platform);

    public string PlatformName => Platforms.Name(Platform);

    public bool IsEnrolled => EnrollmentStatus == "Enrolled";
}
