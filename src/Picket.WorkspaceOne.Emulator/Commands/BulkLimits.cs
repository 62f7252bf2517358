namespace Picket.WorkspaceOne.Emulator.Commands;

/// <summary>
/// How many devices one bulk call may name, as <c>GET mdm/devices/bulksettings</c> tells. The real values are set per
/// group in the console; these are invented.
/// </summary>
public sealed class BulkLimits
{
    public int DeleteDevice { get; set; } = 50;
    public int EnterpriseWipe { get; set; } = 50;
    public int Gps { get; set; } = 100;
    public int LockDevice { get; set; } = 50;
    public int SendMessage { get; set; } = 500;

    public int Of(CommandKind kind) =>
        kind == CommandKind.EnterpriseWipe ? EnterpriseWipe
        : kind == CommandKind.Message || kind == CommandKind.Mail || kind == CommandKind.Sms ? SendMessage
        : LockDevice;

    internal void Take(BulkLimits other)
    {
        DeleteDevice = other.DeleteDevice;
        EnterpriseWipe = other.EnterpriseWipe;
        Gps = other.Gps;
        LockDevice = other.LockDevice;
        SendMessage = other.SendMessage;
    }
}
