using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace Picket.Server.Tests.Intelligence;

/// <summary>
/// A publisher that sends more than a feed may hold. Counts what the whole process allocates, so nothing else runs
/// meanwhile.
/// </summary>
[Collection(Alone.Name)]
public sealed class GiantSourceTests(FollowingPicket following) : IClassFixture<FollowingPicket>
{
    private static readonly byte[] Megabyte = new byte[1024 * 1024];

    [Theory]
    [InlineData("endless")]
    [InlineData("announced-giant")]
    [InlineData("gzip-bomb")]
    [InlineData("brotli-bomb")]
    public async Task Is_broken_off_at_the_limit_and_takes_little_memory(string what)
    {
        var address = following.Publisher.At(what, http => AnswerAsync(what, http));
        var before = GC.GetTotalAllocatedBytes(precise: true);

        var source = await following.FollowAsync($"giant-{what}", address);

        Assert.Contains("more than 32 MiB", source.Failure);
        Assert.Null(source.FeedId);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 200L * 1024 * 1024);
        await following.Picket.Client.UnfollowFeedAsync(source.Id, TestContext.Current.CancellationToken);
    }

    private static async Task AnswerAsync(string what, HttpContext http)
    {
        var (answer, stop) = (http.Response, http.RequestAborted);
        switch (what)
        {
            case "endless":
                while (!stop.IsCancellationRequested)
                {
                    await answer.Body.WriteAsync(Megabyte, stop);
                }

                break;
            case "announced-giant":
                answer.ContentLength = 1L << 40;
                await answer.Body.WriteAsync(Megabyte, stop);
                break;
            case "gzip-bomb":
                answer.Headers.ContentEncoding = "gzip";
                await answer.Body.WriteAsync(Bomb(file => new GZipStream(file, CompressionLevel.Fastest)), stop);
                break;
            case "brotli-bomb":
                answer.Headers.ContentEncoding = "br";
                await answer.Body.WriteAsync(Bomb(file => new BrotliStream(file, CompressionLevel.Fastest)), stop);
                break;
        }
    }

    /// <summary>A few hundred kilobytes that become 256 MiB.</summary>
    private static byte[] Bomb(Func<Stream, Stream> compress)
    {
        using var file = new MemoryStream();
        using (var compressed = compress(file))
        {
            for (var written = 0; written < 256; written++)
            {
                compressed.Write(Megabyte);
            }
        }

        return file.ToArray();
    }
}
