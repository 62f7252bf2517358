namespace Picket.Core.Response;

public enum TagRunEnd
{
    Completed,

    /// <summary>Something failed, or could not be read: worth another try.</summary>
    Incomplete,

    /// <summary>A person stopped or discarded it.</summary>
    Declined,

    /// <summary>Writing was switched off, or the integration was paused.</summary>
    Stopped,
}

/// <summary>Which tag run is wanted.</summary>
public enum TagRunDue
{
    No,

    /// <summary>One that goes by what was confirmed last, writes at once, and reads back what it wrote.</summary>
    Quick,

    /// <summary>One that first reads from the UEM which tags there are and who carries them.</summary>
    Whole,
}

/// <param name="Began">When it read what was wanted.</param>
public sealed record EndedTagRun(TagRunEnd End, DateTimeOffset Began, DateTimeOffset Ended);

/// <summary>Says when Picket starts a tag run by itself, and which.</summary>
public static class TagRunTiming
{
    public static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>How long what a whole run read is gone by.</summary>
    public static readonly TimeSpan ReadingHolds = TimeSpan.FromDays(1);

    /// <summary>While verdicts come in, one run for all of them costs the fewest calls; but none waits longer than this.</summary>
    public static readonly TimeSpan WhileJudging = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// The same after <see cref="ManyRuns"/> within <see cref="Lately"/>: a long reading of the fleet would else take a day's
    /// calls.
    /// </summary>
    public static readonly TimeSpan WhileJudgingSparingly = TimeSpan.FromSeconds(30);

    public const int ManyRuns = 10;

    public static readonly TimeSpan Lately = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How far a verdict's time may lie before the beginning of the run that saw it: it is taken before it is committed, and
    /// clocks of two servers differ. What is missed by more is found when all devices are compared.
    /// </summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    /// <param name="manyth">When the run was queued that is the <see cref="ManyRuns"/>th newest; null where there are fewer.</param>
    public static TimeSpan WaitForJudging(DateTimeOffset? manyth, DateTimeOffset now) =>
        manyth > now - Lately ? WhileJudgingSparingly : WhileJudging;

    /// <param name="differs">The stored wish and the confirmed tags are not the same.</param>
    /// <param name="isTrusted">What was confirmed last may be gone by, see <see cref="MayTrust"/>.</param>
    /// <param name="readAt">When the last reading of the fleet ended; null when there was none.</param>
    /// <param name="wholeBegan">When the newest completed whole run began; null when there was none.</param>
    /// <param name="runs">The ended runs, newest first; as many as matter for the waits.</param>
    /// <param name="firstWait">After the first run that ended short; doubles with each further one.</param>
    public static TagRunDue Due(
        bool differs,
        bool isTrusted,
        DateTimeOffset? readAt,
        DateTimeOffset? wholeBegan,
        IReadOnlyList<EndedTagRun> runs,
        DateTimeOffset now,
        TimeSpan firstWait
    )
    {
        if (runs.Count == 0)
        {
            return Whole(differs);
        }

        var last = runs[0];
        return last.End switch
        {
            // The same question again would only annoy. A new reading may have a new answer.
            TagRunEnd.Declined => Whole(differs && readAt > last.Ended),
            TagRunEnd.Incomplete => Whole(now >= last.Ended + Wait(runs, firstWait)),
            _ when differs => isTrusted ? TagRunDue.Quick : TagRunDue.Whole,
            // Somebody may have changed a tag in the UEM by hand, which only reading shows: once after each reading.
            _ => Whole(readAt is not null && (wholeBegan is null || readAt > wholeBegan)),
        };
    }

    /// <summary>
    /// Whether tags as last confirmed may be gone by: a whole run read them within a day, nothing went wrong since, and of
    /// nothing that was sent the outcome is open. A change by hand since then is found by the next whole run.
    /// </summary>
    /// <param name="last">The newest ended run.</param>
    /// <param name="wholeBegan">When the newest completed whole run began.</param>
    /// <param name="hasOpen">The ledger has entries whose outcome is not known.</param>
    public static bool MayTrust(EndedTagRun? last, DateTimeOffset? wholeBegan, bool hasOpen, DateTimeOffset now) =>
        last is { End: TagRunEnd.Completed } && wholeBegan > now - ReadingHolds && !hasOpen;

    private static TagRunDue Whole(bool due) => due ? TagRunDue.Whole : TagRunDue.No;

    private static TimeSpan Wait(IReadOnlyList<EndedTagRun> runs, TimeSpan firstWait)
    {
        var failures = runs.TakeWhile(run => run.End == TagRunEnd.Incomplete).Count();
        var wait = firstWait * Math.Pow(2, Math.Min(failures - 1, 20));
        return wait < LongestWait ? wait : LongestWait;
    }
}
