using System.Globalization;
using Picket.Api;

namespace Picket.Server.Integrations;

/// <summary>What a person types about an integration, before it is asked for.</summary>
public sealed class IntegrationDraft
{
    private const string DayFormat = "yyyy-MM-dd";

    public string Name { get; set; } = "";
    public string Address { get; set; } = "";
    public string Ca { get; set; } = "";

    /// <summary>Take the private CA off: the system's list counts.</summary>
    public bool WithoutCa { get; set; }
    public string Group { get; set; } = "";
    public string Proxy { get; set; } = "";
    public string ProxyUser { get; set; } = "";
    public string ProxyPassword { get; set; } = "";
    public bool OAuth { get; set; }
    public string Account { get; set; } = "";
    public string Password { get; set; } = "";
    public string ApiKey { get; set; } = "";
    public string TokenAddress { get; set; } = "";

    /// <summary>The account was mended since the UEM refused it: it is tried once more.</summary>
    public bool Mended { get; set; }

    /// <summary>The last day on which the credential in use works; empty where nobody knows.</summary>
    public string CredentialEnds { get; set; } = "";

    /// <summary>The same of one that is entered now.</summary>
    public string NewCredentialEnds { get; set; } = "";

    /// <summary>The person's own account of the UEM, and its password: to prove it, once.</summary>
    public string Administrator { get; set; } = "";
    public string AdministratorPassword { get; set; } = "";
    public string AdministratorKey { get; set; } = "";
    public string ExcludedGroups { get; set; } = "";
    public string SmartGroups { get; set; } = "";
    public AppReading CorporateApps { get; set; } = AppReading.Clear;
    public AppReading EmployeeApps { get; set; } = AppReading.Hashed;
    public int Share { get; set; } = 50;
    public int Minutes { get; set; } = 240;
    public string TagPrefix { get; set; } = "Picket: ";
    public bool TagUnknown { get; set; }

    /// <summary>Of the brake of tags; empty for no limit.</summary>
    public string BrakePercent { get; set; } = "5";
    public string BrakeLeast { get; set; } = "5";
    public string BrakePerRun { get; set; } = "";
    public string BrakeGroupPercent { get; set; } = "";

    public static IntegrationDraft Of(IntegrationView saved) =>
        new()
        {
            Name = saved.Name,
            Address = saved.Address,
            Group = saved.OrganizationGroup.GroupId ?? $"{saved.OrganizationGroup.Id}",
            Proxy = saved.Proxy?.Address ?? "",
            ProxyUser = saved.Proxy?.User ?? "",
            OAuth = saved.CredentialKind == CredentialKind.OAuth,
            Account = saved.Account,
            CredentialEnds = saved.CredentialEndsOn?.ToString(DayFormat, CultureInfo.InvariantCulture) ?? "",
            ExcludedGroups = string.Join(", ", saved.Scope.ExcludedOrganizationGroups),
            SmartGroups = string.Join(", ", saved.Scope.SmartGroups),
            CorporateApps = saved.Privacy.CorporateApps,
            EmployeeApps = saved.Privacy.EmployeeApps,
            Share = saved.Quota.SharePercent,
            Minutes = saved.SyncIntervalMinutes,
            TagPrefix = saved.TagPrefix,
            TagUnknown = saved.TagUnknown,
            BrakePercent = Text(saved.TagBrake.Percent),
            BrakeLeast = Text(saved.TagBrake.Least),
            BrakePerRun = Text(saved.TagBrake.PerRun),
            BrakeGroupPercent = Text(saved.TagBrake.GroupPercent),
        };

    public Credential Credential =>
        OAuth
            ? new OAuthCredential(TokenAddress.Trim(), Account, Password, Given(ApiKey)) { AccountMended = Mended }
            : new BasicCredential(Account, Password, ApiKey) { AccountMended = Mended };

    public DateOnly? NewEnds => Day(NewCredentialEnds);

    public AdministratorProof Proof => new(Administrator, AdministratorPassword, Given(AdministratorKey));

