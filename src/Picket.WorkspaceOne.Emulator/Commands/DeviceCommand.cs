namespace Picket.WorkspaceOne.Emulator.Commands;

/// <summary>One command to one device, from the request to its end.</summary>
/// <param name="Device">Index of the device.</param>
/// <param name="Subject">Of a mail.</param>
/// <param name="Text">What a message says or a custom command holds.</param>
public sealed record DeviceCommand(
    int Id,
    Guid Uuid,
    int Device,
    string Name,
    CommandState State,
    DateTime RequestedAt,
    string RequestedBy,
    CommandSource Source,
    string? Text = null,
    DateTime? EndedAt = null,
    bool Approved = false,
    string? Subject = null
)
{
    public bool IsPending => State is CommandState.Queued or CommandState.Held;
}

public enum CommandState
{
    /// <summary>Waits for the device's next check-in.</summary>
    Queued,

    /// <summary>A wipe that waits for an administrator, because the wipe lock is on.</summary>
    Held,

    /// <summary>The device took it and did it.</summary>
    Done,

    /// <summary>Will never be done: rejected, or the device went before.</summary>
    Aborted,
}

public enum CommandSource
{
    Api,
    BulkApi,
    Console,
    Compliance,
}
