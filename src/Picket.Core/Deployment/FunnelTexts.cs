namespace Picket.Core.Deployment;

/// <summary>Why a device is no further, and what helps, in an administrator's words.</summary>
public static class FunnelTexts
{
    public static string Reason(FunnelGap gap) =>
        gap switch
        {
            FunnelGap.None => "It is as far as it can come.",
            FunnelGap.NotRead => "How the app stands on it was not read.",
            FunnelGap.NotUnderstood => "The UEM describes its state in words that Picket does not know.",
            FunnelGap.NotManaged => "The UEM does not manage it.",
            FunnelGap.PlatformNotSupported => "There is no such app for its platform.",
            FunnelGap.NoRing => "No smart group of a ring that has begun holds it.",
            FunnelGap.NotAssigned => "A ring holds it, and the UEM does not assign the app to it.",
            FunnelGap.NotSeen => "It has not reported to the UEM for too long to take anything.",
            FunnelGap.Pending => "It has not taken the app yet.",
            FunnelGap.Failed => "The installation failed.",
            FunnelGap.Removed => "Somebody removed the app or refused it.",
            FunnelGap.NotActivated => "The app is there, and has not found its server.",
            FunnelGap.NotReporting => "The app is active, and sends no signals.",
            _ => throw new ArgumentOutOfRangeException(nameof(gap), gap, null),
        };

    public static string Remedy(FunnelGap gap) =>
        gap switch
        {
            FunnelGap.None => "Nothing is to be done.",
            FunnelGap.NotRead => "Wait for the next reading, or look at why the last one failed.",
            FunnelGap.NotUnderstood => "Look at the device in the UEM's console, and report the words.",
            FunnelGap.NotManaged => "Enroll it again, or delete it in the UEM.",
            FunnelGap.PlatformNotSupported => "Nothing helps here: leave such devices out of the scope.",
            FunnelGap.NoRing => "Begin the next ring, or put the device into a smart group of one.",
            FunnelGap.NotAssigned => "Look in the UEM whether a smart group is excluded, or licences are lacking.",
            FunnelGap.NotSeen => "Ask its user to switch it on and to open the UEM's Hub.",
            FunnelGap.Pending => "Wait for its next report, or send its user a message.",
            FunnelGap.Failed => "Look at the reason that the UEM gives, mend it, and install again.",
            FunnelGap.Removed => "Send its user a message, or forbid removing the app.",
            FunnelGap.NotActivated => "Ask its user to open the app once; look at the configuration.",
            FunnelGap.NotReporting => "Ask its user to open the app; look at the network.",
            _ => throw new ArgumentOutOfRangeException(nameof(gap), gap, null),
        };
}
