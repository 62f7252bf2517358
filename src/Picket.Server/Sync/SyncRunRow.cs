using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Picket.Api;

namespace Picket.Server.Sync;

/// <summary>One reading of the UEM into the inventory. What a killed run needs to go on is here, not in memory.</summary>
public sealed class SyncRunRow
{
    public required Guid Id { get; init; }
    public required Guid IntegrationId { get; init; }
    public RunKind Kind { get; init; }
    public RunTrigger Trigger { get; init; }
    public RunState State { get; set; }

    /// <summary>Name of the stage that is being worked on.</summary>
    public string Stage { get; set; } = "";

    /// <summary>How often the run was taken up again after its process had stopped or died.</summary>
    public int Resumes { get; set; }

    /// <summary>UEM id of the device of a one-device run.</summary>
    public int? DeviceRemoteId { get; init; }

    /// <summary>Rows read, added, changed, touched and removed per kind, as JSON.</summary>
    public string Counts { get; set; } = "{}";
    public long StageDone { get; set; }
    public long? StageTotal { get; set; }
    public long UemCalls { get; set; }
    public long UemBytes { get; set; }

    /// <summary>Seconds per stage, as JSON.</summary>
    public string StageSeconds { get; set; } = "{}";
    public List<string> IncompleteReasons { get; set; } = [];

    /// <summary>What is worth knowing although nothing is wrong.</summary>
    public List<string> Notes { get; set; } = [];
    public bool CancelRequested { get; set; }

    /// <summary>A person said that great losses of users, groups and tags are real. Devices have the brake instead.</summary>
    public bool AcceptLosses { get; init; }

    /// <summary>Fields of the UEM's answers that nobody reads, with how often they came, as JSON. Never a value.</summary>
    public string UnknownFields { get; set; } = "{}";

    /// <summary>Set while the brake holds the run: devices that would be lost.</summary>
    public int? HeldLost { get; set; }
    public int? HeldStored { get; set; }
    public bool HoldApproved { get; set; }
    public string? HoldDecidedBy { get; set; }

    public DateTimeOffset RequestedAt { get; init; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<SyncRunRow>
    {
        public void Configure(EntityTypeBuilder<SyncRunRow> builder)
        {
            builder.ToTable("sync_runs");
            builder.HasIndex(row => new { row.IntegrationId, row.Id });

            // Two runs asked at once: the database lets one in. The numbers are those of Queued, Running and Held, and
            // of the kind Device: one device can be read while a run is held, each device by one run at a time.
            builder
                .HasIndex(row => row.IntegrationId)
                .IsUnique()
                .HasFilter("\"State\" IN (0, 1, 2) AND \"Kind\" <> 2")
                .HasDatabaseName("ix_sync_runs_one_open_run");
            builder
                .HasIndex(row => new { row.IntegrationId, row.DeviceRemoteId })
                .IsUnique()
                .HasFilter("\"State\" IN (0, 1, 2) AND \"Kind\" = 2")
                .HasDatabaseName("ix_sync_runs_one_open_run_per_device");
        }
    }
}
