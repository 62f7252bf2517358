using System.ComponentModel.DataAnnotations;

namespace Picket.Server.Commands;

/// <summary>Section <c>Commands</c>: commands to devices.</summary>
public sealed record CommandOptions
{
    /// <summary>How often commands that are due are looked for, besides when somebody wants one.</summary>
    [Range(10, 3_600_000, ErrorMessage = "Commands:LookEveryMilliseconds must lie between 10 and 3600000.")]
    public int LookEveryMilliseconds { get; init; } = 5_000;

    /// <summary>Before it is tried again after the UEM could not be asked; doubles each time, up to an hour.</summary>
    [Range(10, 3_600_000, ErrorMessage = "Commands:RetryMilliseconds must lie between 10 and 3600000.")]
    public int RetryMilliseconds { get; init; } = 60_000;

    /// <summary>First pause before a device is read to see what became of its command; grows up to an hour.</summary>
    [Range(10, 3_600_000, ErrorMessage = "Commands:FollowEveryMilliseconds must lie between 10 and 3600000.")]
    public int FollowEveryMilliseconds { get; init; } = 60_000;

    /// <summary>How often it is looked for findings of which the policy has users told.</summary>
    [Range(50, 86_400_000, ErrorMessage = "Commands:PolicyMessagesEveryMilliseconds must lie between 50 and 86400000.")]
    public int PolicyMessagesEveryMilliseconds { get; init; } = 300_000;

    /// <summary>How long a device is followed before it is said that it did not happen.</summary>
    [Range(1, 720, ErrorMessage = "Commands:FollowHours must lie between 1 and 720.")]
    public int FollowHours { get; init; } = 168;
}
