using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Picket.Core.Response;

namespace Picket.Server.Response;

/// <summary>Whether an integration's UEM gets lists of denied apps, and for what somebody agreed to it.</summary>
public sealed class AppGroupSwitchRow
{
    public required Guid IntegrationId { get; init; }
    public bool Enabled { get; set; }

    /// <summary>The address, organization group and scope for which it was accepted, as JSON; null before that.</summary>
    public string? AcceptedFor { get; set; }

    /// <summary>See <see cref="AppGroupBrake"/>.</summary>
    public int MostChanges { get; set; } = AppGroupBrake.Usual;

    /// <summary>The newest version of the policy under which a run is through, or nothing differed. A newer one is new.</summary>
    public int PolicyVersion { get; set; }
    public int Version { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<AppGroupSwitchRow>
    {
        public void Configure(EntityTypeBuilder<AppGroupSwitchRow> builder)
        {
            builder.ToTable("app_group_switches");
            builder.HasKey(row => row.IntegrationId);
            builder.Property(row => row.Version).IsConcurrencyToken();
        }
    }
}

/// <summary>
/// An app group of the UEM that Picket made, or was told to own, known by the UEM's number. No other is ever touched. It
/// outlives its integration: the next one at the same organization group then knows it as ours.
/// </summary>
public sealed class OwnedAppGroupRow
{
    public required Guid Id { get; init; }
    public required Guid IntegrationId { get; set; }

    /// <summary>The UEM that has it, and the organization group in which it was made.</summary>
    public required string Uem { get; init; }
    public required int OrganizationGroupId { get; init; }
    public required DenyPlatform Platform { get; init; }

    /// <summary>As Picket names it. Somebody may call it otherwise in the UEM: the number counts.</summary>
    public required string Name { get; init; }

    /// <summary>The UEM's number; null while it has to be made.</summary>
    public int? RemoteId { get; set; }

    /// <summary>It was there before Picket, and an administrator said that it is ours.</summary>
    public bool Adopted { get; set; }

    /// <summary>Why nothing is written to it, as the last reading found: another type or platform, or another's of the name.</summary>
    public string? Trouble { get; set; }
    public DateTimeOffset Since { get; init; }
    public DateTimeOffset? ReadAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<OwnedAppGroupRow>
    {
        public void Configure(EntityTypeBuilder<OwnedAppGroupRow> builder)
        {
            builder.ToTable("owned_app_groups");
            builder
                .HasIndex(row => new
                {
                    row.IntegrationId,
                    row.Uem,
                    row.OrganizationGroupId,
                    row.Platform,
                })
                .IsUnique();
        }
    }
}

/// <summary>An app of an owned group, as it was read back last.</summary>
public sealed class AppGroupAppRow
{
    public required Guid GroupId { get; init; }
    public required string AppId { get; init; }

    /// <summary>Picket put it there. What others did is never taken out.</summary>
    public bool Ours { get; set; }
    public DateTimeOffset Since { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<AppGroupAppRow>
    {
        public void Configure(EntityTypeBuilder<AppGroupAppRow> builder)
        {
            builder.ToTable("app_group_apps");
            builder.HasKey(row => new { row.GroupId, row.AppId });
        }
    }
}

/// <summary>What became of one app of a ledger entry.</summary>
public sealed class LedgerAppRow
{
    public required Guid EntryId { get; init; }
    public required string AppId { get; init; }
    public LedgerState State { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<LedgerAppRow>
    {
        public void Configure(EntityTypeBuilder<LedgerAppRow> builder)
        {
            builder.ToTable("ledger_apps");
            builder.HasKey(row => new { row.EntryId, row.AppId });
        }
    }
}
