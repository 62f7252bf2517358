using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Picket.Api;

namespace Picket.Server.Response;

/// <summary>A plan shown to an administrator before anything is written.</summary>
public sealed class AppGroupPreviewRow
{
    public required Guid Id { get; init; }
    public required Guid IntegrationId { get; init; }
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>For which address, organization group and scope, as <see cref="AppGroupSwitchRow.AcceptedFor"/>.</summary>
    public required string MadeFor { get; init; }

    /// <summary>Apps that would be added or taken out.</summary>
    public required int Changes { get; init; }

    /// <summary>Of the policy in force then.</summary>
    public int PolicyVersion { get; init; }

    /// <summary>Why nothing could be written to a group; with any it cannot be accepted.</summary>
    public List<string> Trouble { get; init; } = [];
    public string? AcceptedBy { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<AppGroupPreviewRow>
    {
        public void Configure(EntityTypeBuilder<AppGroupPreviewRow> builder)
        {
            builder.ToTable("app_group_previews");
            builder.HasIndex(row => new { row.IntegrationId, row.Id });
        }
    }
}

/// <summary>One making-true of the app groups of an integration.</summary>
public sealed class AppGroupRunRow
{
    public required Guid Id { get; init; }
    public required Guid IntegrationId { get; init; }
    public AppGroupRunKind Kind { get; init; }
    public RunState State { get; set; }

    /// <summary>How many apps a person agreed to add and take out; null when nobody was asked.</summary>
    public int? AcceptedChanges { get; set; }
    public string? ApprovedBy { get; set; }

    /// <summary>When they did; a run that follows one that ended short goes by the same word for a day.</summary>
    public DateTimeOffset? ApprovedAt { get; set; }
    public int? HeldChanges { get; set; }

    /// <summary>The version of the policy for which it was held, or agreed to; null where nobody was asked.</summary>
    public int? PolicyVersion { get; set; }

    /// <summary>It was held because the policy is new.</summary>
    public bool HeldAsFirst { get; set; }

    /// <summary>Who wants it stopped, or discarded it.</summary>
    public string? CancelledBy { get; set; }
    public int Adds { get; set; }
    public int Removes { get; set; }
    public int Confirmed { get; set; }
    public int Failed { get; set; }
    public long UemCalls { get; set; }
    public List<string> IncompleteReasons { get; set; } = [];
    public DateTimeOffset QueuedAt { get; init; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<AppGroupRunRow>
    {
        public void Configure(EntityTypeBuilder<AppGroupRunRow> builder)
        {
            builder.ToTable("app_group_runs");
            builder.HasIndex(row => new { row.IntegrationId, row.Id });

            // One at a time: the numbers are those of Queued, Running and Held.
            builder
                .HasIndex(row => row.IntegrationId)
                .IsUnique()
                .HasFilter("\"State\" IN (0, 1, 2)")
                .HasDatabaseName("ix_app_group_runs_one_open_run");
        }
    }
}
