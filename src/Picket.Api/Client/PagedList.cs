using System.Runtime.CompilerServices;

namespace Picket.Api;

/// <summary>A list of the server. Enumerating it fetches page after page until the end.</summary>
/// <typeparam name="T">The rows.</typeparam>
public sealed class PagedList<T> : IAsyncEnumerable<T>
{
    private readonly string? _start;
    private readonly Func<string?, CancellationToken, Task<Page<T>>> _fetch;

    internal PagedList(string? start, Func<string?, CancellationToken, Task<Page<T>>> fetch) =>
        (_start, _fetch) = (start, fetch);

    /// <summary>Fetches the one page that the filter's cursor names, the first without one.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="PicketApiException">The server refused, e.g. 400 for a cursor that is none of its own.</exception>
    public Task<Page<T>> PageAsync(CancellationToken cancellationToken = default) => _fetch(_start, cancellationToken);

    /// <summary>Fetches page after page, beginning where the filter's cursor says.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async IAsyncEnumerable<Page<T>> PagesAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        for (var cursor = _start; ; )
        {
            var page = await _fetch(cursor, cancellationToken).ConfigureAwait(false);
            yield return page;
            if (page.Next is null)
                yield break;
            cursor =
                page.Next != cursor
                    ? page.Next
                    : throw new InvalidDataException(
                        "The server gave the same cursor twice; the list cannot be read to its end."
                    );
        }
    }

    /// <inheritdoc />
    public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        await foreach (var page in PagesAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var item in page.Items)
                yield return item;
        }
    }
}
