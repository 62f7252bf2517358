using Picket.Core.Risk;

namespace Picket.Core.Response;

/// <summary>Why a command is not sent to a device. Stored by number: never renumber, only add.</summary>
public enum CommandBrake
{
    /// <summary>Nothing holds it.</summary>
    None = 0,

    /// <summary>Commands are not switched on at this integration.</summary>
    CommandsOff = 1,
    WipesOff = 2,
    Gone = 3,
    NotEnrolled = 4,
    NeverTouched = 5,
    StaleFacts = 6,

    /// <summary>What a wipe is bound to is not known: unique id, enrolment time.</summary>
    NotBound = 7,

    /// <summary>The device is not the one, or not in the hands, for which it was approved.</summary>
    AnotherEnrollment = 8,

    /// <summary>A finding that rests on a name alone is no cause for a wipe.</summary>
    NameAlone = 9,
    WipeCap = 10,
    WipeLock = 11,

    /// <summary>Requester and approver do not count as two people, or one of them may not any more.</summary>
    TwoPeople = 12,
    Stop = 13,
    PlatformNotKnown = 14,

    /// <summary>Another integration at the same UEM commands it: its group is nearer, or nobody can tell.</summary>
    AnotherIntegration = 15,
    MessagesOff = 16,
    MessageCap = 17,

    /// <summary>The user was sent a message about this finding not long ago, or may have been.</summary>
    MessageRecent = 18,

    /// <summary>What the message is about is not so any more.</summary>
    FindingEnded = 19,

    /// <summary>Somebody may watch what the user of the device is sent.</summary>
    Watched = 20,

    /// <summary>What a new version of the policy would send first waits for a person's word.</summary>
    PolicyPreview = 21,

    /// <summary>The policy that wants it is not in force any more.</summary>
    PolicyChanged = 22,
    LockCap = 23,

    /// <summary>Whoever wanted it alone may not any more.</summary>
    RequesterMayNot = 24,
}

/// <summary>What is known of the device that a command is for.</summary>
/// <param name="SeenAt">When it last reported to the UEM, as Picket knows; everything that is known of it is at least as old.</param>
/// <param name="Status">Enrolment status in the UEM's words.</param>
public sealed record CommandSubject(
    string? Platform,
    string? Status,
    DateTimeOffset? SeenAt,
    bool Gone = false,
    bool NeverTouched = false,
    bool AnotherIntegrations = false
);

/// <param name="Commands">Whether commands are switched on.</param>
/// <param name="Wipes">Whether enterprise wipes are.</param>
/// <param name="Messages">Whether messages to users are.</param>
/// <param name="FreshFacts">How old the facts may be of a device that is locked or wiped.</param>
public sealed record CommandSettings(bool Commands, bool Wipes, bool Messages, TimeSpan FreshFacts);

/// <summary>Whether a command may go to a device, as far as the device and the settings say.</summary>
public static class CommandBrakes
{
    private const string Enrolled = "Enrolled";

    /// <summary>The first brake that holds it, the most lasting first.</summary>
    public static CommandBrake Of(
        CommandKind kind,
        CommandSubject subject,
        CommandSettings settings,
        DateTimeOffset now
    ) =>
        kind == CommandKind.EnterpriseWipe && !settings.Wipes ? CommandBrake.WipesOff
        : kind == CommandKind.Message && !settings.Messages ? CommandBrake.MessagesOff
        : !settings.Commands ? CommandBrake.CommandsOff
        : subject.Gone ? CommandBrake.Gone
        : subject.NeverTouched ? CommandBrake.NeverTouched
        : subject.AnotherIntegrations ? CommandBrake.AnotherIntegration
        : !string.Equals(subject.Status, Enrolled, StringComparison.OrdinalIgnoreCase) ? CommandBrake.NotEnrolled
        : string.IsNullOrWhiteSpace(subject.Platform) && kind.NeedsFreshFacts() ? CommandBrake.PlatformNotKnown
        : kind.NeedsFreshFacts() && !IsFresh(subject.SeenAt, settings.FreshFacts, now) ? CommandBrake.StaleFacts
        : CommandBrake.None;

    /// <summary>
    /// A finding that rests on a name alone is no cause for a wipe (law 4). A person may still want one for a reason of their own,
    /// which then names no finding.
    /// </summary>
    /// <param name="proof">Of the finding that is named as the cause; null where none is.</param>
    public static CommandBrake OfCause(CommandKind kind, FindingProof? proof) =>
        kind == CommandKind.EnterpriseWipe && proof == FindingProof.NameMatch
            ? CommandBrake.NameAlone
            : CommandBrake.None;

    /// <summary>It holds as long as something is so that people or time change; the others hold for good.</summary>
    public static bool MayPass(CommandBrake brake) =>
        brake
            is CommandBrake.CommandsOff
                or CommandBrake.MessagesOff
                or CommandBrake.NotEnrolled
                or CommandBrake.NeverTouched
                or CommandBrake.AnotherIntegration
                or CommandBrake.StaleFacts;

    /// <summary>Unknown is never fresh.</summary>
    private static bool IsFresh(DateTimeOffset? at, TimeSpan fresh, DateTimeOffset now) =>
        at is { } known && now - known <= fresh;
}
