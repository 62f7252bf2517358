using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>Counts of the fleet, and the limits of bulk calls.</summary>
internal static class DeviceCountRoutes
{
    private static readonly string[] OtherPlatforms =
    [
        "AppleTv",
        "AppleVision",
        "Athena",
        "ChromeBook",
        "Linux",
        "Motorola",
        "QNX",
        "WindowsMobile",
        "WindowsPC",
        "WindowsPhone",
        "WindowsPhone8",
    ];

    public static void Add(RouteTable routes)
    {
        routes.Get(
            "mdm/devices/devicecountinfo",
            (1, call => Counts(call, call.GroupOrOwn("organizationgroupid"))),
            (2, call => Counts(call, call.GroupOrOwnByUuid("oguuid")))
        );
        routes.Get("mdm/devices/bulksettings", (1, BulkSettings));
    }

    private static Answer Counts(ApiCall call, OrganizationGroup? group)
    {
        if (group is null)
        {
            return Answer.Error(404, 5027, "No organization group found for the given organization group UUID.");
        }

        var fleet = call.Tenant.Fleet;
        var devices = fleet.List(new DeviceFilter(group.Index)).Select(fleet.At).ToList();
        return Answer.Object(writer => Write(writer, devices));
    }

    private static void Write(Utf8JsonWriter writer, List<Device> devices)
    {
        Section(
            writer,
            "Platforms"u8,
            [
                ("Apple", Count(devices, device => device.PlatformId == 2)),
                ("Android", Count(devices, device => device.PlatformId == 5)),
                ("AppleOsX", Count(devices, device => device.PlatformId == 10)),
                ("WindowsRT", Count(devices, device => device.PlatformId == 12)),
                .. OtherPlatforms.Select(name => (name, 0)),
            ]
        );
        Section(
            writer,
            "Ownership"u8,
            [
                ("CorporateDedicated", Count(devices, device => device.Ownership == "C")),
                ("CorporateShared", Count(devices, device => device.Ownership == "S")),
                ("EmployeeOwned", Count(devices, device => device.Ownership == "E")),
                ("Undefined", Count(devices, device => device.Ownership == "Undefined")),
            ]
        );
        Section(
            writer,
            "EnrollmentStatus"u8,
            [
                ("Enrolled", Count(devices, device => device.IsEnrolled)),
                ("Registered", Count(devices, device => device.EnrollmentStatus == "Registered")),
                ("Unenrolled", Count(devices, device => device.EnrollmentStatus == "Unenrolled")),
            ]
        );
        Section(
            writer,
            "Security"u8,
            [
                ("Compromised", Count(devices, device => device.Compromised is true)),
                ("NoPasscode", Count(devices, device => !device.Passcode)),
                ("NotEncrypted", Count(devices, device => !device.Encrypted)),
            ]
        );
        writer.WriteNumber("TotalDevices"u8, devices.Count);
    }

    private static int Count(List<Device> devices, Func<Device, bool> which) => devices.Count(which);

    private static void Section(Utf8JsonWriter writer, ReadOnlySpan<byte> name, (string Name, int Count)[] counts)
    {
        writer.WriteStartObject(name);
        foreach (var (member, count) in counts)
        {
            writer.WriteNumber(member, count);
        }

        writer.WriteEndObject();
    }

    private static Answer BulkSettings(ApiCall call) =>
        Answer.Object(writer =>
        {
            var limits = call.Uem.BulkLimits;
            writer.WriteNumber("DeleteDevice"u8, limits.DeleteDevice);
            writer.WriteNumber("EnterpriseWipe"u8, limits.EnterpriseWipe);
            writer.WriteNumber("GPS"u8, limits.Gps);
            writer.WriteNumber("LockDevice"u8, limits.LockDevice);
            writer.WriteNumber("SendMessage"u8, call.Uem.Tags.BulkLimit);
        });
}
