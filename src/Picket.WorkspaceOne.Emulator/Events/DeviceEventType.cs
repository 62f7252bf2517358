using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.WorkspaceOne.Emulator.Events;

/// <summary>Something that subscribers are told about a device.</summary>
/// <param name="Box">Which box of a subscription asks for it.</param>
/// <param name="Id">EventId on the wire.</param>
/// <param name="Type">EventType on the wire since 2021.</param>
/// <param name="OldType">EventType on the wire of 2013 and 2014.</param>
public sealed record DeviceEventType(DeviceEvents Box, int Id, string Type, string OldType)
{
    // Recorded: 148, 39, 178, 662, and the texts of these and of 'Device ... Changed'. The other numbers are invented,
    // from 9000 on, so that nobody takes them for known.
    private static readonly DeviceEventType Enrolled = new(
        DeviceEvents.Enrollment,
        148,
        "MDM Enrollment Complete",
        "MDMEnrollmentComplete"
    );
    private static readonly DeviceEventType Left = new(
        DeviceEvents.UnenrolledEnterpriseWipe,
        39,
        "Break MDM Confirmed",
        "BreakMDMConfirmed"
    );
    private static readonly DeviceEventType Wiped = new(
        DeviceEvents.Wipe,
        39,
        "Break MDM Confirmed",
        "BreakMDMConfirmed"
    );
    private static readonly DeviceEventType Deleted = new(
        DeviceEvents.Delete,
        662,
        "Delete Device Requested",
        "DeleteDeviceRequested"
    );
    private static readonly DeviceEventType Compromised = new(
        DeviceEvents.CompromisedStatusChange,
        9001,
        "Compromised Status Changed",
        "CompromisedStatusChanged"
    );
    private static readonly DeviceEventType Compliance = new(
        DeviceEvents.ComplianceStatusChange,
        178,
        "Compliance Status Changed",
        "ComplianceStatusChanged"
    );
    private static readonly DeviceEventType System = new(
        DeviceEvents.OperatingSystem,
        9002,
        "Device Operating System Changed",
        "DeviceOperatingSystemChanged"
    );
    private static readonly DeviceEventType Group = new(
        DeviceEvents.OrganizationGroup,
        9003,
        "Device Organization Group Changed",
        "DeviceOrganizationGroupChanged"
    );
    private static readonly DeviceEventType Name = new(
        DeviceEvents.FriendlyName,
        9004,
        "Device Friendly Name Changed",
        "DeviceFriendlyNameChanged"
    );
    private static readonly DeviceEventType Ownership = new(
        DeviceEvents.Ownership,
        9005,
        "Device Ownership Changed",
        "DeviceOwnershipChanged"
    );

    /// <summary>What a change of a device is to a subscriber; null after it: the device was deleted.</summary>
    internal static IEnumerable<DeviceEventType> Of(Device before, Device? after)
    {
        if (after is null)
        {
            return [Deleted];
        }

        (bool Happened, DeviceEventType Type)[] all =
        [
            (after.IsEnrolled && before.EnrollmentStatus is ("Registered" or "Unenrolled"), Enrolled),
            (Leaves(before, after) && before.EnrollmentStatus != "DeviceWipePending", Left),
            (Leaves(before, after) && before.EnrollmentStatus == "DeviceWipePending", Wiped),
            (before.Compromised is true != after.Compromised is true, Compromised),
            (before.ComplianceStatus != after.ComplianceStatus && !Leaves(before, after), Compliance),
            (before.OperatingSystem != after.OperatingSystem, System),
            (before.Group != after.Group, Group),
            (before.FriendlyName != after.FriendlyName, Name),
            (before.Ownership != after.Ownership, Ownership),
        ];
        return all.Where(item => item.Happened).Select(item => item.Type);
    }

    private static bool Leaves(Device before, Device after) =>
        after.EnrollmentStatus == "Unenrolled" && before.EnrollmentStatus != "Unenrolled";
}
