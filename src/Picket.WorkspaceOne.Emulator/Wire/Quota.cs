namespace Picket.WorkspaceOne.Emulator.Wire;

/// <summary>
/// The daily quota: a fixed window of 24 hours that opens with the first call, counted down by every call, and shown
/// in three headers of every answer. Beside it a minute limit, which no header shows.
/// </summary>
public sealed class Quota(int daily, int perMinute, TimeProvider time)
{
    private readonly Lock gate = new();
    private DateTimeOffset dayEnds;
    private DateTimeOffset minuteEnds;
    private int usedInMinute;

    public int Daily { get; set; } = daily;

    /// <summary>0: none.</summary>
    public int PerMinute { get; set; } = perMinute;

    public int Used { get; private set; }

    /// <summary>Opens a new window, as if a day had gone by.</summary>
    public void Reset()
    {
        lock (gate)
        {
            (dayEnds, minuteEnds) = (default, default);
        }
    }

    internal SavedQuota Save()
    {
        lock (gate)
        {
            return new(Daily, PerMinute, Used, dayEnds);
        }
    }

    internal void Load(SavedQuota saved)
    {
        lock (gate)
        {
            (Daily, PerMinute, Used, dayEnds) = (saved.Daily, saved.PerMinute, saved.Used, saved.DayEnds);
        }
    }

    internal QuotaState Count()
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (now >= dayEnds)
            {
                dayEnds = now.AddDays(1);
                Used = 0;
            }

            if (now >= minuteEnds)
            {
                minuteEnds = now.AddMinutes(1);
                usedInMinute = 0;
            }

            var dayOver = Used >= Daily;
            var minuteOver = PerMinute > 0 && usedInMinute >= PerMinute;
            if (!dayOver && !minuteOver)
            {
                Used++;
                usedInMinute++;
            }

            var wait = dayOver ? dayEnds - now : minuteEnds - now;
            var seconds = dayOver || minuteOver ? (int)Math.Ceiling(wait.TotalSeconds) : 0;
            return new(Daily, Daily - Used, dayEnds.ToUnixTimeSeconds(), seconds);
        }
    }
}

/// <param name="WaitSeconds">Above 0: the call is refused, and may be repeated after so long.</param>
internal readonly record struct QuotaState(int Limit, int Remaining, long ResetsAt, int WaitSeconds);

/// <summary>Limits and the present day, as a saved state holds them.</summary>
internal sealed record SavedQuota(int Daily, int PerMinute, int Used, DateTimeOffset DayEnds);
