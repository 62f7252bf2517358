namespace Picket.Api;

/// <summary>Sends a command to a device.</summary>
public sealed record CreateCommand
{
    /// <summary>Longest reason, in characters.</summary>
    public const int LongestReason = 500;

    /// <summary>Which; an enterprise wipe and a message are asked for elsewhere.</summary>
    public required DeviceCommand Command { get; init; }

    /// <summary>Why, 1 to 500 characters; needed for a lock. Kept with the command: name no more of people than is needed.</summary>
    public string? Reason { get; set; }
}

/// <summary>Asks for the enterprise wipe of one device.</summary>
public sealed record RequestWipe
{
    /// <summary>Why, 1 to 500 characters. Whoever approves reads it.</summary>
    public required string Reason { get; init; }

    /// <summary>An open finding of the device that is the cause; null for a reason of one's own.</summary>
    public Guid? FindingId { get; set; }

    /// <summary>A code of the second factor; needed unless the browser's session showed one within five minutes.</summary>
    public string? SecondFactor { get; set; }

    /// <summary>Without the code.</summary>
    public override string ToString() => nameof(RequestWipe);
}

/// <summary>Approves a wipe.</summary>
public sealed record ApproveCommand
{
    /// <summary>A code of the second factor; needed unless the browser's session showed one within five minutes.</summary>
    public string? SecondFactor { get; set; }

    /// <summary>Without the code.</summary>
    public override string ToString() => nameof(ApproveCommand);
}

/// <summary>Says what became of a command whose answer is lost.</summary>
/// <param name="Happened">Whether the device did it.</param>
public sealed record SettleCommand(bool Happened);

/// <summary>A command to a device.</summary>
public sealed record CommandView
{
    /// <summary>Picket's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The integration.</summary>
    public required Guid IntegrationId { get; init; }

    /// <summary>The device.</summary>
    public required Guid DeviceId { get; init; }

    /// <summary>Its number in the UEM.</summary>
    public required int UemId { get; init; }

    /// <summary>Its friendly name; null where the inventory lacks it.</summary>
    public string? FriendlyName { get; init; }

    /// <summary>What it is to do.</summary>
    public required DeviceCommand Command { get; init; }

    /// <summary>Where it stands.</summary>
    public required DeviceCommandState State { get; init; }

    /// <summary>What holds it, or held it for good.</summary>
    public required DeviceCommandBrake Brake { get; init; }

    /// <summary>Why it stands there, in words.</summary>
    public string? Reason { get; init; }

    /// <summary>Why it was wanted, in the words of who wanted it.</summary>
    public string? Cause { get; init; }

    /// <summary>The finding that is the cause.</summary>
    public Guid? FindingId { get; init; }

    /// <summary>Of a message: what the user is sent; null for other commands.</summary>
    public MessageView? Message { get; init; }

    /// <summary>The version of the policy that wants it; null where somebody does.</summary>
    public int? PolicyVersion { get; init; }

    /// <summary>Who wanted it, as the audit names them; null where that was erased.</summary>
    public string? WantedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset WantedAt { get; init; }

    /// <summary>Who approved it.</summary>
    public string? ApprovedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? ApprovedAt { get; init; }

    /// <summary>When it goes at the earliest.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>When it expires unless it was approved, or sent, by then.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was sent; it never is a second time.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>Until when it is followed.</summary>
    public DateTimeOffset? FollowedUntil { get; init; }

    /// <summary>When it came to its end.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Who took it back, declined it or said what became of it.</summary>
    public string? EndedBy { get; init; }

    /// <summary>Its latest entry in the ledger.</summary>
    public Guid? LedgerEntryId { get; init; }
}

/// <summary>Which commands to list.</summary>
public sealed record CommandFilter
{
    /// <summary>Only of this integration.</summary>
    public Guid? IntegrationId { get; init; }

    /// <summary>Only to this device.</summary>
    public Guid? DeviceId { get; init; }

    /// <summary>Only in this state.</summary>
    public DeviceCommandState? State { get; init; }

    /// <summary>Only of this kind.</summary>
    public DeviceCommand? Command { get; init; }

    /// <summary>Where to go on.</summary>
    public string? Cursor { get; init; }

    /// <summary>Rows of one page, 1 to 500; 100 when absent.</summary>
    public int? Limit { get; init; }
}

/// <summary>What an enterprise wipe would take from a device, as far as is known, and what holds it.</summary>
public sealed record WipePreview
{
    /// <summary>The device.</summary>
    public required Guid DeviceId { get; init; }

    /// <summary>What holds a wipe now.</summary>
    public required DeviceCommandBrake Brake { get; init; }

    /// <summary>Why none can be asked for now, and the next step; null where one can.</summary>
    public string? WhyNot { get; init; }

    /// <summary>Why the caller may not ask, whatever the device; null where they may, given their second factor.</summary>
    public string? WhyNotYou { get; init; }

    /// <summary>Whether a code of the second factor has to come along.</summary>
    public required bool NeedsSecondFactor { get; init; }

    /// <summary>Names of apps that the UEM manages on it, which go, the first 50.</summary>
    public required IReadOnlyList<string> ManagedApps { get; init; }

    /// <summary>How many there are.</summary>
    public required int ManagedAppCount { get; init; }

    /// <summary>When they were read; null where they never were: then nobody knows what goes.</summary>
    public DateTimeOffset? AppsReadAt { get; init; }

    /// <summary>What else goes that Picket does not read, in words.</summary>
    public required IReadOnlyList<string> AlsoLost { get; init; }

    /// <summary>Open findings that may be named as the cause: those that rest on more than a name.</summary>
    public required IReadOnlyList<WipeCause> Causes { get; init; }

    /// <summary>Minutes in which it can be cancelled after it was approved.</summary>
    public required int DelayMinutes { get; init; }

    /// <summary>The wipe that is under way for this device; null where there is none.</summary>
    public Guid? OpenCommandId { get; init; }
}

/// <summary>A finding that may be named as the cause of a wipe.</summary>
/// <param name="FindingId">The finding.</param>
/// <param name="Title">What it says.</param>
public sealed record WipeCause(Guid FindingId, string Title);
