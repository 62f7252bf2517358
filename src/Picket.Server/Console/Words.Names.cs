using Picket.Api;
using Picket.Core.Devices;
using Picket.Core.Risk;
using static Picket.Server.Console.Texts;

namespace Picket.Server.Console;

/// <summary>
/// Names of states, kinds and facts. What is not known here, as a kind that a later version adds or a word of the UEM's,
/// is shown as it is called.
/// </summary>
internal static partial class Words
{
    public static string Of(Level level) =>
        level switch
        {
            Level.Critical => T("Critical"),
            Level.High => T("High"),
            Level.Medium => T("Medium"),
            Level.Low => T("Low"),
            Level.Secure => T("Secure"),
            _ => T("Unknown"),
        };

    public static string Of(IntegrationState state) =>
        state switch
        {
            IntegrationState.Active => T("Active"),
            IntegrationState.Paused => T("Paused"),
            IntegrationState.CredentialRefused => T("Credential refused"),
            IntegrationState.PermissionMissing => T("Permission missing"),
            IntegrationState.OrganizationGroupGone => T("Organization group gone"),
            IntegrationState.Unreachable => T("Unreachable"),
            _ => Sentence($"{state}"),
        };

    public static string Of(RunKind kind) =>
        kind switch
        {
            RunKind.Full => T("Full"),
            RunKind.Incremental => T("Incremental"),
            RunKind.Device => T("Device"),
            _ => Sentence($"{kind}"),
        };

    public static string Of(RunState state) =>
        state switch
        {
            RunState.Queued => T("Queued"),
            RunState.Running => T("Running"),
            RunState.Held => T("Held"),
            RunState.Completed => T("Completed"),
            RunState.Incomplete => T("Incomplete"),
            RunState.Failed => T("Failed"),
            RunState.Cancelled => T("Cancelled"),
            _ => Sentence($"{state}"),
        };

    public static string Of(LedgerState state) =>
        state switch
        {
            LedgerState.Wanted => T("Wanted"),
            LedgerState.Approved => T("Approved"),
            LedgerState.Sent => T("Sent"),
            LedgerState.Confirmed => T("Confirmed"),
            LedgerState.PartlyFailed => T("Partly failed"),
            LedgerState.Failed => T("Failed"),
            LedgerState.Discarded => T("Discarded"),
            LedgerState.Undone => T("Undone"),
            _ => Sentence($"{state}"),
        };

    /// <summary>The state as a part of a line.</summary>
    public static string Within(LedgerState state) =>
        state switch
        {
            LedgerState.Wanted => T("wanted"),
            LedgerState.Approved => T("approved"),
            LedgerState.Sent => T("sent"),
            LedgerState.Confirmed => T("confirmed"),
            LedgerState.PartlyFailed => T("partly failed"),
            LedgerState.Failed => T("failed"),
            LedgerState.Discarded => T("discarded"),
            LedgerState.Undone => T("undone"),
            _ => Sentence($"{state}"),
        };

    public static string Of(DeviceOwnership ownership) =>
        ownership switch
        {
            DeviceOwnership.CorporateDedicated => T("Corporate dedicated"),
            DeviceOwnership.CorporateShared => T("Corporate shared"),
            DeviceOwnership.EmployeeOwned => T("Employee owned"),
            _ => T("Unknown"),
        };

