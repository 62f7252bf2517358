namespace Picket.WorkspaceOne.Emulator.Events;

/// <summary>A row of the console's Event Notifications page: who is told of what, and how.</summary>
/// <param name="Group">Index of the organization group; devices in it and below are told of.</param>
public sealed record EventSubscription(
    int Id,
    Guid Uuid,
    string Name,
    Uri Target,
    string Username,
    string Password,
    EventFormat Format,
    bool Active,
    int Group,
    DeviceEvents Events
);

public enum EventFormat
{
    Xml,
    Json,
}

/// <summary>The boxes that can be ticked.</summary>
[Flags]
public enum DeviceEvents
{
    None = 0,
    Enrollment = 1,
    UnenrolledEnterpriseWipe = 2,
    Wipe = 4,
    Delete = 8,
    CompromisedStatusChange = 16,
    ComplianceStatusChange = 32,
    CheckOutCheckIn = 64,
    AssetNumber = 128,
    DeviceMCC = 256,
    FriendlyName = 512,
    OperatingSystem = 1024,
    OrganizationGroup = 2048,
    Ownership = 4096,
    PhoneNumber = 8192,
    UserEmailAddress = 16384,

    /// <summary>Those that the API nests under DeviceAttributes.</summary>
    Attributes =
        AssetNumber
        | DeviceMCC
        | FriendlyName
        | OperatingSystem
        | OrganizationGroup
        | Ownership
        | PhoneNumber
        | UserEmailAddress,
}
