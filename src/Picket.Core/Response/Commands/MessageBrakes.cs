using Picket.Core.Risk;

namespace Picket.Core.Response;

/// <summary>What is known of a finding that the user of its device is to be told of.</summary>
/// <param name="IsOpen">Whether it is true now.</param>
/// <param name="IsWatched">Whether the device has an open finding of an app that watches people.</param>
/// <param name="ToldAt">When the user was last sent a message about it, or will be; also one whose outcome nobody knows.</param>
public sealed record MessageMatter(bool IsOpen, bool IsWatched, DateTimeOffset? ToldAt);

/// <summary>Whether a device's user may be told of a finding, as far as the findings say.</summary>
public static class MessageBrakes
{
    /// <summary>A second message about the same finding may follow after so long. There is no way around it.</summary>
    public static readonly TimeSpan Again = TimeSpan.FromDays(7);

    /// <summary>
    /// Whether a finding says that somebody watches the device's user. A device that has such a one is sent nothing, be it
    /// about something else: whoever watches reads it, and may be warned by it.
    /// </summary>
    public static bool Watches(Finding finding) =>
        finding.UserIsNotTold
        || FindingKinds.All.FirstOrDefault(kind => kind.Id == finding.Kind)?.Description.ForUser is "";

    /// <summary>The first brake that holds it, the most lasting first.</summary>
    /// <param name="insisted">Whether somebody who may do so insists, although the device is watched.</param>
    public static CommandBrake Of(MessageMatter matter, bool insisted, DateTimeOffset now) =>
        !matter.IsOpen ? CommandBrake.FindingEnded
        : matter.IsWatched && !insisted ? CommandBrake.Watched
        : matter.ToldAt > now - Again ? CommandBrake.MessageRecent
        : CommandBrake.None;
}
