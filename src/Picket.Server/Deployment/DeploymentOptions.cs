using System.ComponentModel.DataAnnotations;

namespace Picket.Server.Deployment;

/// <summary>Section <c>Deployment</c>: publications of apps.</summary>
public sealed record DeploymentOptions
{
    /// <summary>How often publications that are due are looked for, besides when somebody says something about one.</summary>
    [Range(10, 3_600_000, ErrorMessage = "Deployment:LookEveryMilliseconds must lie between 10 and 3600000.")]
    public int LookEveryMilliseconds { get; init; } = 30_000;

    /// <summary>How often the install states of a publication under way are read: one listing, and one call for each ring.</summary>
    [Range(10, 86_400_000, ErrorMessage = "Deployment:ReadEveryMilliseconds must lie between 10 and 86400000.")]
    public int ReadEveryMilliseconds { get; init; } = 3_600_000;

    /// <summary>Before it is tried again after the UEM could not be asked; doubles each time, up to an hour.</summary>
    [Range(10, 3_600_000, ErrorMessage = "Deployment:RetryMilliseconds must lie between 10 and 3600000.")]
    public int RetryMilliseconds { get; init; } = 60_000;

    /// <summary>The largest file of an internal app that is taken, in MiB. It is never kept: it streams through to the UEM.</summary>
    [Range(1, 16_384, ErrorMessage = "Deployment:MostUploadMebibytes must lie between 1 and 16384.")]
    public int MostUploadMebibytes { get; init; } = 2048;

    /// <summary>A device that got a message of a publication gets no other one of it for so long.</summary>
    [Range(1, 720, ErrorMessage = "Deployment:NudgeAgainHours must lie between 1 and 720.")]
    public int NudgeAgainHours { get; init; } = 24;
}
