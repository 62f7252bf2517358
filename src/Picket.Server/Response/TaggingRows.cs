using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Picket.Api;
using Picket.Core.Risk;

namespace Picket.Server.Response;

/// <summary>
/// A tag of the UEM that Picket made, or was told to own. No other tag is ever touched. It outlives its integration:
/// the next one at the same organization group then knows it as ours.
/// </summary>
public sealed class OwnedTagRow
{
    public required Guid Id { get; init; }
    public required Guid IntegrationId { get; set; }

    /// <summary>The UEM that has it, and the organization group in which it was made.</summary>
    public string Uem { get; set; } = "";
    public int OrganizationGroupId { get; init; }

    /// <summary>The level it stands for; null for one of the policy's sets, and once it only waits to be taken off.</summary>
    public RiskLevel? Level { get; set; }

    /// <summary>The set of the policy that it is of, or was of at last; null for the set of levels.</summary>
    public string? Set { get; set; }

    /// <summary>False once it only waits to be taken off: another prefix, another group, or it left the policy.</summary>
    public bool InForce { get; set; }

    /// <summary>As Picket names it; an adopted tag may differ from it in case.</summary>
    public required string Name { get; init; }

    /// <summary>The UEM's number; null while it has to be made.</summary>
    public int? RemoteId { get; set; }

    /// <summary>The number under which its devices were last read; what a first reading shows may be anybody's.</summary>
    public int? ReadNumber { get; set; }

    /// <summary>It was there before Picket, and an administrator said that it is ours.</summary>
    public bool Adopted { get; set; }
    public DateTimeOffset Since { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<OwnedTagRow>
    {
        public void Configure(EntityTypeBuilder<OwnedTagRow> builder)
        {
            builder.ToTable("owned_tags");
            builder
                .HasIndex(row => new
                {
                    row.IntegrationId,
                    row.OrganizationGroupId,
                    row.Name,
                })
                .IsUnique();
            builder.HasIndex(row => new { row.OrganizationGroupId, row.RemoteId });
        }
    }
}

/// <summary>
/// The last confirmed state: this device carries this owned tag in the UEM. By the UEM's number, since devices that
/// Picket does not keep may carry one too.
/// </summary>
public sealed class DeviceTagRow
{
    public required Guid OwnedTagId { get; init; }
    public required int RemoteId { get; init; }
    public DateTimeOffset ConfirmedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<DeviceTagRow>
    {
        public void Configure(EntityTypeBuilder<DeviceTagRow> builder)
        {
            builder.ToTable("device_tags");
            builder.HasKey(row => new { row.OwnedTagId, row.RemoteId });
            builder.HasIndex(row => row.RemoteId);
        }
    }
}

/// <summary>A plan shown to an administrator before anything is written.</summary>
public sealed class TagPreviewRow
{
    public required Guid Id { get; init; }
    public required Guid IntegrationId { get; init; }
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The preview as shown, as JSON.</summary>
    public required string Summary { get; init; }

    /// <summary>The settings that it was made for, as JSON; it can be accepted for no others.</summary>
    public required string Settings { get; init; }
    public int ChangedDevices { get; init; }
    public int Fleet { get; init; }

    /// <summary>The version of the policy by which the verdicts were made.</summary>
    public int PolicyVersion { get; init; }
    public bool Accepted { get; set; }
    public string? AcceptedBy { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<TagPreviewRow>
    {
        public void Configure(EntityTypeBuilder<TagPreviewRow> builder)
        {
            builder.ToTable("tag_previews");
            builder.HasIndex(row => new { row.IntegrationId, row.Id });
        }
    }
}

/// <summary>One making-true of the tags of an integration.</summary>
public sealed class TagRunRow
{
    public required Guid Id { get; init; }
    public required Guid IntegrationId { get; init; }
    public TagRunKind Kind { get; init; }
    public RunState State { get; set; }

    /// <summary>
    /// It reads from the UEM which tags there are and who carries them before it plans; else it goes by what was confirmed
    /// last, as long as that may be trusted.
    /// </summary>
    public bool ReadsFirst { get; set; }

    /// <summary>How many changed devices a person accepted for this run; null when nobody was asked.</summary>
    public int? AcceptedChanges { get; set; }
    public string? ApprovedBy { get; set; }

    /// <summary>When they did; a run that follows one that ended short goes by the same word for a day.</summary>
    public DateTimeOffset? ApprovedAt { get; set; }
    public int? HeldChanged { get; set; }
    public int? HeldFleet { get; set; }

    /// <summary>Other devices that changed within the brake's hour.</summary>
    public int? HeldRecent { get; set; }

    /// <summary>Share of the fleet that the brake let go then, 0 to 1.</summary>
    public double? HeldLimit { get; set; }

    /// <summary>The version of the policy for which it was held, or accepted; null when nobody was asked.</summary>
    public int? PolicyVersion { get; set; }

    /// <summary>The run whose <see cref="ShownDeviceRow"/> a person's word is for; null where the word goes by a number.</summary>
    public Guid? ShownRun { get; set; }

    /// <summary>How often it was held and shown: a word is for what was shown last.</summary>
    public int Showing { get; set; }

    /// <summary>Devices that were left to the next run, as nobody was shown them.</summary>
    public int NotShown { get; set; }

    /// <summary>
    /// The version of the policy under which it goes, while it is at work. That version is new until such a run is through: of one
    /// that was stopped half-way the rest is shown once more.
    /// </summary>
    public int? GoesUnder { get; set; }

    /// <summary>It was held because the policy is new.</summary>
    public bool HeldAsFirst { get; set; }

    /// <summary>Who wants it stopped, or discarded it.</summary>
    public string? CancelledBy { get; set; }

    /// <summary>The batch size that the UEM was found to take; null while the setting holds.</summary>
    public int? BatchSize { get; set; }
    public int Adds { get; set; }
    public int Removes { get; set; }
    public int Confirmed { get; set; }
    public int Failed { get; set; }
    public long UemCalls { get; set; }
    public List<string> IncompleteReasons { get; set; } = [];
    public DateTimeOffset QueuedAt { get; init; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<TagRunRow>
    {
        public void Configure(EntityTypeBuilder<TagRunRow> builder)
        {
            builder.ToTable("tag_runs");
            builder.Ignore(row => row.GoesUnder);
            builder.HasIndex(row => new { row.IntegrationId, row.Id });
            builder.HasIndex(row => new
            {
                row.IntegrationId,
                row.ReadsFirst,
                row.Id,
            });

            // One at a time: the numbers are those of Queued, Running and Held.
            builder
                .HasIndex(row => row.IntegrationId)
                .IsUnique()
                .HasFilter("\"State\" IN (0, 1, 2)")
                .HasDatabaseName("ix_tag_runs_one_open_run");
        }
    }
}
