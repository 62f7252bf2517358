using System.Collections.Concurrent;

namespace Picket.WorkspaceOne.Tests.Support;

/// <summary>Lets no request through until it is told to; counts how many wait at once.</summary>
internal sealed class HeldServer(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private readonly ConcurrentQueue<TaskCompletionSource> waiting = [];
    private readonly SemaphoreSlim arrivals = new(0);
    private int inFlight;

    public int MostInFlight { get; private set; }

    /// <summary>Waits for the next request to come in, then hands out the means to let it go on.</summary>
    public async Task<TaskCompletionSource> NextAsync(CancellationToken cancellationToken)
    {
        await arrivals.WaitAsync(cancellationToken);
        return waiting.TryDequeue(out var held) ? held : throw new InvalidOperationException("Nobody waits.");
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (waiting)
        {
            MostInFlight = Math.Max(MostInFlight, ++inFlight);
            waiting.Enqueue(held);
        }

        arrivals.Release();
        await held.Task.WaitAsync(cancellationToken);
        lock (waiting)
        {
            inFlight--;
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
