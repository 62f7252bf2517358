using System.Text.Json.Serialization;

namespace Picket.Api;

/// <summary>How a message comes to the person behind a device.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NudgeChannel>))]
public enum NudgeChannel
{
    /// <summary>The UEM's app on the device shows it; a device that is off gets it later.</summary>
    Push,

    /// <summary>The UEM mails it to the address that it knows of the device's user.</summary>
    Mail,
}

/// <summary>A message to the people whose devices are stuck at one gap of a publication's funnel.</summary>
public sealed record CreateNudge
{
    /// <summary>
    /// Which devices: <c>NotSeen</c>, <c>Pending</c>, <c>Failed</c>, <c>Removed</c>, <c>NotActivated</c> or
    /// <c>NotReporting</c>. At the other gaps the person behind the device can do nothing.
    /// </summary>
    public required DeploymentGap Gap { get; init; }

    /// <summary>Only those whose last proven stage is this one; null for all.</summary>
    public DeploymentStage? Stage { get; init; }

    /// <summary>How it comes to them.</summary>
    public NudgeChannel Channel { get; set; }

    /// <summary>Subject of a mail, 1 to 100 characters on one line; null for a push.</summary>
    public string? Subject { get; init; }

    /// <summary>What it says: of a push 1 to 256 characters, of a mail 1 to 2000.</summary>
    public required string Text { get; init; }
}

/// <summary>Where a nudge stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NudgeState>))]
public enum NudgeState
{
    /// <summary>Messages go out, one after the other, or it waits: <see cref="NudgeView.GoesOnAt"/> and <see cref="NudgeView.Reason"/> say.</summary>
    Sending,

    /// <summary>Every device had its turn.</summary>
    Completed,

    /// <summary>Somebody stopped it, or it could not go on. What was sent is sent; another nudge leaves those devices out.</summary>
    Stopped,
}

/// <summary>What became of the message to one device.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NudgeDeviceState>))]
public enum NudgeDeviceState
{
    /// <summary>Its turn has not come.</summary>
    Waiting,

    /// <summary>On its way at this moment.</summary>
    Sending,

    /// <summary>The UEM took it. Whether the device showed it and somebody read it, nobody can tell.</summary>
    Sent,

    /// <summary>The UEM refused it: nothing was sent.</summary>
    Refused,

    /// <summary>The answer is lost: it may have been sent. It is never sent again by this nudge.</summary>
    Unclear,

    /// <summary>Nothing was sent; <see cref="NudgeDeviceView.Skip"/> says why.</summary>
    Skipped,
}

/// <summary>Why a device got no message.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NudgeSkip>))]
public enum NudgeSkip
{
    /// <summary>It got one of this publication not long ago, or may have got one.</summary>
    Recent,

    /// <summary>It has left the fleet.</summary>
    Gone,

    /// <summary>The nudge ended before its turn.</summary>
    Stopped,

    /// <summary>It is on the never-touch list.</summary>
    NeverTouched,
}

/// <summary>A message to the people whose devices are stuck at one gap. The devices are those of the last reading when somebody said so.</summary>
public sealed record NudgeView
{
    /// <summary>Picket's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The publication.</summary>
    public required Guid PublicationId { get; init; }

    /// <summary>The integration.</summary>
    public required Guid IntegrationId { get; init; }

    /// <summary>At which gap the devices were.</summary>
    public required DeploymentGap Gap { get; init; }

    /// <summary>At which stage; null for all.</summary>
    public DeploymentStage? Stage { get; init; }

    /// <summary>How it comes to the people.</summary>
    public required NudgeChannel Channel { get; init; }

    /// <summary>Subject of a mail; null for a push.</summary>
    public string? Subject { get; init; }

    /// <summary>What it says, as somebody typed it.</summary>
    public required string Text { get; init; }

    /// <summary>Where it stands.</summary>
    public required NudgeState State { get; init; }

    /// <summary>Why it was stopped, or what it waits for; null where there is nothing to say.</summary>
    public string? Reason { get; init; }

    /// <summary>Devices of it. The five numbers below add up to it.</summary>
    public int Devices { get; init; }

    /// <summary>Devices whose turn has not come, or whose message is on its way.</summary>
    public int Waiting { get; init; }

    /// <summary>Devices whose message the UEM took.</summary>
    public int Sent { get; init; }

    /// <summary>Devices whose message the UEM refused.</summary>
    public int Refused { get; init; }

    /// <summary>Devices whose message may have been sent: the answer is lost.</summary>
    public int Unclear { get; init; }

    /// <summary>Devices that got none.</summary>
    public int Skipped { get; init; }

    /// <summary>Why they got none, in numbers that add up to <see cref="Skipped"/>.</summary>
    public IReadOnlyList<NudgeSkipCount> Skips { get; set; } = [];

    /// <summary>When somebody said so.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>When it goes on; null when it has ended.</summary>
    public DateTimeOffset? GoesOnAt { get; init; }

    /// <summary>When it ended; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}

/// <summary>Devices that got no message for one reason.</summary>
/// <param name="Skip">Why.</param>
/// <param name="Devices">How many.</param>
/// <param name="Reason">The reason in words.</param>
public sealed record NudgeSkipCount(NudgeSkip Skip, int Devices, string Reason);

/// <summary>Which nudges of a publication to list.</summary>
public sealed record NudgeFilter
{
    /// <summary>Where to go on: <see cref="Page{T}.Next"/> of the page before.</summary>
    public string? Cursor { get; init; }

    /// <summary>Rows of one page, 1 to 500; 100 when absent.</summary>
    public int? Limit { get; init; }
}

/// <summary>Which devices of a nudge to list.</summary>
public sealed record NudgeDeviceFilter
{
    /// <summary>Only devices whose message stands so.</summary>
    public NudgeDeviceState? State { get; init; }

    /// <summary>Where to go on: <see cref="Page{T}.Next"/> of the page before.</summary>
    public string? Cursor { get; init; }

    /// <summary>Rows of one page, 1 to 500; 100 when absent.</summary>
    public int? Limit { get; init; }
}

/// <summary>A device of a nudge, and what became of its message.</summary>
public sealed record NudgeDeviceView
{
    /// <summary>Picket's id; null where the inventory does not know the device.</summary>
    public Guid? DeviceId { get; init; }

    /// <summary>The UEM's numeric id.</summary>
    public required int UemId { get; init; }

    /// <summary>What administrators call it.</summary>
    public string? FriendlyName { get; init; }

    /// <summary>What became of its message.</summary>
    public required NudgeDeviceState State { get; init; }

    /// <summary>Why it got none; null where one was sent, refused, or is still to be sent.</summary>
    public NudgeSkip? Skip { get; init; }

    /// <summary>In words: why it got none, or what the UEM answered; null where there is nothing to say.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was sent, or may have been; null before.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>Its entry in the ledger; null where nothing was sent.</summary>
    public Guid? LedgerEntryId { get; init; }
}
