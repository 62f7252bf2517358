using Picket.Core.Devices;
using Picket.Core.Sync;
using Picket.Server.Inventory;

namespace Picket.Server.Risk;

/// <summary>Rows as the facts that judging looks at: what is not known says why.</summary>
internal static class DeviceFactsOf
{
    /// <param name="personalKept">
    /// False where this integration keeps nothing of personal apps: then that is why none is seen.
    /// </param>
    /// <param name="listed">Whether any app is known of the device, where not all of them are given; null where they are.</param>
    public static DeviceFacts Device(
        DeviceRow row,
        IReadOnlyList<AppOnDevice> apps,
        bool personalKept,
        bool? listed = null
    ) =>
        new(row.Id.ToString(), Platform(row))
        {
            Ownership = Ownerships.Of(row.Ownership),
            Enrollment = Enrollment(row.EnrollmentStatus),
            Model = Fact.From(row.ModelIdentifier, row.LastSeenAt),
            ModelName = Fact.From(row.Model, row.LastSeenAt),
            OsVersion = Version(row),
            OsBuild = Fact.From(row.OsBuild, row.LastSeenAt),
            SecurityPatch = Fact.From(row.SecurityPatchDate, row.LastSeenAt),
            LastSeen = Fact.From(row.LastSeenAt),
            Compromised = Fact.From(row.Compromised, row.CompromisedCheckedAt ?? row.LastSeenAt),
            Compliant = Compliance(row),
            BrokenPolicies = row.PoliciesReadAt is { } read
                ? Fact.Known(PolicyJson.Read(row.BrokenPolicies), read)
                : Fact.Missing<IReadOnlyList<BrokenPolicy>>(MissingReason.NeverCollected),
            PersonalSide = personalKept ? Personal(row, apps) : PersonalSide.NotApart,
            PasscodePresent = Security(row, row.PasscodePresent),
            PasscodeCompliant = Security(row, row.PasscodeCompliant),
            Encrypted = Security(row, row.Encrypted),
            BlockLevelEncrypted = Security(row, row.BlockEncrypted),
            Supervised = Fact.From(row.Supervised, row.LastSeenAt),
            Apps = Apps(row, apps, listed ?? apps.Count > 0),
            Profiles = Fact.Missing<IReadOnlyList<string>>(MissingReason.NotCollected),
        };

    public static DevicePlatform Platform(DeviceRow row) =>
        DevicePlatforms.Recognise(row.Platform, row.ModelIdentifier, row.Model);

    private static PersonalSide Personal(DeviceRow row, IReadOnlyList<AppOnDevice> apps) =>
        PersonalSides.Recognise(
            Platform(row),
            AppPrivacy.IsPersonal(Ownerships.Of(row.Ownership)),
            row.SerialNumber,
            row.AppsState == DetailState.Limited && apps.Count > 0 && apps.All(app => app.Managed is true)
        );

    public static AppOnDevice App(AppRow app, string? version, bool managed) =>
        app.Hashed
            ? new AppOnDevice(null, version, managed)
            {
                IdentifierHash = app.Identifier,
                TestedPatterns = app.TestedPatterns,
                MatchedPatterns = app.Matches,
            }
            : new AppOnDevice(app.Identifier, version, managed) { Name = app.Name };

    private static Fact<EnrollmentState> Enrollment(string? status) =>
        Plain(status) switch
        {
            "" => Fact.Missing<EnrollmentState>(MissingReason.NotReported),
            "ENROLLED" => Fact.Known(EnrollmentState.Enrolled),
            "DISCOVERED" or "REGISTERED" or "ENROLLMENTINPROGRESS" or "PENDINGAGENT" => Fact.Known(
                EnrollmentState.NotYet
            ),
            "ENTERPRISEWIPEPENDING" or "DEVICEWIPEPENDING" => Fact.Known(EnrollmentState.WipePending),
            "APPCATALOGONLY" => Fact.Known(EnrollmentState.AppsOnly),
            "BLACKLISTED" or "DENYLISTED" => Fact.Known(EnrollmentState.Denied),
            "UNENROLLED" or "UNENROLLEDBYFEEDBACKSERVICE" or "RETIRED" => Fact.Known(EnrollmentState.Unenrolled),
            _ => Fact.Known(EnrollmentState.Unknown),
        };

    private static Fact<OsVersion> Version(DeviceRow row) =>
        string.IsNullOrWhiteSpace(row.OsVersion) ? Fact.Missing<OsVersion>(MissingReason.NotReported)
        : OsVersion.TryParse(row.OsVersion, out var version) ? Fact.Known(version, row.LastSeenAt)
        : Fact.Missing<OsVersion>(MissingReason.NotUnderstood);

    private static Fact<bool> Compliance(DeviceRow row)
    {
        // The UEM states compliance anew with each contact; its time of the check is often the enrolment's, or never.
        var at = row.LastSeenAt ?? row.ComplianceCheckedAt;
        return Plain(row.ComplianceStatus) switch
        {
            "COMPLIANT" or "ALLOWED" => Fact.Known(true, at),
            "NONCOMPLIANT" or "NOTCOMPLIANT" or "BLOCKED" or "QUARANTINED" => Fact.Known(false, at),
            "" or "NOTAVAILABLE" or "UNKNOWN" or "PENDINGCOMPLIANCECHECK" or "PENDINGCOMPLIANCECHECKFORAPOLICY" =>
                Fact.Missing<bool>(MissingReason.NotReported),
            _ => Fact.Missing<bool>(MissingReason.NotUnderstood),
        };
    }

    private static Fact<bool> Security(DeviceRow row, bool? value) =>
        value is { } known
            ? Fact.Known(known, row.SecurityReadAt)
            : Fact.Missing<bool>(
                row.SecurityState switch
                {
                    DetailState.NotRead => MissingReason.NeverCollected,
                    DetailState.Failed => MissingReason.ReadFailed,
                    DetailState.Limited => MissingReason.HiddenByPrivacy,
                    DetailState.NotSupported => MissingReason.NotApplicable,
                    _ => MissingReason.NotReported,
                }
            );

    /// <summary>
    /// What was read before a failure, or before apps were hidden, still proves what is bad, as of the time at which it was
    /// read; whether it was the whole list is no longer known.
    /// </summary>
    private static Fact<AppList> Apps(DeviceRow row, IReadOnlyList<AppOnDevice> apps, bool listed) =>
        row.AppsState switch
        {
            DetailState.Known => Fact.Known(new AppList(apps), row.AppsReadAt),
            DetailState.Limited or DetailState.Failed when listed => Fact.Known(
                new AppList([.. apps.Select(app => Aged(row, app))], AppView.ManagedOnly),
                row.AppsReadAt
            ),
            DetailState.Limited => Fact.Missing<AppList>(MissingReason.HiddenByPrivacy),
            DetailState.Failed => Fact.Missing<AppList>(MissingReason.ReadFailed),
            DetailState.NotSupported => Fact.Missing<AppList>(MissingReason.NotApplicable),
            _ => Fact.Missing<AppList>(MissingReason.NeverCollected),
        };

    private static AppOnDevice Aged(DeviceRow row, AppOnDevice app) =>
        app.Managed is true || row.AppsWholeAt is not { } whole ? app : app with { CollectedAt = whole };

    /// <summary>Listings write <c>NonCompliant</c>, details <c>NON_COMPLIANT</c>, consoles "Non-Compliant".</summary>
    private static string Plain(string? text) =>
        string.Concat((text ?? "").Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
