using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.WorkspaceOne.Emulator.Life;

/// <summary>What the one compliance policy says of a device: not compromised, and a passcode.</summary>
internal static class Posture
{
    public static string Verdict(Device device) =>
        !device.IsEnrolled ? "NotAvailable"
        : device.Compromised is true || !device.Passcode ? "NonCompliant"
        : "Compliant";

    /// <summary>Whether the verdict has to be given anew after a change.</summary>
    public static bool NeedsReview(Device before, Device after) =>
        before.ComplianceStatus == after.ComplianceStatus
        && (
            before.Compromised != after.Compromised
            || before.Passcode != after.Passcode
            || before.IsEnrolled != after.IsEnrolled
        );
}
