using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Picket.Core.Response;
using Picket.Core.Risk;

namespace Picket.Server.Drift;

/// <summary>One thing that others changed about a tag of ours, for as long as it lasts.</summary>
public sealed class DriftRow
{
    public required Guid Id { get; init; }
    public required Guid IntegrationId { get; init; }

    /// <summary>The tag that it is about; null for a compliance policy.</summary>
    public Guid? OwnedTagId { get; init; }
    public required DriftKind Kind { get; init; }

    /// <summary>Nothing is repaired before a person says so.</summary>
    public bool Asks { get; set; }

    /// <summary>It asks because the same was repaired again and again.</summary>
    public bool Fought { get; init; }

    /// <summary>Of a renamed tag, how it is called now.</summary>
    public string? NewName { get; set; }

    /// <summary>The smart group that it is about, by the UEM's number, and its name.</summary>
    public int? SmartGroupId { get; init; }
    public string? SmartGroup { get; set; }

    /// <summary>The compliance policy that it is about, by the UEM's number, and its name.</summary>
    public int? CompliancePolicyId { get; init; }
    public string? CompliancePolicy { get; init; }

    /// <summary>Of fewer assignments, how many there are; of a tag that nothing names, devices that carried it.</summary>
    public int? Count { get; set; }

    /// <summary>Of fewer assignments, how many there were.</summary>
    public int? Before { get; init; }

    /// <summary>The write that puts the tag back, once it was marked as sent.</summary>
    public Guid? LedgerEntryId { get; set; }

    /// <summary>Why it could not be repaired, and what to do.</summary>
    public string? Trouble { get; set; }
    public DriftState State { get; set; }
    public required DateTimeOffset Since { get; init; }

    /// <summary>By the last reading that showed it.</summary>
    public DateTimeOffset LastSeenAt { get; set; }

    /// <summary>When nothing of it was left. What was accepted lasts on.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Who said that it be repaired, or stay.</summary>
    public string? DecidedBy { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<DriftRow>
    {
        public void Configure(EntityTypeBuilder<DriftRow> builder)
        {
            builder.ToTable("drift");
            builder.HasIndex(row => new { row.IntegrationId, row.EndedAt });
            builder.HasIndex(row => new { row.OwnedTagId, row.EndedAt });
        }
    }
}

/// <summary>A device whose tag others changed. By the UEM's number, as the ledger has it.</summary>
public sealed class DriftDeviceRow
{
    public required Guid DriftId { get; init; }
    public required int RemoteId { get; init; }

    /// <summary>Its level when it was seen; null where it was in no inventory. With another one something else is wanted.</summary>
    public RiskLevel? Level { get; init; }
    public required DateTimeOffset SeenAt { get; init; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary><see cref="DriftState.Open"/> while it lasts.</summary>
    public DriftState Became { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<DriftDeviceRow>
    {
        public void Configure(EntityTypeBuilder<DriftDeviceRow> builder)
        {
            builder.ToTable("drift_devices");
            builder.HasKey(row => new { row.DriftId, row.RemoteId });
            builder.HasIndex(row => row.RemoteId);
        }
    }
}
