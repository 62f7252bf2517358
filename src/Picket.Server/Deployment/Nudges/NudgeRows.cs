using System.Buffers.Binary;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Picket.Api;
using Picket.Core.Deployment;

namespace Picket.Server.Deployment;

/// <summary>A message to the people whose devices are stuck at one gap of a publication's funnel.</summary>
public sealed class NudgeRow
{
    public required Guid Id { get; init; }
    public required Guid IntegrationId { get; init; }
    public required Guid PublicationId { get; init; }
    public required FunnelGap Gap { get; init; }
    public FunnelStage? Stage { get; init; }
    public NudgeChannel Channel { get; init; }
    public string? Subject { get; init; }
    public required string Text { get; init; }
    public NudgeState State { get; set; }
    public string? Reason { get; set; }

    /// <summary>Attempts in a row that sent nothing, for the pauses between them.</summary>
    public int Failures { get; set; }
    public DateTimeOffset? GoesOnAt { get; set; }
    public required string MadeBy { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Who wants it stopped.</summary>
    public string? StoppedBy { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<NudgeRow>
    {
        public void Configure(EntityTypeBuilder<NudgeRow> builder)
        {
            builder.ToTable("nudges");
            builder.HasIndex(row => new { row.PublicationId, row.Id });
            builder.HasIndex(row => new { row.IntegrationId, row.State });
            builder.HasIndex(row => row.GoesOnAt);
        }
    }
}

/// <summary>A device of a nudge, by the UEM's number alone: it says nothing about a person.</summary>
public sealed class NudgeDeviceRow
{
    public required Guid Id { get; init; }
    public required Guid NudgeId { get; init; }
    public required Guid PublicationId { get; init; }
    public required int RemoteId { get; init; }
    public NudgeDeviceState State { get; set; }
    public NudgeSkip? Skip { get; set; }

    /// <summary>How often the sent mark was set: again only after it was certain that nothing had left.</summary>
    public int Sends { get; set; }
    public DateTimeOffset? SentAt { get; set; }
    public Guid? LedgerEntryId { get; set; }

    /// <summary>Devices of a nudge in the order of their numbers: its id, and the number where that ends.</summary>
    public static Guid IdOf(Guid nudge, int device)
    {
        var bytes = nudge.ToByteArray(bigEndian: true);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(12), device);
        return new Guid(bytes, bigEndian: true);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<NudgeDeviceRow>
    {
        public void Configure(EntityTypeBuilder<NudgeDeviceRow> builder)
        {
            builder.ToTable("nudge_devices");
            // Behind each number its devices; and which of them are next.
            builder.HasIndex(row => new
            {
                row.NudgeId,
                row.State,
                row.Id,
            });
            // What a device got of a publication.
            builder.HasIndex(row => new { row.PublicationId, row.RemoteId });
        }
    }
}
