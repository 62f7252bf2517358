using Picket.Core.Devices;
using Picket.Core.Intelligence;

namespace Picket.Core.Risk;

/// <summary>What an administrator reads about a blind spot: the fact, the cause, and what mends it.</summary>
public static class BlindSpotTexts
{
    /// <summary>What is true of every device that lacks the fact for this reason.</summary>
    public static string Of(FactName fact, MissingReason cause) => $"{NameOf(fact)} {Because(cause)}";

    internal static string TooOld(FactName fact, TimeSpan age) =>
        $"{NameOf(fact)} was last collected {age.TotalDays:0} days ago, too long to clear the device.";

    internal static string NotCollected(bool employees) =>
        employees
            ? $"{NameOf(FactName.Apps)} is not collected: a privacy setting of employee-owned devices, in the UEM or of this "
                + "integration."
            : $"{NameOf(FactName.Apps)} is not collected: a privacy setting of the UEM or of this integration.";

    internal static string Apart(PersonalSide side) =>
        side is PersonalSide.UserEnrollment
            ? "Personal apps are invisible to the UEM: the device tells no serial number, as one in User Enrollment."
            : "Personal apps are not listed: the device has a work profile, whose personal side is invisible to the UEM, or a "
                + "privacy setting hides them.";

    internal static string Untested(int apps, int patterns) =>
        $"{NameOf(FactName.Apps)} holds {Counted(apps, "personal app")} of which Picket keeps only a hash, read before "
        + $"all of the {Counted(patterns, "pattern")} in force were there; they are tested when the device's apps are "
        + "read again.";

    internal static string Nameless(int apps) =>
        $"{NameOf(FactName.Apps)} holds {Counted(apps, "personal app")} of which Picket keeps only a hash: whether it "
        + "looks like a well-known one cannot be told.";

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
            FactName.Supervision => "Whether the device is supervised",
            FactName.Membership => "Which groups the device and its user are in",
            FactName.Profiles => "The list of configuration profiles",
            FactName.BlockEncryption => "Whether storage is encrypted block by block",
            FactName.Policies => "Which policies of the UEM the device breaks",
            _ => "The platform",
        };

    internal static string Unreadable(FactName fact, string feed) =>
        $"{NameOf(fact)} cannot be judged: the stored file of the feed {feed} cannot be read any more. Import it again.";

    internal static string FeedTooOld(FactName fact, FeedSource feed, int? days) =>
        days is { } known
            ? $"{NameOf(fact)} cannot be cleared: the feed {feed.Name} is {known} days old. Import a newer one."
            : $"{NameOf(fact)} cannot be cleared: the feed {feed.Name} does not say of which day it is.";

    internal static string DatesAlone(FactName fact, FeedSource feed) =>
        $"{NameOf(fact)} is half known: by the feed {feed.Name} newer releases are there, and no feed tells which "
        + "vulnerabilities these mend. Import one that does, such as SOFA's.";

    internal static string Undecided(IReadOnlyList<string> policies) =>
        $"{NameOf(FactName.Membership)} is not known yet, so it is open whether the policy {string.Join(", ", policies)} "
        + "holds for it; a full sync run will tell.";

    private static string Counted(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    private static string Because(MissingReason cause) =>
        cause switch
        {
            MissingReason.NeverCollected => "was not collected yet; a later sync run will ask for it.",
            MissingReason.NotReported => "is not reported by the UEM; query the device there.",
            MissingReason.HiddenByPrivacy => "is hidden by privacy settings, of the UEM or of this integration.",
            MissingReason.ReadFailed => "could not be read in the last sync run; see its report.",
            MissingReason.TooOld => "was last collected too long ago to clear the device.",
            MissingReason.NotUnderstood => "has a value that Picket does not understand.",
            MissingReason.NoFeed => "cannot be judged: no loaded feed covers it. Import or update a feed.",
            MissingReason.FeedUnreadable => "cannot be judged: a feed cannot be read any more. Import it again.",
            MissingReason.FeedTooOld => "cannot be cleared: its feed is too old. Import a newer one.",
            MissingReason.NotCollected => "is not told by the UEM.",
            MissingReason.Untested => "is kept in a form that was not tested against all that is in force.",
            MissingReason.PersonalSide =>
                "does not reach the user's own side: that of a work profile or of User Enrollment is invisible to the UEM.",
            MissingReason.NotEnrolled => "is of the past: the UEM does not manage the device now.",
            _ => "does not apply.",
        };
}