    /// <summary>Title of a kind of finding; its id where the kind is not known here.</summary>
    public static string Kind(string id) =>
        id switch
        {
            "device.compromised" => T("Device is compromised"),
            "device.no-passcode" => T("No passcode is set"),
            "device.passcode-not-compliant" => T("Passcode does not meet the policy"),
            "device.not-encrypted" => T("Storage is not encrypted"),
            "device.no-block-encryption" => T("Storage is not encrypted block by block"),
            "device.not-enrolled-properly" => T("Enrolment was not completed"),
            "device.wipe-pending" => T("A wipe is pending"),
            "app.look-alike" => T("App looks like a well-known one"),
            "uem.exploited-vulnerability" => T("The UEM has a vulnerability that is exploited"),
            "uem.account-excess-rights" => T("Picket's account may do more than it needs"),
            "uem.administrator-unused" => T("Administrators have not signed in for long"),
            "device.not-compliant" => T("Not compliant with the UEM's policies"),
            "device.no-contact" => T("No contact"),
            "os.exploited-cves" => T("Operating system lacks fixes for exploited vulnerabilities"),
            "os.outdated" => T("Operating system is not up to date"),
            "os.train-ended" => T("Operating system version gets no more security updates"),
            "os.patch-old" => T("Security patch level is old"),
            "hardware.support-ended" => T("Hardware gets no more security updates"),
            "app.malicious" => T("App is listed as malicious"),
            "app.stalkerware" => T("App is listed as stalkerware"),
            "app.watchware" => T("App is listed as watchware"),
            "profile.malicious" => T("Configuration profile is listed as malicious"),
            "os.listed" => T("Operating system version is listed"),
            "device.model-listed" => T("Device model is listed"),
            "app.denied" => T("App is denied by the organization"),
            "app.required-missing" => T("App required by the organization is missing"),
            "device.not-supervised" => T("Device is not supervised"),
            "device.silent" => T("Too little is known about the device"),
            _ => id,
        };

    /// <summary>Why a fact is not known, by the name of its <see cref="MissingReason"/>.</summary>
    public static string Cause(string name) =>
        name switch
        {
            nameof(MissingReason.NeverCollected) => T("not collected yet"),
            nameof(MissingReason.NotReported) => T("not reported by the UEM"),
            nameof(MissingReason.HiddenByPrivacy) => T("not collected for privacy"),
            nameof(MissingReason.PersonalSide) => T("on the user's own side, invisible to the UEM"),
            nameof(MissingReason.ReadFailed) => T("could not be read"),
            nameof(MissingReason.TooOld) => T("too old"),
            nameof(MissingReason.NotUnderstood) => T("not understood"),
            nameof(MissingReason.NoFeed) => T("no feed covers it"),
            nameof(MissingReason.FeedUnreadable) => T("a feed cannot be read"),
            nameof(MissingReason.FeedTooOld) => T("the feed is too old"),
            nameof(MissingReason.NotCollected) => T("not read by Picket"),
            nameof(MissingReason.Untested) => T("not tested against all that is in force"),
            nameof(MissingReason.NotEnrolled) => T("not managed by the UEM"),
            _ => Sentence(name),
        };

    /// <summary>A finding's sentence, where it says no more than its kind; else as it was kept.</summary>
    public static string Finding(string title) =>
        FindingKinds.All.FirstOrDefault(kind => kind.Title == title) is { } kind ? Kind(kind.Id) : title;

    /// <summary>What is kept for some time.</summary>
    public static string Kept(RetentionView rule) =>
        rule.Kind switch
        {
            "AppHistoryDays" => T("Apps that are on a device no more"),
            "DeviceHistoryDays" => T("Changes of devices and of their verdicts"),
            "EndedFindingDays" => T("Findings that ended, with their evidence"),
            "GoneDeviceDays" => T("Devices that left the fleet, with what was known of them"),
            "GonePersonDays" => T("Users and administrators that the UEM lists no more"),
            "RunDays" => T("Sync runs that ended"),
            _ => rule.What,
        };

    public static string Of(FactAge age) =>
        age switch
        {
            FactAge.Fresh => T("up to a day old"),
            FactAge.Recent => T("up to a week old"),
            FactAge.Old => T("up to 30 days old"),
            FactAge.Older => T("over 30 days old"),
            _ => T("not known"),
        };

