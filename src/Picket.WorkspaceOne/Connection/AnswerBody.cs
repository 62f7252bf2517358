using System.Buffers;

namespace Picket.WorkspaceOne.Connection;

/// <summary>The body of an answer in a pooled buffer: parsing a whole buffer is a quarter faster than a stream.</summary>
internal sealed class AnswerBody : IDisposable
{
    private byte[] buffer;
    private int length;

    private AnswerBody(int size) => buffer = ArrayPool<byte>.Shared.Rent(size);

    public ReadOnlySpan<byte> Span => buffer.AsSpan(0, length);

    /// <summary>Reads to the end; null when the body is longer than <paramref name="limit"/>.</summary>
    public static async Task<AnswerBody?> ReadAsync(
        HttpContent content,
        long limit,
        CancellationToken cancellationToken
    )
    {
        var announced = content.Headers.ContentLength;
        if (announced > limit)
        {
            return null;
        }

        var body = new AnswerBody((int)Math.Clamp((announced ?? 64 * 1024) + 1, 256, limit + 1));
        try
        {
            var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                if (await body.FillAsync(stream, limit, cancellationToken).ConfigureAwait(false))
                {
                    return body;
                }
            }
        }
        catch
        {
            body.Dispose();
            throw;
        }

        body.Dispose();
        return null;
    }

    public void Dispose()
    {
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            (buffer, length) = ([], 0);
        }
    }

    private async Task<bool> FillAsync(Stream stream, long limit, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (length == buffer.Length)
            {
                Grow(limit);
            }

            var read = await ReadAsync(stream, buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return length <= limit;
            }

            length += read;
            if (length > limit)
            {
                return false;
            }
        }
    }

    private static async ValueTask<int> ReadAsync(Stream stream, Memory<byte> part, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.ReadAsync(part, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception damaged) when (damaged is InvalidDataException or InvalidOperationException)
        {
            // The first is what gzip and deflate say to a damaged body, the second what brotli says.
            throw new DamagedBodyException(damaged);
        }
    }

    private void Grow(long limit)
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(buffer.Length * 2L, limit + 1));
        Span.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
