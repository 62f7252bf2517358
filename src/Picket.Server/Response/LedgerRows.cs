using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Picket.Core.Response;

namespace Picket.Server.Response;

/// <summary>One write to the UEM, recorded before it is sent.</summary>
public sealed class LedgerEntryRow
{
    /// <summary>In place of a person.</summary>
    internal const string WantedByVerdicts = "verdicts";

    public required Guid Id { get; init; }
    public required Guid IntegrationId { get; init; }

    /// <summary>Ours; the same wish yields the same key, so that a repeated plan finds its entry.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>One of <see cref="LedgerKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>What it is about: the tag's name, the line of an import, or the name of an app, a smart group or an app group. Never a person's name: the ledger is kept.</summary>
    public required string Subject { get; init; }
    public Guid? TagRunId { get; init; }
    public Guid? OwnedTagId { get; init; }
    public Guid? ImportId { get; init; }
    public Guid? PublicationId { get; init; }
    public Guid? CommandId { get; init; }
    public Guid? AppGroupRunId { get; init; }

    /// <summary>Of <see cref="OwnedAppGroupRow"/>.</summary>
    public Guid? AppGroupId { get; init; }

    /// <summary>The brake that held it before it was sent, or for good; null where none did.</summary>
    public string? HeldBy { get; set; }
    public LedgerState State { get; set; }
    public required string WantedBy { get; init; }
    public string? ApprovedBy { get; set; }

    /// <summary>How often the durable sent mark was set.</summary>
    public int Sends { get; set; }
    public int Devices { get; init; }
    public int Failed { get; set; }

    /// <summary>Of the answer that refused it; null when none came, or it was taken.</summary>
    public int? HttpStatus { get; set; }

    /// <summary>The UEM's own code beside the status.</summary>
    public int? ErrorCode { get; set; }
    public string? Error { get; set; }
    public DateTimeOffset WantedAt { get; init; }
    public DateTimeOffset? SentAt { get; set; }
    public DateTimeOffset? AnsweredAt { get; set; }
    public DateTimeOffset? ConfirmedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<LedgerEntryRow>
    {
        public void Configure(EntityTypeBuilder<LedgerEntryRow> builder)
        {
            builder.ToTable("ledger");
            builder.HasIndex(row => row.IdempotencyKey).IsUnique();
            builder.HasIndex(row => new { row.IntegrationId, row.State });
            builder.HasIndex(row => new { row.OwnedTagId, row.State });
            builder.HasIndex(row => row.TagRunId);
            builder.HasIndex(row => new { row.AppGroupId, row.State });
            builder.HasIndex(row => row.AppGroupRunId);
        }
    }
}

/// <summary>
/// What became of one device of a ledger entry. By the UEM's number: the ledger outlives the inventory, and names
/// devices that are in no inventory.
/// </summary>
public sealed class LedgerDeviceRow
{
    public required Guid EntryId { get; init; }
    public required int RemoteId { get; init; }
    public LedgerState State { get; set; }
    public int? ErrorCode { get; set; }
    public string? Error { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<LedgerDeviceRow>
    {
        public void Configure(EntityTypeBuilder<LedgerDeviceRow> builder)
        {
            builder.ToTable("ledger_devices");
            builder.HasKey(row => new { row.EntryId, row.RemoteId });
            builder.HasIndex(row => row.RemoteId);
        }
    }
}
