using System.Threading.Channels;

namespace Picket.Server.Hosting;

/// <summary>
/// Tells standing work that something of an integration waits for it. It may be lost: what is to be done stands in the
/// database, where the work looks from time to time by itself.
/// </summary>
public abstract class Signal
{
    private readonly Channel<Guid> channel = Channel.CreateBounded<Guid>(
        new BoundedChannelOptions(1024) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true }
    );

    public void Raise(Guid integration) => channel.Writer.TryWrite(integration);

    /// <summary>The integrations that were named until now: one look at the database answers all of them.</summary>
    internal IReadOnlyCollection<Guid> Take()
    {
        var named = new HashSet<Guid>();
        while (channel.Reader.TryRead(out var integration))
        {
            named.Add(integration);
        }

        return named;
    }

    /// <summary>Waits for the next one, and no longer than this.</summary>
    /// <returns>False when none came.</returns>
    internal async Task<bool> WaitAsync(TimeSpan longest, TimeProvider time, CancellationToken stopping)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var delay = Task.Delay(longest, time, waiting.Token);
        var first = await Task.WhenAny(channel.Reader.WaitToReadAsync(waiting.Token).AsTask(), delay);
        await waiting.CancelAsync();
        stopping.ThrowIfCancellationRequested();
        return first != delay;
    }
}
