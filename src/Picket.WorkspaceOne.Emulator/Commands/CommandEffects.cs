using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Life;

namespace Picket.WorkspaceOne.Emulator.Commands;

/// <summary>What a command makes of a device: when it is asked for, and when the device takes it.</summary>
internal static class CommandEffects
{
    public static Device Asked(CommandKind kind, Device device) =>
        kind == CommandKind.EnterpriseWipe ? device with { EnrollmentStatus = "EnterpriseWipePending" }
        : kind == CommandKind.DeviceWipe ? device with { EnrollmentStatus = "DeviceWipePending" }
        : device;

    public static Device Taken(CommandKind kind, Device device, DateTime at)
    {
        var seen = device with { ReportedAt = at };
        return kind.IsWipe ? Unenrolled(seen, at)
            : kind == CommandKind.ClearPasscode ? seen with { Passcode = false }
            : kind == CommandKind.ScheduleOsUpdate ? Updated(seen)
            : seen;
    }

    /// <summary>Its last contact is the one in which it left.</summary>
    public static Device Unenrolled(Device device, DateTime at) =>
        device with
        {
            EnrollmentStatus = "Unenrolled",
            ComplianceStatus = "NotAvailable",
            SilentSince = at,
        };

    public static Device Enrolled(Device device, DateTime at)
    {
        var enrolled = device with
        {
            EnrollmentStatus = "Enrolled",
            EnrolledOn = at,
            SilentSince = null,
            ReportedAt = at,
            Compromised = false,
        };
        return enrolled with { ComplianceStatus = Posture.Verdict(enrolled) };
    }

    public static Device Updated(Device device)
    {
        var release = OsCatalogue.Later(device, int.MaxValue);
        return device with { OperatingSystem = release.Version, Build = release.Build, SecurityPatch = release.Patch };
    }
}
