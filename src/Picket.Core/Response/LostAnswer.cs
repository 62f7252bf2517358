namespace Picket.Core.Response;

/// <summary>What reading back showed of a write whose answer never came.</summary>
public enum ReadBack
{
    Done,
    NotDone,

    /// <summary>The reading failed, or the route cannot tell.</summary>
    CannotTell,
}

public enum LostAnswerStep
{
    Confirm,
    SendAgain,
    ReadAgain,
    AskPerson,
}

/// <summary>Settles a write whose answer was lost.</summary>
public static class LostAnswer
{
    /// <summary>
    /// A command that cannot be seen may still be queued in the UEM: a person settles it, never a second sending.
    /// </summary>
    public static LostAnswerStep Next(LedgerKind kind, ReadBack seen) =>
        (kind, seen) switch
        {
            (_, ReadBack.Done) => LostAnswerStep.Confirm,
            (LedgerKind.Command, _) => LostAnswerStep.AskPerson,
            (_, ReadBack.NotDone) => LostAnswerStep.SendAgain,
            _ => LostAnswerStep.ReadAgain,
        };
}