    /// <param name="paused">Save it although the doctor finds something amiss.</param>
    public CreateIntegration ToCreate(bool paused = false) =>
        new()
        {
            SaveAsPaused = paused,
            Proxy = Proxy.Trim().Length == 0 ? null : ProxySettings,
            Name = Name,
            Address = Address.Trim(),
            OrganizationGroup = Group,
            Credential = Credential,
            CredentialEndsOn = NewEnds,
            Creator = Proof,
            CaCertificatePem = Given(Ca),
            Scope = Scope,
            Privacy = Privacy,
            QuotaSharePercent = Share,
            SyncIntervalMinutes = Minutes,
            TagPrefix = TagPrefix,
            TagUnknown = TagUnknown,
        };

    /// <summary>Only what differs from what is saved.</summary>
    public ChangeIntegration ToChange(IntegrationView saved)
    {
        var before = Of(saved);
        var privacy = (CorporateApps, EmployeeApps) != (before.CorporateApps, before.EmployeeApps);
        var scope = (ExcludedGroups, SmartGroups) != (before.ExcludedGroups, before.SmartGroups);
        var brake =
            (BrakePercent, BrakeLeast, BrakePerRun, BrakeGroupPercent)
            != (before.BrakePercent, before.BrakeLeast, before.BrakePerRun, before.BrakeGroupPercent);
        return new()
        {
            Name = Name == before.Name ? null : Name,
            QuotaSharePercent = Share == before.Share ? null : Share,
            SyncIntervalMinutes = Minutes == before.Minutes ? null : Minutes,
            CredentialEnd = CredentialEnds == before.CredentialEnds ? null : new CredentialEnd(Day(CredentialEnds)),
            TagPrefix = TagPrefix == before.TagPrefix ? null : TagPrefix,
            TagUnknown = TagUnknown == before.TagUnknown ? null : TagUnknown,
            TagBrake = brake ? TagBrake : null,
            Scope = scope ? Scope : null,
            Privacy = privacy ? Privacy : null,
        };
    }

    /// <summary>
    /// Whether the way to the UEM differs from what is saved: then secrets would go elsewhere, and every one is asked anew.
    /// </summary>
    public bool LeadsElsewhere(IntegrationView saved) =>
        ToChangeOfWay(saved) with { Credential = null, CredentialEnd = null } != new ChangeIntegration();

    /// <summary>The way to the UEM, as far as it differs, with the credential anew.</summary>
    public ChangeIntegration ToChangeOfWay(IntegrationView saved)
    {
        var before = Of(saved);
        var proxy = (Proxy.Trim(), ProxyUser.Trim()) != (before.Proxy, before.ProxyUser) || ProxyPassword.Length > 0;
        return new()
        {
            Address = Address.Trim() == before.Address ? null : Address.Trim(),
            OrganizationGroup = Group.Trim() == before.Group ? null : Group.Trim(),
            CaCertificatePem = WithoutCa && saved.HasCaCertificate ? "" : Given(Ca),
            Proxy = proxy ? ProxySettings : null,
            Credential = Credential,
            CredentialEnd = NewEnds is { } ends ? new CredentialEnd(ends) : null,
        };
    }

    private ProxySettings ProxySettings => new(Proxy.Trim(), Given(ProxyUser), Given(ProxyPassword));

    private IntegrationScope Scope =>
        new() { ExcludedOrganizationGroups = Parts(ExcludedGroups), SmartGroups = Parts(SmartGroups) };

    /// <summary>What is no number is none that is allowed, so that its field says so.</summary>
    private TagBrakeSettings TagBrake =>
        new()
        {
            Percent = Number(BrakePercent) ?? -1,
            Least = Whole(BrakeLeast) ?? -1,
            PerRun = Whole(BrakePerRun),
            GroupPercent = Number(BrakeGroupPercent),
        };

    private IntegrationPrivacy Privacy => new() { CorporateApps = CorporateApps, EmployeeApps = EmployeeApps };

    private static string Text(double? number) => number?.ToString("0.##", CultureInfo.InvariantCulture) ?? "";

    private static double? Number(string text) =>
        Given(text) is not { } given ? null
        : double.TryParse(given, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : -1;

    private static int? Whole(string text) =>
        Number(text) is not { } number ? null
        : number is >= 0 and <= int.MaxValue && number == Math.Floor(number) ? (int)number
        : -1;

    /// <summary>What is no day is none that is allowed, so that its field says so.</summary>
    private static DateOnly? Day(string text) =>
        Given(text) is not { } given ? null
        : DateOnly.TryParseExact(given, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : DateOnly.MinValue;

    private static string? Given(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string[] Parts(string text) =>
        text.Split([',', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
