using System.Text.Json.Serialization;

namespace Picket.Api;

/// <summary>Whether an integration works.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IntegrationState>))]
public enum IntegrationState
{
    /// <summary>Runs by its schedule.</summary>
    Active,

    /// <summary>Stopped by a person.</summary>
    Paused,

    /// <summary>The UEM refused the credential; nothing signs in again until it is changed.</summary>
    CredentialRefused,

    /// <summary>The account may not read what the integration needs.</summary>
    PermissionMissing,

    /// <summary>The organization group is gone or out of the account's reach.</summary>
    OrganizationGroupGone,

    /// <summary>The last run could not reach the UEM.</summary>
    Unreachable,
}

/// <summary>An integration as people see it. It never contains a secret.</summary>
public sealed record IntegrationView
{
    /// <summary>Picket's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Version of the settings: the ETag without its quotes, for If-Match.</summary>
    public required string Version { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>Address of the UEM's REST API.</summary>
    public required string Address { get; init; }

    /// <summary>The organization group that it is bound to.</summary>
    public required OrganizationGroupRef OrganizationGroup { get; init; }

    /// <summary>How it signs in.</summary>
    public required CredentialKind CredentialKind { get; init; }

    /// <summary>The administrator account, or the OAuth client id.</summary>
    public required string Account { get; init; }

    /// <summary>The last day on which the credential works, as a person typed it; null where nobody did.</summary>
    public DateOnly? CredentialEndsOn { get; init; }

    /// <summary>That day is near or past, by <c>Notices:CredentialEndsDays</c>.</summary>
    public bool CredentialEndsSoon { get; init; }

    /// <summary>True when a CA of its own is set.</summary>
    public bool HasCaCertificate { get; init; }

    /// <summary>The proxy, without its password.</summary>
    public ProxySettings? Proxy { get; init; }

    /// <summary>Which devices belong to it.</summary>
    public required IntegrationScope Scope { get; init; }

    /// <summary>What is kept of apps.</summary>
    public required IntegrationPrivacy Privacy { get; init; }

    /// <summary>Whether it works.</summary>
    public required IntegrationState State { get; init; }

    /// <summary>Why it does not work and what mends it; null while it works.</summary>
    public string? StateReason { get; init; }

    /// <summary>True when Picket may write to the UEM.</summary>
    public bool Writing { get; init; }

    /// <summary>What the names of Picket's tags start with.</summary>
    public required string TagPrefix { get; init; }

    /// <summary>True when devices whose verdict is Unknown are tagged, too.</summary>
    public bool TagUnknown { get; init; }

    /// <summary>Devices of one tag call.</summary>
    public int TagBatchSize { get; init; }

    /// <summary>How much a tag run may change before a person is asked.</summary>
    public TagBrakeSettings TagBrake { get; set; } = new();

    /// <summary>Minutes between scheduled runs.</summary>
    public int SyncIntervalMinutes { get; init; }

    /// <summary>The call budget.</summary>
    public required QuotaView Quota { get; init; }

    /// <summary>The newest run.</summary>
    public RunView? LastRun { get; init; }

    /// <summary>When the schedule starts the next one; null while paused.</summary>
    public DateTimeOffset? NextRunAt { get; init; }

    /// <summary>For how many devices the apps are known.</summary>
    public required AppCoverage AppCoverage { get; init; }

    /// <summary>How much was read.</summary>
    public required InventoryCounts Counts { get; init; }

    /// <summary>
    /// True when the caller may change the settings, by what the UEM last told of the account that the caller is linked
    /// to. It is asked again before each change.
    /// </summary>
    public bool MayChange { get; init; }

    /// <summary>Why the caller may not, and what to do; null when the caller may.</summary>
    public string? WhyNot { get; init; }

    /// <summary>The UEM administrator account that the caller is linked to here.</summary>
    public AdministratorLink? Link { get; init; }

    /// <summary>A recovery that nobody has acknowledged yet.</summary>
    public RecoveryView? Recovery { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Names an organization group.</summary>
/// <param name="Id">Number in the UEM.</param>
/// <param name="Uuid">Uuid in the UEM.</param>
/// <param name="Name">Name.</param>
/// <param name="GroupId">Group ID; null when it has none.</param>
public sealed record OrganizationGroupRef(long Id, Guid? Uuid, string Name, string? GroupId);

/// <summary>Picket's share of the UEM's daily calls.</summary>
/// <param name="SharePercent">The share that Picket may use, 1 to 100.</param>
/// <param name="DailyLimit">The UEM's limit as its headers report it; null before the first call.</param>
/// <param name="Remaining">What the UEM reported as left, for everybody.</param>
/// <param name="UsedToday">Calls of Picket since the quota began anew.</param>
/// <param name="ResetsAt">When the quota begins anew.</param>
public sealed record QuotaView(
    int SharePercent,
    int? DailyLimit,
    int? Remaining,
    int UsedToday,
    DateTimeOffset? ResetsAt
)
{
    /// <summary>Calls a day that Picket's share permits; null before the first call.</summary>
    public int? Ceiling { get; init; }

    /// <summary>Calls that Picket may still make until the reset, within its share; null before the first call.</summary>
    public int? Left { get; init; }
}

/// <summary>For how many devices the apps are known.</summary>
/// <param name="Eligible">Devices whose privacy settings permit reading apps.</param>
/// <param name="Known">Of these, devices whose apps were read.</param>
/// <param name="Percent">Known of eligible, 0 to 100; null when none is eligible.</param>
/// <param name="MedianAgeHours">Half of the known app lists are younger, hours.</param>
public sealed record AppCoverage(int Eligible, int Known, double? Percent, double? MedianAgeHours);

/// <summary>Rows of the inventory.</summary>
/// <param name="Devices">Devices.</param>
/// <param name="Users">Enrolment users.</param>
/// <param name="UserGroups">User groups.</param>
/// <param name="OrganizationGroups">Organization groups.</param>
/// <param name="SmartGroups">Smart groups.</param>
/// <param name="Administrators">Administrator accounts.</param>
/// <param name="Tags">Tags.</param>
public sealed record InventoryCounts(
    int Devices,
    int Users,
    int UserGroups,
    int OrganizationGroups,
    int SmartGroups,
    int Administrators,
    int Tags
);
