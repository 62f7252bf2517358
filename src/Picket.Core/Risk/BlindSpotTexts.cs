using Picket.Core.Devices;

namespace Picket.Core.Risk;

/// <summary>What an administrator reads about a blind spot: the fact, the cause, and what mends it.</summary>
internal static class BlindSpotTexts
{
    public static string Of(FactName fact, MissingReason cause, TimeSpan? age) =>
        $"{NameOf(fact)} {Because(cause, age)}";

    private static string NameOf(FactName fact) =>
        fact switch
        {
            FactName.Enrollment => "The enrolment status",
            FactName.LastSeen => "The time of the last contact",
            FactName.Compromised => "Whether the device is compromised",
            FactName.Compliance => "Compliance with the UEM's policies",
            FactName.Passcode => "Whether a passcode is set",
            FactName.Encryption => "Whether storage is encrypted",
            FactName.OsVersion => "The state of the operating system",
            FactName.Model => "The model",
            FactName.SecurityPatch => "The security patch level",
            FactName.Apps => "The list of installed apps",
            FactName.Profiles => "The list of configuration profiles",
            _ => "The platform",
        };

    private static string Because(MissingReason cause, TimeSpan? age) =>
        cause switch
        {
            MissingReason.NeverCollected => "was not collected yet; a later sync run will ask for it.",
            MissingReason.NotReported => "is not reported by the UEM; query the device there.",
            MissingReason.HiddenByPrivacy => "is hidden by the UEM's privacy settings.",
            MissingReason.ReadFailed => "could not be read in the last sync run; see its report.",
            MissingReason.TooOld => $"was last collected {age?.TotalDays:0} days ago, too long to clear the device.",
            MissingReason.NotUnderstood => "has a value that Picket does not understand.",
            MissingReason.NoFeed => "cannot be judged: no loaded feed covers it. Import or update a feed.",
            MissingReason.NotEnrolled => "is of the past: the UEM does not manage the device now.",
            _ => "does not apply.",
        };
}
