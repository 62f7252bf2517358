using Picket.Core.Devices;

namespace Picket.Core.Risk;

/// <summary>
/// Devices that the UEM lists and does not manage. Their verdict is Unknown; these findings say why, and what is to be
/// done. One that left on purpose is no finding.
/// </summary>
internal static class EnrollmentRules
{
    public static void Apply(Judging judging)
    {
        switch (judging.Facts.Enrollment.Value)
        {
            case EnrollmentState.WipePending:
                Report(
                    judging,
                    FindingKinds.WipePending,
                    "A wipe was ordered and the device has not carried it out: until then it keeps what it holds. Find the "
                        + "device; if it was ordered by mistake, cancel it in the UEM before the next contact."
                );
                break;
            case EnrollmentState.NotYet:
                Report(
                    judging,
                    FindingKinds.NotProperlyEnrolled,
                    "The enrolment was begun and not finished: nothing is enforced on the device. Have its user finish it, or "
                        + "delete the record."
                );
                break;
            case EnrollmentState.AppsOnly:
                Report(
                    judging,
                    FindingKinds.NotProperlyEnrolled,
                    "The UEM offers apps to the device and manages nothing else: no profile, passcode or wipe reaches it. Enrol "
                        + "it for management, or keep what needs protection off it."
                );
                break;
            case EnrollmentState.Denied:
                Report(
                    judging,
                    FindingKinds.NotProperlyEnrolled,
                    "A list of the UEM keeps the device from being enrolled. If that is meant, delete the record; else take the "
                        + "device off the list."
                );
                break;
        }
    }

    private static void Report(Judging judging, FindingKind kind, string text) =>
        judging.Find(
            kind,
            text,
            FindingProof.Reported,
            new FindingEvidence([Judging.Used(FactName.Enrollment, judging.Facts.Enrollment)])
        );
}
