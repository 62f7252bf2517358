namespace Picket.Core.Response;

/// <summary>What was read of a device after a command was sent to it.</summary>
/// <param name="Status">Enrolment status in the UEM's words; null where the device was not shown.</param>
/// <param name="SeenAt">When it last reported.</param>
/// <param name="EnrolledAt">When it was last enrolled.</param>
/// <param name="Wipe">What the UEM's log of wipes says of it; null where it has none of this device, or was not read.</param>
public sealed record CommandTrace(string? Status, DateTimeOffset? SeenAt, DateTimeOffset? EnrolledAt, string? Wipe);

/// <summary>What reading back says about a command.</summary>
public enum TraceSays
{
    /// <summary>Nothing new: read again later.</summary>
    Nothing,

    /// <summary>The UEM has it, whether or not its answer came.</summary>
    Queued,
    HeldByUem,
    Done,

    /// <summary>Somebody rejected it in the UEM.</summary>
    Rejected,

    /// <summary>The time is over: nothing shows that it happened.</summary>
    TimeIsOver,
}

/// <summary>Settles a command by what can be read, and never by sending again.</summary>
public static class CommandFollowing
{
    private const string Unenrolled = "Unenrolled";
    private const string Pending = "EnterpriseWipePending";

    /// <summary>The UEM and we may tell the time differently.</summary>
    private static readonly TimeSpan Clocks = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <param name="unclear">Whether the answer was lost.</param>
    /// <param name="until">When following ends.</param>
    public static TraceSays Of(
        CommandKind kind,
        CommandTrace trace,
        bool unclear,
        DateTimeOffset sentAt,
        DateTimeOffset until,
        DateTimeOffset now
    )
    {
        var said = kind == CommandKind.EnterpriseWipe ? OfWipe(trace, sentAt) : OfContact(kind, trace, unclear, sentAt);
        return said is TraceSays.Done or TraceSays.Rejected ? said
            : now >= until ? TraceSays.TimeIsOver
            : said;
    }

    /// <summary>When to read next: often at first, more and more seldom then, so that a silent device costs few calls.</summary>
    public static TimeSpan Pause(TimeSpan sinceSent, TimeSpan first)
    {
        var grown = sinceSent / 10;
        return grown < first ? first
            : grown > LongestPause ? LongestPause
            : grown;
    }

    private static TraceSays OfWipe(CommandTrace trace, DateTimeOffset sentAt) =>
        Is(trace.Status, Unenrolled) ? TraceSays.Done
        // It was enrolled anew since: before that it had left.
        : trace.EnrolledAt > sentAt + Clocks ? TraceSays.Done
        : Is(trace.Wipe, "ABORTED") ? TraceSays.Rejected
        : Is(trace.Wipe, "HELD") ? TraceSays.HeldByUem
        : Is(trace.Status, Pending) || trace.Wipe is not null ? TraceSays.Queued
        : TraceSays.Nothing;

    private static TraceSays OfContact(CommandKind kind, CommandTrace trace, bool unclear, DateTimeOffset sentAt) =>
        trace.SeenAt > sentAt && (!unclear || kind.IsProvenByContact()) ? TraceSays.Done : TraceSays.Nothing;

    private static bool Is(string? text, string word) => string.Equals(text, word, StringComparison.OrdinalIgnoreCase);
}
