using System.Text.RegularExpressions;
using Picket.WorkspaceOne.Emulator.Commands;
using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.WorkspaceOne.Emulator.Console.Devices;

/// <summary>The console's words for what the API writes as codes.</summary>
internal static partial class DeviceTexts
{
    public static readonly IReadOnlyList<(string, string)> PlatformChoices =
    [
        ("Apple", "Apple iOS"),
        ("Android", "Android"),
        ("AppleOsX", "Apple macOS"),
        ("WinRT", "Windows Desktop"),
    ];

    public static readonly IReadOnlyList<(string, string)> OwnershipChoices =
    [
        .. new[] { "C", "S", "E", "Undefined" }.Select(code => (code, Ownership(code))),
    ];

    public static readonly IReadOnlyList<(string, string)> StatusChoices =
    [
        .. new[] { "Enrolled", "Registered", "EnterpriseWipePending", "DeviceWipePending", "Unenrolled" }.Select(
            status => (status, Enrollment(status))
        ),
    ];

    public static string Platform(DevicePlatform platform) =>
        platform switch
        {
            DevicePlatform.Ios => "iOS",
            DevicePlatform.Ipados => "iPadOS",
            DevicePlatform.Macos => "macOS",
            _ => platform.ToString(),
        };

    public static string Ownership(string code) =>
        code switch
        {
            "C" => "Corporate - Dedicated",
            "S" => "Corporate - Shared",
            "E" => "Employee Owned",
            _ => "Undefined",
        };

    /// <summary>EnterpriseWipePending as "Enterprise Wipe Pending".</summary>
    public static string Enrollment(string status) => Words().Replace(status, " ");

    public static string EnrollmentTone(string status) =>
        status switch
        {
            "Enrolled" => "good",
            "EnterpriseWipePending" or "DeviceWipePending" => "bad",
            "Unenrolled" => "off",
            _ => "warn",
        };

    public static string ComplianceTone(string status) =>
        status switch
        {
            "Compliant" => "good",
            "NonCompliant" => "bad",
            _ => "warn",
        };

    public static string CommandTone(CommandState state) =>
        state switch
        {
            CommandState.Done => "good",
            CommandState.Aborted => "off",
            _ => "warn",
        };

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex Words();
}
