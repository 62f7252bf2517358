using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Picket.Core.Risk;

namespace Picket.Server.Inventory;

/// <summary>A device as the UEM last described it, what was read of it in detail, and its verdict.</summary>
public sealed class DeviceRow
{
    public required Guid Id { get; init; }
    public required Guid IntegrationId { get; init; }

    /// <summary>The UEM's integer id.</summary>
    public required int RemoteId { get; init; }
    public Guid? RemoteUuid { get; set; }

    public string? FriendlyName { get; set; }
    public string? SerialNumber { get; set; }
    public string? Udid { get; set; }
    public string? Platform { get; set; }
    public string? Model { get; set; }

    /// <summary>Hardware identifier such as <c>iPhone14,2</c> or <c>SM-S911B</c>, where the UEM reports one.</summary>
    public string? ModelIdentifier { get; set; }
    public string? OsVersion { get; set; }
    public string? OsBuild { get; set; }
    public DateOnly? SecurityPatchDate { get; set; }
    public string? Ownership { get; set; }
    public int? OrganizationGroupId { get; set; }
    public int? UserRemoteId { get; set; }
    public string? UserName { get; set; }
    public string? EnrollmentStatus { get; set; }
    public string? ComplianceStatus { get; set; }
    public bool? Compromised { get; set; }
    public bool? Supervised { get; set; }
    public DateTimeOffset? EnrolledAt { get; set; }
    public DateTimeOffset? ComplianceCheckedAt { get; set; }
    public DateTimeOffset? CompromisedCheckedAt { get; set; }

    /// <summary>Moves at every contact; no part of the hash, no history.</summary>
    public DateTimeOffset? LastSeenAt { get; set; }

    /// <summary>Hash of the lasting attributes above, as <see cref="Picket.Core.Sync"/> computes it.</summary>
    public required byte[] Hash { get; set; }

    // Security details: one call each, so they are older than the listing.
    public bool? PasscodePresent { get; set; }
    public bool? PasscodeCompliant { get; set; }
    public bool? Encrypted { get; set; }
    public bool? BlockEncrypted { get; set; }
    public DateTimeOffset? SecurityReadAt { get; set; }
    public DetailState SecurityState { get; set; }

    /// <summary>The policies of the UEM that it breaks, as JSON; null where it breaks none, or none was read.</summary>
    public string? BrokenPolicies { get; set; }

    /// <summary>When these were read; null while it is compliant.</summary>
    public DateTimeOffset? PoliciesReadAt { get; set; }

    public DateTimeOffset? AppsReadAt { get; set; }
    public DetailState AppsState { get; set; }

    /// <summary>
    /// When a list last showed all apps, those too that the UEM does not manage. Lists that hide these leave them in the
    /// inventory, as of this time.
    /// </summary>
    public DateTimeOffset? AppsWholeAt { get; set; }

    /// <summary>
    /// The first of the readings up to <see cref="AppsWholeAt"/> that all showed apps that the UEM does not manage. That one
    /// of these was not there is known from then on only.
    /// </summary>
    public DateTimeOffset? AppsWholeSince { get; set; }

    /// <summary>How many of the apps on it are kept as hashes only.</summary>
    public int PersonalApps { get; set; }

    /// <summary>When apps and security details were last asked for, whatever came of it.</summary>
    public DateTimeOffset? DetailsTriedAt { get; set; }

    /// <summary>Readings of them that failed since the last good one.</summary>
    public int DetailFailures { get; set; }

    /// <summary>Before this they are not asked for again: the UEM has nothing newer, or they just failed.</summary>
    public DateTimeOffset? DetailsNotBefore { get; set; }

    public DateTimeOffset FirstSeenAt { get; init; }

    /// <summary>Since when a complete listing lacks the device; null while it is in the fleet.</summary>
    public DateTimeOffset? GoneAt { get; set; }

    public RiskLevel Level { get; set; }
    public DateTimeOffset? JudgedAt { get; set; }

    /// <summary>When the tags that it should carry last changed, by its level or the sets of the policy; null until then.</summary>
    public DateTimeOffset? WantedAt { get; set; }

    /// <summary>Facts or indicators changed after <see cref="JudgedAt"/>.</summary>
    public bool JudgingDue { get; set; } = true;

    /// <summary>Facts that a verdict needs and does not have, as JSON.</summary>
    public string? Unknowns { get; set; }

    /// <summary>Another object with the same values.</summary>
    internal DeviceRow Copy() => (DeviceRow)MemberwiseClone();

    internal sealed class Mapping : IEntityTypeConfiguration<DeviceRow>
    {
        public void Configure(EntityTypeBuilder<DeviceRow> builder)
        {
            builder.ToTable("devices");
            builder.HasIndex(row => new { row.IntegrationId, row.RemoteId }).IsUnique();
            // Pages of the lists, in the order of ids.
            builder.HasIndex(row => new { row.IntegrationId, row.Id });
            builder.HasIndex(row => new { row.Level, row.Id });
            builder.HasIndex(row => row.JudgedAt);
            // The overview counts levels from the index alone, the page of groups theirs, and brakes what is enrolled.
            builder
                .HasIndex(row => new
                {
                    row.IntegrationId,
                    row.Level,
                    row.GoneAt,
                    row.OrganizationGroupId,
                    row.EnrollmentStatus,
                })
                .HasDatabaseName("ix_devices_levels");
            builder.HasIndex(row => row.FriendlyName);
            builder.HasIndex(row => row.SerialNumber);
            builder.HasIndex(row => row.UserName);
            builder.HasIndex(row => new { row.IntegrationId, row.UserRemoteId });
            builder
                .HasIndex(row => new { row.IntegrationId, row.WantedAt })
                .HasFilter("\"WantedAt\" IS NOT NULL")
                .HasDatabaseName("ix_devices_wanted");
            // Both columns: by the first alone SQLite holds any other index that begins with it for as good.
            builder
                .HasIndex(row => new { row.IntegrationId, row.GoneAt }, "ix_devices_judging_due")
                .HasFilter("\"JudgingDue\"");
            builder
                .HasIndex(row => new { row.IntegrationId, row.GoneAt }, "ix_devices_personal_apps")
                .HasFilter("\"PersonalApps\" > 0");
        }
    }
}

/// <summary>What is known of a device's apps or security details. Only <see cref="Known"/> may count as clean.</summary>
public enum DetailState
{
    NotRead,
    Known,

    /// <summary>The UEM answered, but privacy settings keep the personal part from it.</summary>
    Limited,

    /// <summary>The UEM has none for this kind of device.</summary>
    NotSupported,

    /// <summary>The last reading failed; what was known before is kept, with its age.</summary>
    Failed,
}
