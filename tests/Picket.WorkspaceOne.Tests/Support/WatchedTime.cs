using System.Collections.Concurrent;

namespace Picket.WorkspaceOne.Tests.Support;

/// <summary>The system's clock, which remembers what was waited for: tests look at that, not at a stopwatch.</summary>
internal sealed class WatchedTime : TimeProvider
{
    public ConcurrentQueue<TimeSpan> Waits { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Waits.Enqueue(dueTime);
        return base.CreateTimer(callback, state, dueTime, period);
    }
}
