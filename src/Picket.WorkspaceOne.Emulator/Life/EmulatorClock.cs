namespace Picket.WorkspaceOne.Emulator.Life;

/// <summary>
/// The emulator's one clock: real, accelerated by a factor, or frozen and moved in steps. Everything that the emulated
/// server dates goes by it; certificates, pauses of the fault script and the sending of notifications go by real time.
/// </summary>
/// <remarks>It never runs backwards, so what has ended stays ended.</remarks>
public sealed class EmulatorClock : TimeProvider
{
    private readonly TimeProvider real;
    private readonly Lock gate = new();

    // Replaced as a whole, so that the many readers need no lock.
    private volatile Pace pace;

    internal EmulatorClock(TimeProvider real)
    {
        this.real = real;
        var now = real.GetUtcNow();
        pace = new Pace(now, now, 1);
    }

    /// <param name="At">What the clock shows at <paramref name="RealAt"/>.</param>
    private sealed record Pace(DateTimeOffset At, DateTimeOffset RealAt, double Factor);

    /// <summary>Happens after the clock was moved or set to another pace.</summary>
    public event Action? Moved;

    /// <summary>Seconds of this clock per second of the real one; 1: real, 0: frozen. At most a million.</summary>
    public double Factor
    {
        get => pace.Factor;
        set
        {
            if (value is not (>= 0 and <= 1_000_000))
            {
                throw new FormatException($"A clock runs 0 to 1,000,000 times as fast as the real one, not {value}.");
            }

            lock (gate)
            {
                pace = new Pace(GetUtcNow(), real.GetUtcNow(), value);
            }

            Moved?.Invoke();
        }
    }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow()
    {
        var now = pace;
        return now.Factor is 1 && now.At == now.RealAt ? real.GetUtcNow() : Scaled(now);
    }

    /// <summary>Moves the clock forwards, whatever its pace.</summary>
    public void Step(TimeSpan by)
    {
        if (by < TimeSpan.Zero)
        {
            throw new FormatException("The clock goes forwards only.");
        }

        MoveTo(GetUtcNow() + by);
    }

    /// <summary>Sets the clock to a later time.</summary>
    public void MoveTo(DateTimeOffset later)
    {
        lock (gate)
        {
            if (later < GetUtcNow())
            {
                throw new FormatException($"The clock goes forwards only, and stands at {GetUtcNow():O} already.");
            }

            pace = pace with { At = later, RealAt = real.GetUtcNow() };
        }

        Moved?.Invoke();
    }

    /// <summary>Takes up where another run stopped.</summary>
    internal void Resume(DateTimeOffset at, double factor)
    {
        lock (gate)
        {
            pace = new Pace(at, real.GetUtcNow(), factor);
        }
    }

    // Pauses and timers of the emulator itself: real ones.
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        real.CreateTimer(callback, state, dueTime, period);

    public override long GetTimestamp() => real.GetTimestamp();

    public override long TimestampFrequency => real.TimestampFrequency;

    private DateTimeOffset Scaled(Pace now) =>
        now.At.AddTicks((long)Math.Min((real.GetUtcNow() - now.RealAt).Ticks * now.Factor, long.MaxValue / 8));
}
