using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Picket.Core.Response;
using Picket.Server.Storage;

namespace Picket.Server.Commands;

/// <summary>A command to one device, from the wish to its end. What was written to the UEM for it is in the ledger.</summary>
public sealed class DeviceCommandRow
{
    public required Guid Id { get; init; }
    public required Guid IntegrationId { get; init; }
    public required Guid DeviceId { get; init; }
    public required int RemoteId { get; init; }
    public required CommandKind Kind { get; init; }
    public CommandState State { get; set; }

    /// <summary>What holds it, or held it for good.</summary>
    public CommandBrake Brake { get; set; }

    /// <summary>Why it stands there, in words.</summary>
    public string? Why { get; set; }

    /// <summary>Why it was wanted, in a person's words.</summary>
    public string? Cause { get; init; }
    public Guid? FindingId { get; init; }

    // Of a message: the kind of the finding, and what the user is sent, word for word.
    public string? MessageAbout { get; init; }
    public MessageChannel? MessageBy { get; init; }
    public string? MessageText { get; init; }

    /// <summary>Somebody may watch what the user is sent, and an administrator insisted.</summary>
    public bool Insisted { get; init; }

    /// <summary>The version of the policy that wants it; null where a person does.</summary>
    public int? PolicyVersion { get; init; }

    // What a wipe is bound to. Forgotten when it has ended (law 8).
    public Guid? BoundUuid { get; set; }
    public string? BoundSerial { get; set; }
    public int? BoundUser { get; set; }
    public DateTimeOffset? BoundEnrolledAt { get; set; }

    public required string WantedBy { get; init; }
    public Guid? WantedByPerson { get; set; }

    /// <summary>The UEM account that the person was linked to when they asked.</summary>
    public Guid? WantedByAccount { get; set; }
    public required DateTimeOffset WantedAt { get; init; }
    public string? ApprovedBy { get; set; }
    public Guid? ApprovedByPerson { get; set; }
    public Guid? ApprovedByAccount { get; set; }
    public DateTimeOffset? ApprovedAt { get; set; }

    /// <summary>End of the delay in which it can be cancelled.</summary>
    public DateTimeOffset? NotBefore { get; set; }

    /// <summary>It ends unless it was approved, and then sent, by this time.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>How often the sent mark was set: again only after it was certain that nothing had left.</summary>
    public int Sends { get; set; }
    public DateTimeOffset? SentAt { get; set; }
    public DateTimeOffset? FollowUntil { get; set; }

    /// <summary>Attempts in a row that came to nothing, for the pauses between them.</summary>
    public int Failures { get; set; }

    /// <summary>When it is looked at again; null for who waits for a person, and at the end.</summary>
    public DateTimeOffset? GoesOnAt { get; set; }
    public Guid? LedgerEntryId { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public string? EndedBy { get; set; }

    public WipeBinding Binding => new(BoundUuid, BoundSerial, BoundUser, BoundEnrolledAt);

    /// <summary>A person was erased: what they asked for or approved waits for nobody any more.</summary>
    internal static async Task ForgetAsync(PicketDbContext db, Guid person, CancellationToken cancellation)
    {
        await db
            .DeviceCommands.Where(row => row.WantedByPerson == person)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.WantedByPerson, (Guid?)null)
                        .SetProperty(row => row.WantedByAccount, (Guid?)null),
                cancellation
            );
        await db
            .DeviceCommands.Where(row => row.ApprovedByPerson == person)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.ApprovedByPerson, (Guid?)null)
                        .SetProperty(row => row.ApprovedByAccount, (Guid?)null),
                cancellation
            );
    }

    /// <summary>
    /// Two people's word was given before whatever made somebody stop all writes: the second one is asked for again.
    /// </summary>
    /// <returns>How many there were.</returns>
    internal static async Task<int> AskAgainAsync(PicketDbContext db, IQueryable<DeviceCommandRow> commands)
    {
        var approved = commands.Where(row =>
            row.ApprovedAt != null && (row.State == CommandState.Delayed || row.State == CommandState.Due)
        );
        var entries = approved.Select(row => row.LedgerEntryId);
        await CommandLedger.HeldAsync(db.Ledger.Where(row => entries.Contains(row.Id)), CommandBrake.Stop);
        await db
            .LedgerDevices.Where(row => entries.Contains(row.EntryId))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, LedgerState.Held));
        await db
            .Ledger.Where(row => entries.Contains(row.Id))
            .ExecuteUpdateAsync(set =>
                set.SetProperty(row => row.State, LedgerState.Held).SetProperty(row => row.ApprovedBy, (string?)null)
            );
        return await approved.ExecuteUpdateAsync(set =>
            set.SetProperty(row => row.State, CommandState.Waiting)
                .SetProperty(row => row.Brake, CommandBrake.None)
                .SetProperty(row => row.Why, "All writes were stopped after it was approved: it is asked for again.")
                .SetProperty(row => row.ApprovedBy, (string?)null)
                .SetProperty(row => row.ApprovedByPerson, (Guid?)null)
                .SetProperty(row => row.ApprovedByAccount, (Guid?)null)
                .SetProperty(row => row.ApprovedAt, (DateTimeOffset?)null)
                .SetProperty(row => row.NotBefore, (DateTimeOffset?)null)
                .SetProperty(row => row.GoesOnAt, row => row.ExpiresAt)
        );
    }

    internal sealed class Mapping : IEntityTypeConfiguration<DeviceCommandRow>
    {
        public void Configure(EntityTypeBuilder<DeviceCommandRow> builder)
        {
            builder.ToTable("device_commands");
            builder.Ignore(row => row.Binding);
            // Of two who want the same at once, one finds it under way.
            builder
                .HasIndex(row => new { row.DeviceId, row.Kind })
                .IsUnique()
                .HasFilter($"\"EndedAt\" IS NULL AND \"Kind\" <> {(int)CommandKind.Message}")
                .HasDatabaseName("ix_device_commands_one_open");
            builder
                .HasIndex(row => new { row.DeviceId, row.FindingId })
                .IsUnique()
                .HasFilter($"\"EndedAt\" IS NULL AND \"Kind\" = {(int)CommandKind.Message}")
                .HasDatabaseName("ix_device_commands_one_open_message");
            builder.HasIndex(row => new { row.DeviceId, row.Id });
            builder.HasIndex(row => new { row.IntegrationId, row.Id });
            // What waits, and the locks, wipes and messages of the last hour.
            builder.HasIndex(row => new { row.IntegrationId, row.State });
            builder.HasIndex(row => new { row.IntegrationId, row.SentAt });
            builder.HasIndex(row => row.GoesOnAt);
        }
    }
}
