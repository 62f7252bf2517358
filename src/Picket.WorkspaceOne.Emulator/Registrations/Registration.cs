namespace Picket.WorkspaceOne.Emulator.Registrations;

/// <summary>A device that an administrator announced before it enrolled.</summary>
/// <param name="User">Index of the user.</param>
/// <param name="Group">Index of the organization group.</param>
internal sealed record Registration(
    int User,
    int Group,
    string FriendlyName,
    string Ownership,
    int PlatformId,
    string SerialNumber,
    string Udid,
    string Imei,
    string AssetNumber,
    DateTime At
);
