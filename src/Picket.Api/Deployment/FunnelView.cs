using System.Text.Json.Serialization;

namespace Picket.Api;

/// <summary>How far a device of a publication has come. Who is at one stage was at all before it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DeploymentStage>))]
public enum DeploymentStage
{
    /// <summary>A smart group of a ring holds it.</summary>
    InScope,

    /// <summary>The UEM assigns the app to it.</summary>
    Assigned,

    /// <summary>It has the app.</summary>
    Installed,

    /// <summary>The agent has found its server; from when there are agents.</summary>
    Activated,

    /// <summary>The agent reports; from when there are agents.</summary>
    Reporting,
}

/// <summary>Why a device is not at the next stage.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DeploymentGap>))]
public enum DeploymentGap
{
    /// <summary>It is as far as it can come.</summary>
    None,

    /// <summary>Nobody read how the app stands on it.</summary>
    NotRead,

    /// <summary>The UEM's word for it is not known.</summary>
    NotUnderstood,

    /// <summary>The UEM does not manage it.</summary>
    NotManaged,

    /// <summary>There is no such app for its platform.</summary>
    PlatformNotSupported,

    /// <summary>No ring that has begun holds it.</summary>
    NoRing,

    /// <summary>A ring holds it, and the UEM does not assign the app to it.</summary>
    NotAssigned,

    /// <summary>It has not reported for too long.</summary>
    NotSeen,

    /// <summary>It has not taken the app yet.</summary>
    Pending,

    /// <summary>The installation failed.</summary>
    Failed,

    /// <summary>Somebody removed or refused the app.</summary>
    Removed,

    /// <summary>The agent has not found its server.</summary>
    NotActivated,

    /// <summary>The agent sends no signals.</summary>
    NotReporting,
}

/// <summary>How far the devices of a publication have come. The gaps add up to the scope.</summary>
public sealed record FunnelView
{
    /// <summary>When it was read from the UEM; null before the first reading, and then there are no numbers.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>Devices that are at a stage or beyond; stages that nobody can know of yet are left out.</summary>
    public IReadOnlyList<StageCount> Stages { get; set; } = [];

    /// <summary>Devices by stage and reason. Each number has its devices at <see cref="Routes.PublicationDevices"/>.</summary>
    public IReadOnlyList<GapCount> Gaps { get; set; } = [];
}

/// <summary>Devices that are at a stage or beyond.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Devices">How many.</param>
public sealed record StageCount(DeploymentStage Stage, int Devices);

/// <summary>Devices that are at a stage for one reason.</summary>
/// <param name="Stage">The last stage that is proven.</param>
/// <param name="Gap">Why they are no further.</param>
/// <param name="Devices">How many.</param>
/// <param name="Reason">The reason in words.</param>
/// <param name="Remedy">What helps.</param>
public sealed record GapCount(DeploymentStage Stage, DeploymentGap Gap, int Devices, string Reason, string Remedy);

/// <summary>Which devices of a publication to list.</summary>
public sealed record PublicationDeviceFilter
{
    /// <summary>Only devices whose last proven stage is this one.</summary>
    public DeploymentStage? Stage { get; init; }

    /// <summary>Only devices that are at this stage or beyond.</summary>
    public DeploymentStage? Reached { get; init; }

    /// <summary>Only devices with this reason.</summary>
    public DeploymentGap? Gap { get; init; }

    /// <summary>Only devices of the ring of this name.</summary>
    public string? Ring { get; init; }

    /// <summary>True: only devices whose verdict is worse than when their ring began.</summary>
    public bool? Worsened { get; init; }

    /// <summary>Where to go on: <see cref="Page{T}.Next"/> of the page before.</summary>
    public string? Cursor { get; init; }

    /// <summary>Rows of one page, 1 to 500; 100 when absent.</summary>
    public int? Limit { get; init; }
}

/// <summary>A device of a publication, as the last reading found it.</summary>
public sealed record PublicationDeviceView
{
    /// <summary>Picket's id; null where the inventory does not know the device.</summary>
    public Guid? DeviceId { get; init; }

    /// <summary>The UEM's numeric id.</summary>
    public required int UemId { get; init; }

    /// <summary>What administrators call it.</summary>
    public string? FriendlyName { get; init; }

    /// <summary>Name of the first ring that holds it.</summary>
    public required string Ring { get; init; }

    /// <summary>The last stage that is proven.</summary>
    public required DeploymentStage Stage { get; init; }

    /// <summary>Why it is no further.</summary>
    public required DeploymentGap Gap { get; init; }

    /// <summary>The UEM's own words about it; null where it has none.</summary>
    public string? UemReason { get; init; }
}
