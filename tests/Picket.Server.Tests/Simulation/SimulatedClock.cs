namespace Picket.Server.Tests.Simulation;

/// <summary>
/// Time that passes only when everybody waits for it, and then to the moment for which somebody does. Each look at it
/// takes a millisecond, so that nothing happens twice at the same time.
/// </summary>
/// <param name="start">When it begins.</param>
/// <param name="deadline">Of one call: who is within one waits for nothing, unless there is another wait in it.</param>
internal sealed class SimulatedClock(DateTimeOffset start, TimeSpan deadline) : TimeProvider
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(1);

    private readonly Lock gate = new();
    private readonly List<Waiting> waits = [];
    private DateTimeOffset now = start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return now += Look;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var wait = new Waiting(this, () => callback(state));
        wait.Change(dueTime, period);
        return wait;
    }

    public void Advance(TimeSpan time)
    {
        lock (gate)
        {
            now += time;
        }
    }

    /// <summary>Goes on to the first moment that somebody waits for.</summary>
    /// <returns>False when nobody waits.</returns>
    public bool GoOn()
    {
        Waiting? first;
        lock (gate)
        {
            if (waits.TrueForAll(wait => wait.Time == deadline))
            {
                return false;
            }

            first = waits.Where(wait => wait.Due is not null).MinBy(wait => wait.Due);
            if (first is null)
            {
                return false;
            }

            now = first.Due > now ? first.Due.Value : now;
            waits.Remove(first);
        }

        first.Ring();
        return true;
    }

    private sealed class Waiting(SimulatedClock clock, Action ring) : ITimer
    {
        public TimeSpan Time { get; private set; }

        /// <summary>In whole seconds: what is random in the waits of the client shall not tell one history from its replay. Null for never.</summary>
        public DateTimeOffset? Due { get; private set; }

        public void Ring() => ring();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                clock.waits.Remove(this);
                Time = dueTime;
                Due =
                    dueTime == Timeout.InfiniteTimeSpan
                        ? null
                        : clock.now + TimeSpan.FromSeconds(Math.Ceiling(dueTime.TotalSeconds));
                clock.waits.Add(this);
                return true;
            }
        }

        public void Dispose()
        {
            lock (clock.gate)
            {
                clock.waits.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