    /// <summary>
    /// Name of a fact, a stage, a kind of row or of a feed's entry: <c>passcodeCompliant</c> reads "Passcode meets the
    /// policy".
    /// </summary>
    public static string Fact(string name) =>
        name.ToLowerInvariant() switch
        {
            // Of devices, and of the evidence of findings.
            "apps" => T("Apps"),
            "attack" => T("ATT&CK for Mobile"),
            "blockencryption" => T("Block-level encryption"),
            "compliance" => T("Compliance"),
            "compromised" => T("Compromised"),
            "encryption" => T("Encryption"),
            "enrolledat" => T("Enrolled"),
            "enrollment" => T("Enrollment"),
            "exploitedcves" => T("Exploited CVEs"),
            "confidence" => T("Confidence of the source"),
            "friendlyname" => T("Friendly name"),
            "held" => T("Held"),
            "lastseen" => T("Last seen"),
            "membership" => T("Membership in groups"),
            "missingcves" => T("CVEs without a fix here"),
            "model" => T("Model"),
            "modelidentifier" => T("Model identifier"),
            "organizationgroup" => T("Organization group"),
            "osbuild" => T("System build"),
            "osversion" => T("System version"),
            "ownership" => T("Ownership"),
            "passcode" => T("Passcode"),
            "passcodecompliant" => T("Passcode meets the policy"),
            "platform" => T("Platform"),
            "policies" => T("Policies that it breaks"),
            "uemversion" => T("Version of the UEM"),
            "account" => T("Account"),
            "roles" => T("Roles"),
            "profiles" => T("Profiles"),
            "proof" => T("Proof"),
            "securitypatch" => T("Security patch level"),
            "serialnumber" => T("Serial number"),
            "supervised" => T("Supervised"),
            "supervision" => T("Supervision"),
            "udid" => T("Udid"),
            "user" => T("User"),
            "userid" => T("User id"),
            "uuid" => T("Uuid"),
            // Of runs.
            "administrators" => T("Administrators"),
            "details" => T("Details"),
            "devices" => T("Devices"),
            "organizationgroups" => T("Organization groups"),
            "smartgroupmembers" => T("Members of smart groups"),
            "smartgroups" => T("Smart groups"),
            "tagmembers" => T("Devices with tags"),
            "tags" => T("Tags"),
            "usergroups" => T("User groups"),
            "users" => T("Users"),
            // Of feeds.
            "duplicates" => T("Duplicates"),
            "entries" => T("Entries"),
            "exploited" => T("Exploited"),
            "fixes" => T("Fixes"),
            "hardware" => T("Hardware"),
            "indicators" => T("Indicators"),
            "nottestableyet" => T("Not testable yet"),
            "releases" => T("Releases"),
            "testable" => T("Testable"),
            "trains" => T("Trains"),
            // Of their entries.
            "androidfix" => T("Fix for Android"),
            "androidproperty" => T("Android property"),
            "appcertificatemd5" => T("App certificate md5"),
            "appcertificatename" => T("App certificate name"),
            "appcertificatesha1" => T("App certificate sha1"),
            "appcertificatesha256" => T("App certificate sha256"),
            "appid" => T("App id"),
            "appidpattern" => T("App id pattern"),
            "compound" => T("Compound"),
            "devicemodel" => T("Model"),
            "domain" => T("Domain"),
            "email" => T("Email"),
            "filehash" => T("File hash"),
            "filename" => T("File name"),
            "filepath" => T("File path"),
            "ipaddress" => T("Ip address"),
            "malware" => T("Malware"),
            "patchlevel" => T("Security patch level"),
            "process" => T("Process"),
            "profileid" => T("Profile id"),
            "spyware" => T("Spyware"),
            "stalkerware" => T("Stalkerware"),
            "url" => T("Url"),
            "vulnerable" => T("Vulnerable"),
            "watchware" => T("Watchware"),
            // The UEM's words for enrolment that are most seen.
            "discovered" => T("Discovered"),
            "enrolled" => T("Enrolled"),
            "unenrolled" => T("Unenrolled"),
            "unknown" => T("Unknown"),
            _ => Sentence(name),
        };
}
