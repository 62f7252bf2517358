using System.Buffers.Binary;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Picket.Api;
using Picket.Core.Deployment;
using Picket.Core.Risk;

namespace Picket.Server.Deployment;

/// <summary>An app on its way to the devices, ring by ring.</summary>
public sealed class PublicationRow
{
    public required Guid Id { get; init; }
    public required Guid IntegrationId { get; init; }
    public required string Name { get; init; }
    public required Guid AppUuid { get; init; }

    /// <summary>The UEM's number of the app.</summary>
    public int AppId { get; init; }
    public required string AppName { get; init; }
    public string? BundleId { get; init; }
    public PublishedAppKind Kind { get; init; }

    /// <summary>The UEM's number: Apple 2, Android 5.</summary>
    public int? Platform { get; init; }
    public AppDelivery Delivery { get; init; }
    public bool PreventRemoval { get; init; }

    /// <summary>The licences of a purchased app shall go to devices.</summary>
    public bool DeviceLicences { get; init; }

    /// <summary>Of <see cref="ConfigurationKey"/>, as JSON.</summary>
    public required string Configuration { get; init; }
    public int WatchMinutes { get; init; }
    public int DeadlineHours { get; init; }
    public int InstalledPercent { get; init; }
    public int FailedPercent { get; init; }
    public int WorsenedPercent { get; init; }
    public PublicationState State { get; set; }

    /// <summary>How many rings have begun; the last of them is written or watched.</summary>
    public int Begun { get; set; }

    /// <summary>Grows with each word of a person. What is done upon an older one counts no more.</summary>
    public int Word { get; set; }

    /// <summary>Who said it.</summary>
    public string? WordBy { get; set; }
    public TouchedByOthers Touched { get; set; }

    /// <summary>An undo began: going on means going on with it.</summary>
    public bool TakingBack { get; set; }
    public string? Reason { get; set; }

    /// <summary>What somebody else wrote at the same time, the last time: a <see cref="ForeignChangeView"/>, as JSON.</summary>
    public string? ForeignChange { get; set; }

    /// <summary>Attempts in a row that came to nothing, for the pauses between them.</summary>
    public int Failures { get; set; }
    public DateTimeOffset? GoesOnAt { get; set; }
    public DateTimeOffset? ReadAt { get; set; }
    public required string MadeBy { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<PublicationRow>
    {
        public void Configure(EntityTypeBuilder<PublicationRow> builder)
        {
            builder.ToTable("publications");
            builder.HasIndex(row => new { row.IntegrationId, row.Id });
            builder.HasIndex(row => row.GoesOnAt);
        }
    }
}

/// <summary>A step of a publication: the devices of smart groups, or a share of them.</summary>
public sealed class PublicationRingRow
{
    public required Guid Id { get; init; }
    public required Guid PublicationId { get; init; }

    /// <summary>From 0, in the order in which they begin.</summary>
    public required int Number { get; init; }
    public required string Name { get; init; }

    /// <summary>Of <see cref="RingGroup"/>, as JSON.</summary>
    public required string Groups { get; init; }

    /// <summary>Percent of the groups' devices; null: all of them, also those that come later.</summary>
    public int? SharePercent { get; init; }

    /// <summary>The UEM's number of the smart group that Picket made for the share; null before, and when it is gone.</summary>
    public int? MadeGroupId { get; set; }
    public Guid? MadeGroupUuid { get; set; }

    /// <summary>Devices that it was made of.</summary>
    public int? MadeGroupDevices { get; set; }
    public RingState State { get; set; }
    public DateTimeOffset? BeganAt { get; set; }

    /// <summary>Managed devices that can have the app: of these so many must have it.</summary>
    public int? Fitting { get; set; }
    public int? Assigned { get; set; }
    public int? Installed { get; set; }
    public int? Failed { get; set; }
    public int? Worsened { get; set; }

    /// <summary>Devices whose verdict was known when the ring began, and is not any more.</summary>
    public int? VerdictsLost { get; set; }

    /// <summary>What somebody saw and went on with: only what comes beyond it pauses again.</summary>
    public int ToleratedFailed { get; set; }
    public int ToleratedWorsened { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<PublicationRingRow>
    {
        public void Configure(EntityTypeBuilder<PublicationRingRow> builder)
        {
            builder.ToTable("publication_rings");
            builder.HasIndex(row => new { row.PublicationId, row.Number }).IsUnique();
        }
    }
}

/// <summary>An assignment that a publication made in the UEM, or is making.</summary>
public sealed class OwnedAssignmentRow
{
    public required Guid Id { get; init; }
    public required Guid PublicationId { get; init; }

    /// <summary>Of the publication.</summary>
    public required int Ring { get; init; }

    /// <summary>In the UEM; it is known by it.</summary>
    public required string Name { get; init; }

    /// <summary>As it was last read back, as JSON; null before.</summary>
    public string? LastRead { get; set; }

    /// <summary>Something was sent that concerns it, and what became of that is not read yet.</summary>
    public bool Pending { get; set; }

    /// <summary>A list without it was sent, and may arrive late.</summary>
    public bool Leaving { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<OwnedAssignmentRow>
    {
        public void Configure(EntityTypeBuilder<OwnedAssignmentRow> builder)
        {
            builder.ToTable("owned_assignments");
            builder.HasIndex(row => new { row.PublicationId, row.Name }).IsUnique();
        }
    }
}

/// <summary>A device of a publication's scope, as the last reading found it.</summary>
public sealed class PublicationDeviceRow
{
    public required Guid Id { get; init; }
    public required Guid PublicationId { get; init; }

    /// <summary>The UEM's numeric id: the UEM names devices that are in no inventory.</summary>
    public required int RemoteId { get; init; }

    /// <summary>The first ring that holds it.</summary>
    public int Ring { get; set; }
    public InstallState App { get; set; }
    public string? UemReason { get; set; }
    public FunnelStage Stage { get; set; }
    public FunnelGap Gap { get; set; }

    /// <summary>Its verdict when its ring began, or when it came into it; null before.</summary>
    public RiskLevel? LevelThen { get; set; }

    /// <summary>Its verdict was worse than that at the reading; of an unknown one nothing can be said.</summary>
    public bool Worsened { get; set; }

    /// <summary>It had a verdict then, and nobody can say at the reading how it is.</summary>
    public bool VerdictLost { get; set; }
    public DateTimeOffset SeenAt { get; set; }

    /// <summary>Devices of a publication in the order of their numbers: its id, and the number where that ends.</summary>
    public static Guid IdOf(Guid publication, int device)
    {
        var bytes = publication.ToByteArray(bigEndian: true);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(12), device);
        return new Guid(bytes, bigEndian: true);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<PublicationDeviceRow>
    {
        public void Configure(EntityTypeBuilder<PublicationDeviceRow> builder)
        {
            builder.ToTable("publication_devices");
            // Behind each number of the funnel its devices.
            builder.HasIndex(row => new
            {
                row.PublicationId,
                row.Stage,
                row.Gap,
                row.Id,
            });
        }
    }
}
