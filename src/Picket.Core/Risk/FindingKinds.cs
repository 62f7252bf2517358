namespace Picket.Core.Risk;

/// <param name="RuleVersion">Raised when the rule would judge the same facts differently.</param>
/// <param name="AttackIds">Techniques of MITRE ATT&amp;CK for Mobile that the finding makes possible or shows.</param>
public sealed record FindingKind(string Id, int RuleVersion, string Title, IReadOnlyList<string> AttackIds)
{
    /// <summary>What it means, needs and can't see, and what the device's user is told.</summary>
    public KindDescription Description => KindDescriptions.Of(Id);
}

/// <summary>Every kind of finding that exists. Ids are part of the API and never change their meaning.</summary>
public static class FindingKinds
{
    public static readonly FindingKind Compromised = new(
        "device.compromised",
        1,
        "Device is compromised",
        ["T1404", "T1630.003"]
    );
    public static readonly FindingKind NoPasscode = new("device.no-passcode", 1, "No passcode is set", ["T1461"]);
    public static readonly FindingKind WeakPasscode = new(
        "device.passcode-not-compliant",
        1,
        "Passcode does not meet the policy",
        ["T1461"]
    );
    public static readonly FindingKind NotEncrypted = new(
        "device.not-encrypted",
        2,
        "Storage is not encrypted",
        ["T1461"]
    );
    public static readonly FindingKind NotCompliant = new(
        "device.not-compliant",
        2,
        "Not compliant with the UEM's policies",
        []
    );
    public static readonly FindingKind NoBlockEncryption = new(
        "device.no-block-encryption",
        1,
        "Storage is not encrypted block by block",
        ["T1461"]
    );
    public static readonly FindingKind NotProperlyEnrolled = new(
        "device.not-enrolled-properly",
        1,
        "Enrolment was not completed",
        ["T1629.003"]
    );
    public static readonly FindingKind WipePending = new("device.wipe-pending", 1, "A wipe is pending", []);
    public static readonly FindingKind NoContact = new("device.no-contact", 1, "No contact", ["T1629.003"]);

    public static readonly FindingKind OsExploited = new(
        "os.exploited-cves",
        2,
        "Operating system lacks fixes for exploited vulnerabilities",
        ["T1404", "T1456", "T1658", "T1664"]
    );
    public static readonly FindingKind OsOutdated = new(
        "os.outdated",
        2,
        "Operating system is not up to date",
        ["T1404", "T1658"]
    );
    public static readonly FindingKind OsTrainEnded = new(
        "os.train-ended",
        1,
        "Operating system version gets no more security updates",
        ["T1404", "T1456", "T1658", "T1664"]
    );
    public static readonly FindingKind PatchOld = new(
        "os.patch-old",
        1,
        "Security patch level is old",
        ["T1404", "T1658"]
    );
    public static readonly FindingKind HardwareEnded = new(
        "hardware.support-ended",
        1,
        "Hardware gets no more security updates",
        ["T1404", "T1658"]
    );

    public static readonly FindingKind MaliciousApp = new(
        "app.malicious",
        1,
        "App is listed as malicious",
        ["T1430", "T1429", "T1512", "T1417", "T1636"]
    );
    public static readonly FindingKind Stalkerware = new(
        "app.stalkerware",
        1,
        "App is listed as stalkerware",
        ["T1430", "T1429", "T1512", "T1636", "T1628.001"]
    );
    public static readonly FindingKind Watchware = new(
        "app.watchware",
        1,
        "App is listed as watchware",
        ["T1430", "T1636"]
    );
    public static readonly FindingKind LookAlike = new(
        "app.look-alike",
        2,
        "App looks like a well-known one",
        ["T1655.001"]
    );
    public static readonly FindingKind RogueProfile = new(
        "profile.malicious",
        1,
        "Configuration profile is listed as malicious",
        ["T1638", "T1632"]
    );

    public static readonly FindingKind DeniedApp = new("app.denied", 2, "App is denied by the organization", []);
    public static readonly FindingKind RequiredAppMissing = new(
        "app.required-missing",
        1,
        "App required by the organization is missing",
        []
    );
    public static readonly FindingKind NotSupervised = new("device.not-supervised", 1, "Device is not supervised", []);
    public static readonly FindingKind Silent = new("device.silent", 1, "Too little is known about the device", []);
    public static readonly FindingKind OsListed = new(
        "os.listed",
        1,
        "Operating system version is listed",
        ["T1404", "T1658"]
    );
    public static readonly FindingKind ModelListed = new("device.model-listed", 1, "Device model is listed", []);

    public static readonly IReadOnlyList<FindingKind> All =
    [
        Compromised,
        NoPasscode,
        WeakPasscode,
        NotEncrypted,
        NoBlockEncryption,
        NotProperlyEnrolled,
        WipePending,
        NotCompliant,
        NoContact,
        OsExploited,
        OsOutdated,
        OsTrainEnded,
        PatchOld,
        HardwareEnded,
        MaliciousApp,
        Stalkerware,
        Watchware,
        LookAlike,
        RogueProfile,
        DeniedApp,
        RequiredAppMissing,
        NotSupervised,
        Silent,
        OsListed,
        ModelListed,
    ];

    /// <summary>The kind as people read it; of a kind that this version does not know, its id.</summary>
    public static string TitleOf(string id) => All.FirstOrDefault(kind => kind.Id == id)?.Title ?? id;

    public static readonly IReadOnlyList<string> AppKinds =
    [
        MaliciousApp.Id,
        Stalkerware.Id,
        Watchware.Id,
        LookAlike.Id,
    ];

    /// <summary>Found on devices that are not judged, too: they say why not.</summary>
    public static readonly IReadOnlyList<string> EnrollmentKinds = [NotProperlyEnrolled.Id, WipePending.Id];

    /// <summary>Kinds whose findings may name an app that is on the device.</summary>
    public static readonly IReadOnlyList<string> NamingApps = [.. AppKinds, DeniedApp.Id];

    public static readonly IReadOnlyList<string> OsKinds =
    [
        OsExploited.Id,
        OsOutdated.Id,
        OsTrainEnded.Id,
        HardwareEnded.Id,
    ];
}
