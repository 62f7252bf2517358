namespace Picket.Core.Response;

/// <summary>Stored by number: never renumber, only add.</summary>
public enum LedgerState
{
    Wanted = 0,

    /// <summary>A brake cut in; a person decides.</summary>
    Held = 1,
    Approved = 2,

    /// <summary>The durable mark that is written before the call goes out.</summary>
    Sent = 3,
    Answered = 4,
    Confirmed = 5,
    Failed = 6,

    /// <summary>Confirmed once, and taken back when its cause was gone.</summary>
    Undone = 7,

    /// <summary>Withdrawn or declined before it was sent, or marked as sent and held back at the gate.</summary>
    Dropped = 8,
}

public enum LedgerKind
{
    /// <summary>Something that should be true, like a tag: repeating it changes nothing.</summary>
    State = 0,

    /// <summary>Something that is done, like a wipe or a message: repeating it does it twice.</summary>
    Command = 1,
}

/// <param name="Sends">How often the sent mark was set.</param>
public sealed record LedgerEntry(LedgerKind Kind, LedgerState State, int Sends = 0);

/// <summary>The life of one write to the UEM.</summary>
public static class Ledger
{
    /// <summary>
    /// A command is never sent again, whatever became of its answer. A state may be: while its answer is missing, after it
    /// failed, and after the gate held it back; what was withdrawn was never marked.
    /// </summary>
    public static bool MaySend(LedgerEntry entry) =>
        entry.State switch
        {
            LedgerState.Approved => entry.Kind == LedgerKind.State || entry.Sends == 0,
            LedgerState.Sent or LedgerState.Failed => entry.Kind == LedgerKind.State,
            LedgerState.Dropped => entry is { Kind: LedgerKind.State, Sends: > 0 },
            _ => false,
        };

    public static bool MayMove(LedgerEntry entry, LedgerState to) =>
        (entry.State, to) switch
        {
            (_, LedgerState.Sent) => MaySend(entry),
            (LedgerState.Wanted, LedgerState.Held or LedgerState.Approved or LedgerState.Dropped) => true,
            (LedgerState.Held, LedgerState.Approved or LedgerState.Dropped) => true,
            (LedgerState.Approved, LedgerState.Dropped) => true,
            // Straight from Sent to its end: the answer was lost, and reading back settled it.
            (LedgerState.Sent, LedgerState.Answered or LedgerState.Confirmed or LedgerState.Failed) => true,
            // The gate held it back: nothing of it left.
            (LedgerState.Sent, LedgerState.Dropped) => true,
            (LedgerState.Answered, LedgerState.Confirmed or LedgerState.Failed) => true,
            (LedgerState.Confirmed, LedgerState.Undone) => entry.Kind == LedgerKind.State,
            _ => false,
        };

    /// <summary>Null when the move is not allowed.</summary>
    public static LedgerEntry? Move(LedgerEntry entry, LedgerState to) =>
        MayMove(entry, to) ? entry with { State = to, Sends = entry.Sends + (to == LedgerState.Sent ? 1 : 0) } : null;
}
