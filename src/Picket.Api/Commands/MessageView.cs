using System.Text.Json.Serialization;

namespace Picket.Api;

/// <summary>How a message comes to the user of a device.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MessageChannel>))]
public enum MessageChannel
{
    /// <summary>The UEM's app on the device shows it; a device that is off gets it later.</summary>
    Push,

    /// <summary>The UEM mails it to the address that it knows of the device's user.</summary>
    Email,
}

/// <summary>Which message to preview.</summary>
public sealed record MessageFilter
{
    /// <summary>An open finding of the device.</summary>
    public required Guid FindingId { get; init; }

    /// <summary>How it would come to the user; by push when absent.</summary>
    public MessageChannel? By { get; init; }
}

/// <summary>What the user of a device would be sent about a finding, word for word, and what holds it.</summary>
public sealed record MessagePreview
{
    /// <summary>The device.</summary>
    public required Guid DeviceId { get; init; }

    /// <summary>The finding.</summary>
    public required Guid FindingId { get; init; }

    /// <summary>How it comes to the user.</summary>
    public required MessageChannel By { get; init; }

    /// <summary>Subject of a mail; null for a push.</summary>
    public string? Subject { get; init; }

    /// <summary>The text, at most 256 characters of a push and 2000 of a mail.</summary>
    public required string Text { get; init; }

    /// <summary>
    /// Somebody may watch what the user is sent: it goes only if an administrator insists, with a reason, and says nothing of
    /// what was found.
    /// </summary>
    public required bool NeedsInsisting { get; init; }

    /// <summary>Whether the caller may insist.</summary>
    public required bool MayInsist { get; init; }

    /// <summary>What holds it now; <see cref="DeviceCommandBrake.Watched"/> holds it only until somebody who may insists.</summary>
    public required DeviceCommandBrake Brake { get; init; }

    /// <summary>Why it cannot be sent now, and the next step; null where it can, if need be by insisting.</summary>
    public string? WhyNot { get; init; }
}

/// <summary>Sends the user of a device a message about a finding.</summary>
public sealed record SendMessage
{
    /// <summary>An open finding of the device.</summary>
    public required Guid FindingId { get; init; }

    /// <summary>How it comes to the user.</summary>
    public required MessageChannel By { get; init; }

    /// <summary>The text of the preview, word for word: what nobody has seen is not sent.</summary>
    public required string Text { get; init; }

    /// <summary>To send it although somebody may watch what the user is sent; for administrators, with a reason.</summary>
    public bool Insist { get; set; }

    /// <summary>Why, 1 to 500 characters; needed to insist. Kept with the command.</summary>
    public string? Reason { get; set; }
}

/// <summary>What the user of a device is sent.</summary>
/// <param name="By">How it comes to the user.</param>
/// <param name="Text">What it says.</param>
/// <param name="Insisted">Somebody may watch what the user is sent, and an administrator insisted.</param>
public sealed record MessageView(MessageChannel By, string Text, bool Insisted);

/// <summary>Decides about the first messages that a version of the policy would send.</summary>
/// <param name="PolicyVersion">The version.</param>
/// <param name="Messages">How many were seen to wait; where it is another number, nothing is decided.</param>
/// <param name="Approve">They go out, and those that follow under this version by themselves; false: none of them is sent.</param>
public sealed record DecideMessages(int PolicyVersion, int Messages, bool Approve);
