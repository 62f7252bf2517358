namespace Picket.Core.Response;

/// <summary>Where a command stands. Stored by number: never renumber, only add.</summary>
public enum CommandState
{
    /// <summary>A wipe that waits for another person's word.</summary>
    Waiting = 0,

    /// <summary>Approved; until the delay is over it can be cancelled.</summary>
    Delayed = 1,

    /// <summary>To be sent.</summary>
    Due = 2,

    /// <summary>The durable mark is set; the call is on its way.</summary>
    Sending = 3,

    /// <summary>The UEM has it; the device has not shown that it took it.</summary>
    Sent = 4,

    /// <summary>The answer is lost. It is never sent again: reading back settles it, else a person.</summary>
    Unclear = 5,

    /// <summary>The UEM's wipe lock holds it back.</summary>
    HeldByUem = 6,

    /// <summary>Read back: it happened.</summary>
    Confirmed = 7,

    /// <summary>It did not happen.</summary>
    NotDone = 8,

    /// <summary>A brake or the UEM refused it; nothing was sent.</summary>
    Refused = 9,
    Cancelled = 10,
    Declined = 11,
    Expired = 12,

    /// <summary>A message that the UEM has taken. Whether it was shown, or read, cannot be seen.</summary>
    Taken = 13,
}

/// <summary>The life of a command.</summary>
public static class CommandLife
{
    public static bool IsEnd(CommandState state) => state >= CommandState.Confirmed;

    /// <summary>Nothing has left yet.</summary>
    public static bool MayCancel(CommandState state) =>
        state is CommandState.Waiting or CommandState.Delayed or CommandState.Due;

    /// <summary>A person may say what became of it, where reading cannot.</summary>
    public static bool MaySettle(CommandState state) => state is CommandState.Unclear;

    public static bool MayMove(CommandState from, CommandState to) =>
        (from, to) switch
        {
            (CommandState.Waiting, CommandState.Delayed or CommandState.Due or CommandState.Declined) => true,
            (CommandState.Waiting or CommandState.Delayed or CommandState.Due, CommandState.Cancelled) => true,
            (CommandState.Waiting or CommandState.Delayed or CommandState.Due, CommandState.Expired) => true,
            (CommandState.Delayed or CommandState.Due, CommandState.Sending or CommandState.Refused) => true,
            // All writes were stopped since it was approved: that is asked for again.
            (CommandState.Delayed or CommandState.Due, CommandState.Waiting) => true,
            (CommandState.Sending, CommandState.Due) => true, // It certainly did not leave.
            (
                CommandState.Sending,
                CommandState.Sent
                    or CommandState.Taken
                    or CommandState.Unclear
                    or CommandState.Refused
            ) => true,
            (CommandState.Sent or CommandState.Unclear, CommandState.HeldByUem) => true,
            (CommandState.Unclear or CommandState.HeldByUem, CommandState.Sent) => true,
            // The device is not shown any more: nobody can tell.
            (CommandState.Sent or CommandState.HeldByUem, CommandState.Unclear) => true,
            (
                CommandState.Sent
                    or CommandState.Unclear
                    or CommandState.HeldByUem,
                CommandState.Confirmed
                    or CommandState.NotDone
            ) => true,
            _ => false,
        };

    /// <summary>How the ledger calls it.</summary>
    public static LedgerState Ledger(CommandState state) =>
        state switch
        {
            CommandState.Waiting => LedgerState.Held,
            CommandState.Delayed or CommandState.Due => LedgerState.Approved,
            CommandState.Sending or CommandState.Unclear => LedgerState.Sent,
            CommandState.Sent or CommandState.Taken or CommandState.HeldByUem => LedgerState.Answered,
            CommandState.Confirmed => LedgerState.Confirmed,
            CommandState.NotDone => LedgerState.Failed,
            _ => LedgerState.Dropped,
        };
}
