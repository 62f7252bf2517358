using Picket.WorkspaceOne;

namespace Picket.Server.Brakes;

/// <summary>
/// What this process knows of stops, and the gate that follows it. It is open only while nothing speaks against it: no
/// stop, none on its way, none that could not be stored, and the database was asked lately.
/// </summary>
internal sealed class BrakeState(WriteGate gate)
{
    private readonly Lock door = new();
    private int closing;
    private long seen = -1;
    private bool blind;
    private WriteStopRow? stored;
    private WriteStopRow? unstored;

    /// <summary>The stop that is in force; null when there is none.</summary>
    public WriteStopRow? Current
    {
        get
        {
            lock (door)
            {
                return unstored ?? stored;
            }
        }
    }

    /// <summary>A stop that is in no database; null when there is none.</summary>
    public WriteStopRow? Unstored
    {
        get
        {
            lock (door)
            {
                return unstored;
            }
        }
    }

    public long Seen
    {
        get
        {
            lock (door)
            {
                return seen;
            }
        }
    }

    /// <summary>Somebody stops: closed from now on, until <see cref="Closed"/> leaves it to what is known then.</summary>
    public void Closing() => Change(() => closing++);

    public void Closed() => Change(() => closing--);

    /// <summary>Whether another server stopped is not known any more.</summary>
    public void Blind() => Change(() => blind = true);

    /// <summary>Only forward: what was read before a newer stop or release says nothing any more.</summary>
    /// <returns>True where nothing could be written, and can be now.</returns>
    public bool Follow(WriteStopRow? newest) =>
        Change(() =>
        {
            blind = false;
            if ((newest?.Stamp ?? 1) is var stamp && stamp > seen)
            {
                (seen, stored) = (stamp, newest is { ReleasedAt: null } ? newest : null);
            }
        });

    /// <returns>False where there is one already.</returns>
    public bool Hold(WriteStopRow stop)
    {
        Change(() => unstored ??= stop);
        return Unstored == stop;
    }

    /// <summary>It is stored now, or was released.</summary>
    public void Forget(WriteStopRow stop) => Change(() => unstored = unstored == stop ? null : unstored);

    private bool Change(Action change)
    {
        lock (door)
        {
            var before = gate.Closed;
            change();
            Show();
            return before is not null && gate.Closed is null;
        }
    }

    private void Show()
    {
        if ((unstored ?? stored) is { } stop)
        {
            gate.Close(stop.Text);
        }
        else if (closing > 0)
        {
            gate.Close("All writes are being stopped at this moment.");
        }
        else if (blind)
        {
            gate.Close("Whether all writes are stopped could not be read for a while. They go on when it can.");
        }
        else if (seen >= 0)
        {
            gate.Open();
        }
    }
}
