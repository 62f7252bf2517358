namespace Picket.WorkspaceOne;

/// <summary>
/// Holds back what changes something in the UEM. It is asked last of all before each such request, and before each retry
/// of one; what only reads passes. One gate may be given to many clients. Safe for use by many threads.
/// </summary>
public sealed class WriteGate
{
    private readonly Lock door = new();
    private string? reason;
    private int underWay;
    private TaskCompletionSource? ended;

    /// <summary>Makes a gate.</summary>
    /// <param name="closed">Why it is closed from the beginning; null for an open one.</param>
    public WriteGate(string? closed = null) => reason = closed;

    /// <summary>Why it is closed; null while it is open.</summary>
    public string? Closed
    {
        get
        {
            lock (door)
            {
                return reason;
            }
        }
    }

    /// <summary>Requests that passed it and whose answer is not there yet. 0 or more.</summary>
    public int UnderWay
    {
        get
        {
            lock (door)
            {
                return underWay;
            }
        }
    }

    /// <summary>No request that changes something begins once this has returned. Those under way end.</summary>
    /// <param name="why">What callers are told, as one sentence.</param>
    public void Close(string why)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(why);
        lock (door)
        {
            reason = why;
        }
    }

    /// <summary>Requests pass again.</summary>
    public void Open()
    {
        lock (door)
        {
            reason = null;
        }
    }

    /// <summary>Waits for the requests that are under way now, and for those that pass it meanwhile.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task EndedAsync(CancellationToken cancellationToken = default)
    {
        lock (door)
        {
            if (underWay == 0)
            {
                return Task.CompletedTask;
            }

            ended ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return ended.Task.WaitAsync(cancellationToken);
        }
    }

    /// <exception cref="WritesStoppedException">It is closed. Nothing was sent.</exception>
    internal void ThrowIfClosed(string route)
    {
        lock (door)
        {
            Check(route);
        }
    }

    /// <summary>Lets one request through; what is returned is disposed when its answer is there, or is lost.</summary>
    /// <exception cref="WritesStoppedException">It is closed. Nothing was sent.</exception>
    internal Passage Pass(string route)
    {
        lock (door)
        {
            Check(route);
            underWay++;
            return new Passage(this);
        }
    }

    private void Check(string route)
    {
        if (reason is not null)
        {
            throw new WritesStoppedException(route, reason);
        }
    }

    private void Leave()
    {
        lock (door)
        {
            if (--underWay == 0)
            {
                ended?.SetResult();
                ended = null;
            }
        }
    }

    internal sealed class Passage(WriteGate gate) : IDisposable
    {
        private int left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref left, 1) == 0)
            {
                gate.Leave();
            }
        }
    }
}
