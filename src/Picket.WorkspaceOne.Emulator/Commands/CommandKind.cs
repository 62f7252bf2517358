using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.WorkspaceOne.Emulator.Commands;

/// <summary>A command that can be sent to a device.</summary>
/// <param name="Name">As the API spells it; callers may spell it in any case.</param>
/// <param name="Platforms">Where it works; empty: everywhere.</param>
/// <param name="BulkName">Its name on the bulk route; null: not allowed there.</param>
public sealed record CommandKind(string Name, DevicePlatform[] Platforms, string? BulkName = null)
{
    private static readonly DevicePlatform[] Apple = [DevicePlatform.Ios, DevicePlatform.Ipados, DevicePlatform.Macos];
    private static readonly DevicePlatform[] Macs = [DevicePlatform.Macos];

    public static readonly CommandKind EnterpriseWipe = new("EnterpriseWipe", [], "EnterpriseWipe");
    public static readonly CommandKind DeviceWipe = new("DeviceWipe", []);
    public static readonly CommandKind Lock = new("Lock", [], "LockDevice");
    public static readonly CommandKind ClearPasscode = new("ClearPasscode", []);
    public static readonly CommandKind ScheduleOsUpdate = new("ScheduleOsUpdate", [], "ScheduleOsUpdate");
    public static readonly CommandKind CustomMdmCommand = new("CustomMdmCommand", []);

    /// <summary>A push message; has a route of its own.</summary>
    public static readonly CommandKind Message = new("PushMessage", []);

    /// <summary>A mail or text message about a device: the server sends it, the device takes no part.</summary>
    public static readonly CommandKind Mail = new("EmailMessage", []);
    public static readonly CommandKind Sms = new("SmsMessage", []);

    /// <summary>What the command routes know by name.</summary>
    public static readonly IReadOnlyList<CommandKind> Named =
    [
        EnterpriseWipe,
        DeviceWipe,
        Lock,
        ClearPasscode,
        ScheduleOsUpdate,
        CustomMdmCommand,
        new("DeviceQuery", []),
        new("SyncDevice", []),
        new("SoftReset", [], "SoftReset"),
        new("Shutdown", [], "Shutdown"),
        new("StopAirPlay", Apple),
        new("StartAirPlay", Apple),
        new("FindDevice", []),
        new("ChangePasscode", []),
        new("EnterpriseReset", [DevicePlatform.Android, DevicePlatform.Windows]),
        new("OsUpdateStatus", Apple),
        new("SyncSensors", [DevicePlatform.Windows, DevicePlatform.Macos]),
        new("RotateFileVaultKey", Macs),
        new("RotateDEPAdminPassword", Macs),
        new("AppDeploymentLog", [DevicePlatform.Windows]),
    ];

    public bool IsWipe => this == EnterpriseWipe || this == DeviceWipe;

    /// <summary>Null: there is no such command.</summary>
    public static CommandKind? Find(string? name) =>
        Named.FirstOrDefault(kind =>
            kind.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
            || kind.BulkName?.Equals(name, StringComparison.OrdinalIgnoreCase) is true
        );

    /// <summary>Also of the messages, as they stand in a saved state.</summary>
    internal static CommandKind Saved(string name) =>
        Find(name)
        ?? ((CommandKind[])[Message, Mail, Sms]).FirstOrDefault(kind => kind.Name == name)
        ?? throw new FormatException($"There is no command {name}.");

    public bool Fits(DevicePlatform platform) => Platforms.Length == 0 || Platforms.Contains(platform);
}
