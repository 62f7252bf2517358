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

/// <param name="Began">When it read what was wanted.</param>
public sealed record EndedTagRun(TagRunEnd End, DateTimeOffset Began, DateTimeOffset Ended);

/// <summary>Says when Picket starts a tag run by itself.</summary>
public static class TagRunTiming
{
    public static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <param name="differs">The stored wish and the confirmed tags are not the same.</param>
    /// <param name="readAt">When the last reading of the fleet ended; null when there was none.</param>
    /// <param name="runs">The ended runs, newest first; as many as matter for the waits.</param>
    /// <param name="firstWait">After the first run that ended short; doubles with each further one.</param>
    public static bool IsDue(
        bool differs,
        DateTimeOffset? readAt,
        IReadOnlyList<EndedTagRun> runs,
        DateTimeOffset now,
        TimeSpan firstWait
    )
    {
        if (runs.Count == 0)
        {
            return differs;
        }

        var last = runs[0];
        // Somebody may have changed a tag in the UEM by hand, which only reading back shows: once after each reading.
        var readSince = readAt > last.Began;
        return last.End switch
        {
            // The same question again would only annoy. A new reading may have a new answer.
            TagRunEnd.Declined => differs && readAt > last.Ended,
            TagRunEnd.Incomplete => now >= last.Ended + Wait(runs, firstWait),
            _ => differs || readSince,
        };
    }

    private static TimeSpan Wait(IReadOnlyList<EndedTagRun> runs, TimeSpan firstWait)
    {
        var failures = runs.TakeWhile(run => run.End == TagRunEnd.Incomplete).Count();
        var wait = firstWait * Math.Pow(2, Math.Min(failures - 1, 20));
        return wait < LongestWait ? wait : LongestWait;
    }
}
