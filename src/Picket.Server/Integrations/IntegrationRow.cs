using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Picket.Api;

namespace Picket.Server.Integrations;

/// <summary>Picket's link to one organization group (OG) of one UEM.</summary>
public sealed class IntegrationRow
{
    public required Guid Id { get; init; }
    public required string Name { get; set; }

    /// <summary>API root, ends with <c>/API</c>.</summary>
    public required string Address { get; set; }
    public int OrganizationGroupId { get; set; }
    public Guid? OrganizationGroupUuid { get; set; }
    public string? OrganizationGroupName { get; set; }
    public string? OrganizationGroupCode { get; set; }

    public CredentialKind CredentialKind { get; set; }

    /// <summary>User name of a Basic account, or the OAuth client's id.</summary>
    public required string Account { get; set; }
    public string? TokenAddress { get; set; }

    /// <summary>Password or client secret, and the API key, encrypted by <see cref="SecretBox"/>.</summary>
    public required string ProtectedSecrets { get; set; }

    /// <summary>Grows with each rotation; a connection made with an older one is dropped.</summary>
    public int CredentialVersion { get; set; }

    /// <summary>When the credential in use was entered: what the ledger tells of rights before it says nothing.</summary>
    public DateTimeOffset CredentialSince { get; set; }

    /// <summary>The last day on which it works, as a person typed it.</summary>
    public DateOnly? CredentialEndsOn { get; set; }

    /// <summary>
    /// The credential that the UEM refused. The truth of law 10: <see cref="State"/> follows it, but a pause or a resume
    /// that was loaded before the refusal may overwrite the state, never this.
    /// </summary>
    public int? RefusedCredentialVersion { get; set; }
    public string? RefusedReason { get; set; }

    public string? CaCertificatePem { get; set; }
    public string? ProxyAddress { get; set; }
    public List<int> ExcludedOrganizationGroups { get; set; } = [];
    public List<int> SmartGroups { get; set; } = [];

    public AppReading CorporateApps { get; set; } = AppReading.Clear;
    public AppReading EmployeeApps { get; set; } = AppReading.Hashed;

    /// <summary>The rules of privacy were changed, and what was kept by the old ones was not looked through yet.</summary>
    public bool PrivacyDue { get; set; }

    public int QuotaSharePercent { get; set; } = 50;
    public int SyncIntervalMinutes { get; set; } = 240;
    public string TagPrefix { get; set; } = "Picket: ";
    public bool TagUnknown { get; set; }
    public int TagBatchSize { get; set; } = 500;

    /// <summary>See <see cref="Core.Response.TagBrake"/>, which says what each of them holds.</summary>
    public double TagBrakePercent { get; set; } = 5;
    public int TagBrakeLeast { get; set; } = 5;
    public int? TagBrakePerRun { get; set; }
    public int? TagBrakePerHour { get; set; }
    public double? TagBrakeGroupPercent { get; set; }

    /// <summary>The version of the policy whose first tag run a person has agreed to, or that changed nothing.</summary>
    public int TagPolicyVersion { get; set; }

    public IntegrationState State { get; set; }

    /// <summary>Why the state is what it is, in words for the administrator.</summary>
    public string? StateReason { get; set; }

    /// <summary>Nobody signs in with the present credential any more.</summary>
    public bool IsCredentialRefused => RefusedCredentialVersion == CredentialVersion;

    public IntegrationState Health => IsCredentialRefused ? IntegrationState.CredentialRefused : State;

    public string? HealthReason => IsCredentialRefused ? RefusedReason : StateReason;

    /// <summary>Why nothing is asked of the UEM now, with the next step; null while it may be.</summary>
    public string? WhyNotAsked => WhyNot(State, IsCredentialRefused);

    public static string? WhyNot(IntegrationState state, bool isCredentialRefused) =>
        state == IntegrationState.Paused ? "The integration is paused; resume it first."
        : isCredentialRefused ? "The UEM refused the credential; rotate it first."
        : null;

    /// <summary>Version of the rights catalogue at the doctor's last pass: later rows are new to the account's role.</summary>
    public int RightsVersion { get; set; }

