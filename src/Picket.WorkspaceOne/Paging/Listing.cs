namespace Picket.WorkspaceOne.Paging;

/// <summary>
/// A listing that hands out its pages as they come and says at the end, in <see cref="Report"/>, whether it was
/// complete and coherent. Can be enumerated once. An error of a page ends the enumeration with its exception.
/// </summary>
/// <typeparam name="T">Row.</typeparam>
public sealed class Listing<T> : IAsyncEnumerable<Page<T>>
{
    private readonly Func<int, CancellationToken, Task<PageRead<T>>> fetch;
    private readonly PagingOptions options;
    private readonly ListingTally<T> tally;
    private int started;
    private int asked;

    internal Listing(
        Func<int, CancellationToken, Task<PageRead<T>>> fetch,
        Func<T, long> key,
        PagingOptions? options = null,
        RowIdentity identity = RowIdentity.OwnId
    )
    {
        this.options = (options ?? new PagingOptions()).Validated();
        this.fetch = fetch;
        tally = new ListingTally<T>(key, this.options, identity);
    }

    /// <summary>The verdict so far; final once the enumeration ended.</summary>
    public ListingReport Report => tally.ToReport();

    /// <summary>Reads everything into memory. For listings that are small.</summary>
    /// <exception cref="WorkspaceOneException">A page could not be read.</exception>
    public async Task<ListingResult<T>> ReadAllAsync(CancellationToken cancellationToken = default)
    {
        var items = new List<T>();
        await foreach (var page in this.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            items.AddRange(page.Items);
        }

        return new ListingResult<T>(items, Report);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerator<Page<T>> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref started, 1) == 1)
        {
            throw new InvalidOperationException("A listing is read once; ask for a new one.");
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var inFlight = new Queue<Task<PageRead<T>>>();
        try
        {
            var number = 0;
            Ask(inFlight, stop.Token);
            while (inFlight.Count > 0)
            {
                var read = await inFlight.Peek().ConfigureAwait(false);
                _ = inFlight.Dequeue();
                var items = tally.Take(read);

                // Asking before handing out lets the network work while the caller does.
                while (inFlight.Count < options.PagesInFlight && tally.Wants(inFlight.Count))
                {
                    Ask(inFlight, stop.Token);
                }

                yield return new Page<T>(items, number++, read.Total);
            }

            tally.Finish();
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            Task settled = Task.WhenAll(inFlight);
            await settled.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Ask(Queue<Task<PageRead<T>>> inFlight, CancellationToken cancellationToken)
    {
        var number = asked++;
        tally.Asked();
        inFlight.Enqueue(fetch(number, cancellationToken));
    }
}
