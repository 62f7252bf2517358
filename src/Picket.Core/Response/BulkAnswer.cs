namespace Picket.Core.Response;

/// <summary>What a bulk call as a whole came to.</summary>
public enum BulkOutcome
{
    /// <summary>Look at each device's fault.</summary>
    Answered,

    /// <summary>Over the UEM's bulk limit: cut it and send again.</summary>
    OverLimit,

    /// <summary>No device of the call is known, or enrolled, or visible.</summary>
    AllUnknown,

    /// <summary>The UEM's tag service rests; the same call may be sent later.</summary>
    TryLater,

    /// <summary>No answer, or one that does not tell: it may have been done, which only reading back shows.</summary>
    Unclear,

    /// <summary>It never left, for want of a connection or of budget.</summary>
    NotSent,

    /// <summary>The account, its key, or API access as a whole.</summary>
    SignInRefused,

    RightMissing,

    /// <summary>The tag is gone: list the tags anew before anything else is sent.</summary>
    TagUnknown,

    Refused,
}

/// <summary>One device that a bulk call did not accept.</summary>
public sealed record BulkFault(long Device, int Code, string? Message);

public enum DeviceOutcome
{
    /// <summary>Accepted, or the UEM says that it is so already: confirmed once it is read back.</summary>
    ReadBack,

    UnknownDevice,

    Failed,
}

/// <summary>Reads the answers of the tag routes. Their codes are reused for different things, so the text decides too.</summary>
public static class BulkAnswer
{
    private const string OverLimitText = "more than Bulk settings";

    public static BulkOutcome Classify(int status, int? code, string? message) =>
        (status, code) switch
        {
            (>= 200 and < 300, _) => BulkOutcome.Answered,
            (400 or 403 or 422, _) when Says(message, OverLimitText) => BulkOutcome.OverLimit,
            (400, 6) when Says(message, "tag id") => BulkOutcome.TagUnknown,
            (404, _) when Says(message, "could not be found") => BulkOutcome.AllUnknown,
            (404, _) => BulkOutcome.TagUnknown,
            (401, _) => BulkOutcome.SignInRefused,
            (403, _) => BulkOutcome.RightMissing,
            (424 or 429, _) => BulkOutcome.TryLater,
            (>= 500, _) => BulkOutcome.Unclear,
            _ => BulkOutcome.Refused,
        };

    /// <summary>Whatever else would be sent in this run would be answered the same.</summary>
    public static bool EndsTheRun(BulkOutcome outcome) =>
        outcome
            is BulkOutcome.SignInRefused
                or BulkOutcome.RightMissing
                or BulkOutcome.TagUnknown
                or BulkOutcome.NotSent;

    /// <param name="fault">Null for a device that the answer does not name: it was accepted.</param>
    public static DeviceOutcome Classify(BulkFault? fault) =>
        fault switch
        {
            null => DeviceOutcome.ReadBack,
            _ when IsUnknown(fault) => DeviceOutcome.UnknownDevice,
            // "Already tagged" (or untagged) comes as a fault 400 without a code of its own; only reading back tells.
            { Code: 400 or 5298 or 5299 } => DeviceOutcome.ReadBack,
            _ => DeviceOutcome.Failed,
        };

    /// <summary>What reading back proves: a device carries a tag, or not.</summary>
    public static LedgerState Settle(TagAction action, bool carried) =>
        carried == (action == TagAction.Add) ? LedgerState.Confirmed : LedgerState.Failed;

    private static bool IsUnknown(BulkFault fault) =>
        fault.Code is 404 or 5061
        || Says(fault.Message, "not found")
        || Says(fault.Message, "does not exist")
        || Says(fault.Message, "does not have access");

    private static bool Says(string? message, string words) =>
        message?.Contains(words, StringComparison.OrdinalIgnoreCase) is true;
}
