using Picket.Core.Devices;
using Picket.Core.Intelligence;

namespace Picket.Core.Risk;

/// <summary>
/// The one readable place: what weighs how much, from when on, and what must be known before a device is called Secure.
/// </summary>
public static class DefaultPolicy
{
    public static readonly IReadOnlyDictionary<string, RiskLevel> Levels = new Dictionary<string, RiskLevel>
    {
        [FindingKinds.Compromised.Id] = RiskLevel.Critical,
        [FindingKinds.MaliciousApp.Id] = RiskLevel.Critical,
        [FindingKinds.RogueProfile.Id] = RiskLevel.Critical,
        [FindingKinds.Stalkerware.Id] = RiskLevel.High,
        [FindingKinds.OsExploited.Id] = RiskLevel.High,
        [FindingKinds.NotEncrypted.Id] = RiskLevel.High,
        [FindingKinds.HardwareEnded.Id] = RiskLevel.High,
        [FindingKinds.Watchware.Id] = RiskLevel.Medium,
        [FindingKinds.OsTrainEnded.Id] = RiskLevel.Medium,
        [FindingKinds.NoPasscode.Id] = RiskLevel.Medium,
        [FindingKinds.NotCompliant.Id] = RiskLevel.Medium,
        [FindingKinds.OsListed.Id] = RiskLevel.Medium,
        [FindingKinds.ModelListed.Id] = RiskLevel.Medium,
        [FindingKinds.WeakPasscode.Id] = RiskLevel.Low,
        [FindingKinds.OsOutdated.Id] = RiskLevel.Low,
        // These come up only where a policy wants them.
        [FindingKinds.DeniedApp.Id] = RiskLevel.Medium,
        [FindingKinds.RequiredAppMissing.Id] = RiskLevel.Low,
        [FindingKinds.NotSupervised.Id] = RiskLevel.Medium,
        [FindingKinds.Silent.Id] = RiskLevel.High,
        [FindingKinds.NoBlockEncryption.Id] = RiskLevel.Low,
        [FindingKinds.LookAlike.Id] = RiskLevel.Low,
        // The verdict of such a device is Unknown whatever these weigh.
        [FindingKinds.WipePending.Id] = RiskLevel.Medium,
        [FindingKinds.NotProperlyEnrolled.Id] = RiskLevel.Low,
        // These two grow with age; here stands where they begin.
        [FindingKinds.PatchOld.Id] = RiskLevel.Medium,
        [FindingKinds.NoContact.Id] = RiskLevel.Low,
    };

    /// <summary>Vendors move to quarterly bulletins: anything under 90 days would raise false alarms.</summary>
    public static readonly IReadOnlyList<AgeStep> PatchAge = [new(90, RiskLevel.Medium), new(180, RiskLevel.High)];

    public static readonly IReadOnlyList<AgeStep> NoContact = [new(30, RiskLevel.Low), new(90, RiskLevel.Medium)];

    public static readonly IReadOnlyDictionary<Confidence, RiskLevel> Caps = new Dictionary<Confidence, RiskLevel>
    {
        [Confidence.Low] = RiskLevel.Low,
        [Confidence.Medium] = RiskLevel.High,
        [Confidence.High] = RiskLevel.Critical,
    };

    public const int OutdatedGraceDays = 30;

    public const int OldestFactDays = 30;

    /// <summary>Some feeds are dated by their newest release only, and makers pause for a month or more.</summary>
    public const int OldestFeedDays = 45;

    /// <summary>
    /// Facts without which nothing is called Secure. Computers are judged on the UEM's posture alone: no feed covers
    /// them.
    /// </summary>
    public static IReadOnlyList<FactName> RequiredFor(DevicePlatform platform) =>
        platform switch
        {
            DevicePlatform.Ios or DevicePlatform.Ipados => AppleRequired,
            DevicePlatform.Android => AndroidRequired,
            DevicePlatform.Windows or DevicePlatform.Macos => ComputerRequired,
            _ => AlwaysRequired,
        };

    private static readonly IReadOnlyList<FactName> AlwaysRequired = [FactName.Enrollment, FactName.LastSeen];

    private static readonly IReadOnlyList<FactName> ComputerRequired =
    [
        .. AlwaysRequired,
        FactName.Compliance,
        FactName.Encryption,
    ];

    private static readonly IReadOnlyList<FactName> AppleRequired =
    [
        .. AlwaysRequired,
        FactName.Compromised,
        FactName.Compliance,
        FactName.Passcode,
        FactName.Encryption,
        FactName.OsVersion,
        FactName.Model,
        FactName.Apps,
    ];

    private static readonly IReadOnlyList<FactName> AndroidRequired = [.. AppleRequired, FactName.SecurityPatch];
}