    /// <summary>False until an administrator accepted a preview.</summary>
    public bool WritingEnabled { get; set; }

    /// <summary>Somebody switched the registering of users and devices on.</summary>
    public bool EnrollmentEnabled { get; set; }

    /// <summary>Somebody switched the publishing of apps on.</summary>
    public bool DeploymentEnabled { get; set; }

    /// <summary>Somebody switched commands to devices on.</summary>
    public bool CommandsEnabled { get; set; }

    /// <summary>Somebody switched enterprise wipes on.</summary>
    public bool WipesEnabled { get; set; }

    /// <summary>Somebody switched messages to users about findings on.</summary>
    public bool MessagesEnabled { get; set; }
    public int MessagesPerHour { get; set; } = 20;
    public int LocksPerHour { get; set; } = 20;
    public int CommandFreshHours { get; set; } = 72;
    public int WipeDelayMinutes { get; set; } = 15;
    public int WipesPerHour { get; set; } = 5;
    public int WipeApprovalHours { get; set; } = 24;

    /// <summary>Who signs in for wipes alone; null for the integration's own account.</summary>
    public string? WipeAccount { get; set; }
    public CredentialKind WipeCredentialKind { get; set; }

    /// <summary>Its secrets, encrypted as the others are, for the same way to the UEM.</summary>
    public string? ProtectedWipeSecrets { get; set; }

    /// <summary>Why the UEM refused it; then nobody signs in with it until it is set anew (law 10).</summary>
    public string? WipeAccountRefused { get; set; }

    public long? QuotaLimit { get; set; }
    public long? QuotaRemaining { get; set; }
    public DateTimeOffset? QuotaResetAt { get; set; }

    /// <summary>Calls that Picket itself made in the quota window that ends at <see cref="QuotaResetAt"/>.</summary>
    public long QuotaUsed { get; set; }

    public DateTimeOffset? NextRunAt { get; set; }

    /// <summary>When the last listing of devices that was read to its end began: incremental runs read what came since.</summary>
    public DateTimeOffset? DevicesListedAt { get; set; }

    /// <summary>What the UEM said of its own version in the last full run; null before it said any.</summary>
    public string? UemVersion { get; set; }
    public DateTimeOffset? UemVersionReadAt { get; set; }

    /// <summary>When the last complete listing of its administrators was read.</summary>
    public DateTimeOffset? AdministratorsListedAt { get; set; }

    /// <summary>When the last complete listing of its smart groups was read: what is not in it is not there.</summary>
    public DateTimeOffset? SmartGroupsListedAt { get; set; }

    /// <summary>The same of its tags.</summary>
    public DateTimeOffset? TagsListedAt { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>ETag of the settings.</summary>
    public int Version { get; set; }

    /// <summary>
    /// At the end of another way stands another UEM, or another part of it: nobody has agreed to command its devices, and the
    /// secrets for wipes were entered for the way before (law 7).
    /// </summary>
    public void ForgetUem()
    {
        (CommandsEnabled, WipesEnabled, MessagesEnabled) = (false, false, false);
        (WipeAccount, ProtectedWipeSecrets, WipeAccountRefused) = (null, null, null);
        (UemVersion, UemVersionReadAt, AdministratorsListedAt) = (null, null, null);
        (SmartGroupsListedAt, TagsListedAt) = (null, null);
    }

    public void Refuse(string reason)
    {
        (RefusedCredentialVersion, RefusedReason) = (CredentialVersion, reason);
        (State, StateReason) = (IntegrationState.CredentialRefused, reason);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<IntegrationRow>
    {
        public void Configure(EntityTypeBuilder<IntegrationRow> builder)
        {
            builder.ToTable("integrations");
            builder.HasIndex(row => row.Name).IsUnique();
            builder.Property(row => row.Version).IsConcurrencyToken();
            builder.Ignore(row => row.IsCredentialRefused);
            builder.Ignore(row => row.Health);
            builder.Ignore(row => row.HealthReason);
            builder.Ignore(row => row.WhyNotAsked);
        }
    }
}
