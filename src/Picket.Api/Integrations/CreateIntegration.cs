using System.Text.Json.Serialization;

namespace Picket.Api;

/// <summary>
/// A new integration, or the draft that the doctor checks. It is saved only after a doctor without a failed check
/// (else 422 with the report), unless <see cref="SaveAsPaused"/> asks otherwise. Writing starts switched off.
/// </summary>
public sealed record CreateIntegration
{
    /// <summary>What people call it; 1 to 100 characters, used once.</summary>
    public required string Name { get; init; }

    /// <summary>Address of the UEM's REST API, e.g. <c>https://as123.example.com</c>; https, plain http only to loopback. The console's address is mended with a hint.</summary>
    public required string Address { get; init; }

    /// <summary>The organization group: its Group ID, number or uuid.</summary>
    public required string OrganizationGroup { get; init; }

    /// <summary>How to sign in.</summary>
    public required Credential Credential { get; init; }

    /// <summary>
    /// The creator's own UEM administrator account, proven and linked with the integration; its active role, not a
    /// read-only one, is at exactly the organization group. Needed to create; the doctor of a draft does without.
    /// </summary>
    public AdministratorProof? Creator { get; init; }

    /// <summary>Certificate of a private CA, PEM; replaces the system's list for this integration.</summary>
    public string? CaCertificatePem { get; init; }

    /// <summary>Proxy on the way.</summary>
    public ProxySettings? Proxy { get; init; }

    /// <summary>What of the organization group is read; everything when absent.</summary>
    public IntegrationScope? Scope { get; init; }

    /// <summary>What is kept of apps, by whose the device is; the defaults when absent.</summary>
    public IntegrationPrivacy? Privacy { get; init; }

    /// <summary>Share of the UEM's daily call quota that Picket may use, 1 to 100 percent.</summary>
    public int QuotaSharePercent { get; set; } = 50;

    /// <summary>Minutes between scheduled runs, 15 to 10080.</summary>
    public int SyncIntervalMinutes { get; set; } = 240;

    /// <summary>What the names of Picket's tags start with; 1 to 30 characters.</summary>
    public string TagPrefix { get; set; } = "Picket: ";

    /// <summary>Tag devices whose verdict is Unknown, too.</summary>
    public bool TagUnknown { get; init; }

    /// <summary>Devices of one tag call, 1 to 500; halved where the UEM takes fewer.</summary>
    public int TagBatchSize { get; set; } = 500;

    /// <summary>The last day on which the credential works, from today on; null where nobody knows.</summary>
    public DateOnly? CredentialEndsOn { get; init; }

    /// <summary>
    /// Save although the doctor finds failures; the integration is then paused. The creator is proven all the same, so
    /// the UEM has to let its API be called and show its administrators.
    /// </summary>
    public bool SaveAsPaused { get; init; }
}

/// <summary>Which devices of the organization group belong to the integration; without a field, all of them.</summary>
public sealed record IntegrationScope
{
    /// <summary>Group IDs, numbers or uuids of groups below that are left out, with all below them.</summary>
    public IReadOnlyList<string> ExcludedOrganizationGroups { get; set; } = [];

    /// <summary>Names or uuids; when not empty, only devices of these smart groups are read.</summary>
    public IReadOnlyList<string> SmartGroups { get; set; } = [];
}

/// <summary>How apps that the UEM does not manage are kept.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AppReading>))]
public enum AppReading
{
    /// <summary>Not at all. Such devices are judged without them, and their verdict says so.</summary>
    NotRead,

    /// <summary>As keyed hashes: a feed's entry or an exact id finds them, and nobody can list them.</summary>
    Hashed,

    /// <summary>Id, name and version.</summary>
    Clear,
}

/// <summary>
/// What is kept of apps that the UEM does not manage, by whose the device is. Managed apps are kept in clear always. What
/// was kept before and may not be any more is hashed or deleted soon after a change.
/// </summary>
public sealed record IntegrationPrivacy
{
    /// <summary>On devices of the organization; never <see cref="AppReading.NotRead"/>.</summary>
    public AppReading CorporateApps { get; set; } = AppReading.Clear;

    /// <summary>On employees' own devices, and on those of whom nobody knows whose they are; never <see cref="AppReading.Clear"/>.</summary>
    public AppReading EmployeeApps { get; set; } = AppReading.Hashed;
}

/// <summary>
/// A change of settings, under If-Match. An absent field stays as it is; an empty <see cref="CaCertificatePem"/> or
/// proxy address removes it. A new address, proxy or CA needs <see cref="Credential"/> entered anew (else 422).
/// </summary>
public sealed record ChangeIntegration
{
    /// <summary>New name.</summary>
    public string? Name { get; init; }

    /// <summary>New address; needs the credential anew, and writing is switched off.</summary>
    public string? Address { get; init; }

    /// <summary>New organization group; needs the credential anew, the inventory is read afresh, and writing is switched off.</summary>
    public string? OrganizationGroup { get; init; }

    /// <summary>The credential anew.</summary>
    public Credential? Credential { get; init; }

    /// <summary>New CA, PEM; empty removes it. Needs the credential anew.</summary>
    public string? CaCertificatePem { get; init; }

    /// <summary>New proxy; an empty address removes it. Needs the credential anew.</summary>
    public ProxySettings? Proxy { get; init; }

    /// <summary>New scope, whole; writing is switched off when it differs.</summary>
    public IntegrationScope? Scope { get; init; }

    /// <summary>New rules of privacy, whole.</summary>
    public IntegrationPrivacy? Privacy { get; init; }

    /// <summary>New share of the daily quota, 1 to 100 percent.</summary>
    public int? QuotaSharePercent { get; init; }

    /// <summary>New minutes between runs, 15 to 10080.</summary>
    public int? SyncIntervalMinutes { get; init; }

    /// <summary>New tag prefix; the next tag run makes new tags and takes the old ones off, which the brake holds first.</summary>
    public string? TagPrefix { get; init; }

    /// <summary>Whether devices whose verdict is Unknown are tagged, too.</summary>
    public bool? TagUnknown { get; init; }

    /// <summary>New number of devices of one tag call, 1 to 500.</summary>
    public int? TagBatchSize { get; init; }

    /// <summary>When the credential ends, or that nobody knows. A new credential without it has none.</summary>
    public CredentialEnd? CredentialEnd { get; init; }

    /// <summary>New limits of the brake of tags, all of them.</summary>
    public TagBrakeSettings? TagBrake { get; init; }
}

/// <summary>When a credential ends in the UEM, as a person typed it: no route of the UEM tells.</summary>
/// <param name="On">The last day on which it works, from today on; null where nobody knows.</param>
public sealed record CredentialEnd(DateOnly? On);

/// <summary>Allows or stops writing to the UEM.</summary>
/// <param name="Enabled">True needs a preview that was accepted for the present settings (else 409); false takes effect before the next write.</param>
public sealed record SetWriting(bool Enabled);
