using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.WorkspaceOne.Emulator.Tests;

/// <summary>A server whose clock stands still until a test moves it.</summary>
internal static class Scene
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public static EmulatorOptions Frozen { get; } =
        new()
        {
            Devices = 60,
            ClockFactor = 0,
            StartAt = Noon,
            Control = true,
            Role = "Console Administrator",
        };

    /// <summary>A device that is enrolled and reports, optionally of one platform.</summary>
    public static Device Reporting(this EmulatorHost host, DevicePlatform? platform = null) =>
        host.Fleet.All.First(device =>
            device.IsEnrolled && device.SilentSince is null && (platform is null || device.Platform == platform)
        );

    public static void Take(this EmulatorHost host, Right right) =>
        host.Access.Account(host.Credentials.Account).Role.Revoke(right);

    /// <summary>Longer than the longest pause between two contacts of a reporting device.</summary>
    public static void WaitForCheckIn(this EmulatorHost host) => host.Clock.Step(TimeSpan.FromHours(6));

    public static async Task<string> StatusAsync(this Visitor visitor, Device device) =>
        (await visitor.ReadAsync($"mdm/devices/{device.Id}")).GetProperty("EnrollmentStatus").GetString()!;
}
