namespace Picket.Core.Deployment;

/// <summary>How far a device of a publication's scope has come. Who is at one stage was at all before it.</summary>
public enum FunnelStage
{
    InScope,
    Assigned,
    Installed,

    /// <summary>The agent has found its server; from when there are agents.</summary>
    Activated,
    Reporting,
}

/// <summary>Why a device is not at the next stage.</summary>
public enum FunnelGap
{
    /// <summary>It is as far as it can come.</summary>
    None,

    /// <summary>Nobody read how the app stands on it.</summary>
    NotRead,

    /// <summary>The UEM's word for it is not known.</summary>
    NotUnderstood,
    NotManaged,
    PlatformNotSupported,

    /// <summary>No smart group of a ring that has begun holds it.</summary>
    NoRing,

    /// <summary>A ring that has begun holds it, and the UEM assigns it to it nevertheless not.</summary>
    NotAssigned,
    NotSeen,
    Pending,
    Failed,
    Removed,
    NotActivated,
    NotReporting,
}

/// <summary>What is known of a device. What was not read is null.</summary>
public sealed record FunnelDevice(long Device)
{
    public bool? Managed { get; init; }

    /// <summary>Whether the app exists for its platform.</summary>
    public bool? Supported { get; init; }

    /// <summary>Whether a smart group of a ring that has begun holds it.</summary>
    public bool? InRing { get; init; }

    public DateTimeOffset? LastSeen { get; init; }

    public InstallState App { get; init; }

    /// <summary>Whether the agent has found its server; null while there are no agents.</summary>
    public bool? Activated { get; init; }

    /// <summary>Whether the agent reports; null while there are no agents.</summary>
    public bool? Reporting { get; init; }
}

/// <summary>Where a device is.</summary>
/// <param name="Stage">The last stage that is proven.</param>
/// <param name="Gap">Why it is no further.</param>
public readonly record struct FunnelPlace(long Device, FunnelStage Stage, FunnelGap Gap);

/// <summary>Devices of one stage with one reason.</summary>
public readonly record struct FunnelCount(FunnelStage Stage, FunnelGap Gap, int Devices);

/// <summary>
/// In scope, assigned, installed, activated, reporting: each device is at one stage with one reason, so the counts add
/// up to the scope. A stage counts as reached only when it is proven.
/// </summary>
public static class Funnel
{
    /// <param name="notSeenFor">After so long without a report a device waits for itself, not for the UEM.</param>
    public static FunnelPlace Place(FunnelDevice device, TimeSpan notSeenFor, DateTimeOffset now)
    {
        var (stage, gap) = device.Managed is false
            ? (FunnelStage.InScope, FunnelGap.NotManaged)
            : device.App switch
            {
                InstallState.Installed => Beyond(device),
                _ when device.Supported is false => (FunnelStage.InScope, FunnelGap.PlatformNotSupported),
                InstallState.Failed => (FunnelStage.Assigned, FunnelGap.Failed),
                InstallState.Removed => (FunnelStage.Assigned, FunnelGap.Removed),
                InstallState.Pending => (
                    FunnelStage.Assigned,
                    device.LastSeen is { } seen && now - seen > notSeenFor ? FunnelGap.NotSeen : FunnelGap.Pending
                ),
                InstallState.NotUnderstood => (FunnelStage.InScope, FunnelGap.NotUnderstood),
                _ => (FunnelStage.InScope, NotAssigned(device)),
            };
        return new(device.Device, stage, gap);
    }

    /// <summary>Every count that is not 0, in the order of stages and reasons.</summary>
    public static IReadOnlyList<FunnelCount> Count(IEnumerable<FunnelPlace> places) =>
        [
            .. places
                .CountBy(place => (place.Stage, place.Gap))
                .Select(pair => new FunnelCount(pair.Key.Stage, pair.Key.Gap, pair.Value))
                .OrderBy(count => count.Stage)
                .ThenBy(count => count.Gap),
        ];

    /// <summary>Devices that are at a stage or beyond.</summary>
    public static int Reached(IEnumerable<FunnelCount> counts, FunnelStage stage) =>
        counts.Where(count => count.Stage >= stage).Sum(count => count.Devices);

    private static FunnelGap NotAssigned(FunnelDevice device) =>
        device.InRing is false ? FunnelGap.NoRing
        : device.App == InstallState.NotRead || device.InRing is null ? FunnelGap.NotRead
        : FunnelGap.NotAssigned;

    private static (FunnelStage, FunnelGap) Beyond(FunnelDevice device) =>
        (device.Activated, device.Reporting) switch
        {
            (null, _) => (FunnelStage.Installed, FunnelGap.None),
            (false, _) => (FunnelStage.Installed, FunnelGap.NotActivated),
            (true, true) => (FunnelStage.Reporting, FunnelGap.None),
            _ => (FunnelStage.Activated, FunnelGap.NotReporting),
        };
}
