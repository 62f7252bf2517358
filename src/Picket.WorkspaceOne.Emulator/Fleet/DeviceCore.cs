namespace Picket.WorkspaceOne.Emulator.Fleet;

/// <summary>The few facts that listings filter by, without the texts: cheap enough to compute a million times.</summary>
internal readonly record struct DeviceCore(
    DevicePlatform Platform,
    int Group,
    int User,
    string Ownership,
    string EnrollmentStatus,
    DateTime? SilentSince,
    DateTime? ReportedAt = null
)
{
    public static DeviceCore Of(Device device) =>
        new(
            device.Platform,
            device.Group,
            device.User,
            device.Ownership,
            device.EnrollmentStatus,
            device.SilentSince,
            device.ReportedAt
        );
}
