using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Text;
using Microsoft.Extensions.Options;
using Picket.Server.Hosting;

namespace Picket.Server.Intelligence.Sources;

/// <summary>
/// Reads a feed from its address, through the one door out: https alone, each hop of a redirect judged like the address
/// itself, and bounds for everything that the other side decides.
/// </summary>
internal sealed class FeedFetch(OutboundConnector connector, IOptions<FeedOptions> options, TimeProvider time)
{
    private const int MostRedirects = 5;
    private const int LongestETag = 500;
    private const int LargestPart = 81920;

    /// <param name="known">Whether the file that the source last gave is kept, so that "not modified" is an answer.</param>
    /// <returns>Null: the source has nothing new.</returns>
    /// <exception cref="FeedSourceException">There is no file; says why.</exception>
    public async Task<FetchedFile?> GetAsync(FeedSourceRow source, bool known, CancellationToken cancellation)
    {
        var address = new Uri(source.Address!);
        var longest = TimeSpan.FromSeconds(options.Value.FetchTimeoutSeconds);
        using var clock = new CancellationTokenSource(longest, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation, clock.Token);
        using var http = new HttpClient(connector.Handler(PinnedAuthorities.Of(source.CaCertificatePem), Proxy()))
        {
            Timeout = Timeout.InfiniteTimeSpan, // The clock above bounds the body, too.
        };
        try
        {
            return await GetAsync(http, address, source, known, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new FeedSourceException(
                $"{address.Host} did not send the whole file within {longest.TotalSeconds:0} seconds "
                    + "(Feeds:FetchTimeoutSeconds)."
            );
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or InvalidDataException)
        {
            throw new FeedSourceException(Told(address, failure));
        }
    }

    private async Task<FetchedFile?> GetAsync(
        HttpClient http,
        Uri address,
        FeedSourceRow source,
        bool known,
        CancellationToken cancellation
    )
    {
        var asked = address;
        for (var hops = 0; ; hops++)
        {
            using var request = Request(asked, known ? source : null);
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (IsRedirect(answer.StatusCode))
            {
                asked = Next(asked, answer, hops);
                continue;
            }

            if (answer.StatusCode == HttpStatusCode.NotModified)
            {
                return known
                    ? null
                    : throw new FeedSourceException(
                        $"{asked.Host} answered 304 Not Modified, though Picket has no file of it to compare with."
                    );
            }

            if (answer.StatusCode != HttpStatusCode.OK)
            {
                throw new FeedSourceException(
                    $"{asked.Host} answered {(int)answer.StatusCode} {answer.StatusCode}. Check the address.",
                    Wait(answer)
                );
            }

            return await FileAsync(address, answer, cancellation);
        }
    }

    private static HttpRequestMessage Request(Uri address, FeedSourceRow? known)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Picket", null));
        if (known?.ETag is { } tag && EntityTagHeaderValue.TryParse(tag, out var parsed))
        {
            request.Headers.IfNoneMatch.Add(parsed);
        }

        request.Headers.IfModifiedSince = known?.LastModified;
        return request;
    }

    private static bool IsRedirect(HttpStatusCode status) =>
        status
            is HttpStatusCode.MovedPermanently
                or HttpStatusCode.Found
                or HttpStatusCode.SeeOther
                or HttpStatusCode.TemporaryRedirect
                or HttpStatusCode.PermanentRedirect;

    private static Uri Next(Uri asked, HttpResponseMessage answer, int hops)
    {
        if (hops == MostRedirects)
        {
            throw new FeedSourceException(
                $"{asked.Host} redirected more than {MostRedirects} times. Give the address where the file is."
            );
        }

        if (answer.Headers.Location is not { } location)
        {
            throw new FeedSourceException($"{asked.Host} redirected to nowhere. Give the address where the file is.");
        }

        var next = new Uri(asked, location);
        return FeedSourceRules.MistakeIn(next) is { } mistake
            ? throw new FeedSourceException(
                $"{asked.Host} redirected to an address that Picket does not follow: {mistake}"
            )
            : next;
    }

    private static async Task<FetchedFile> FileAsync(
        Uri address,
        HttpResponseMessage answer,
        CancellationToken cancellation
    )
    {
        var content = answer.Content;
        if (content.Headers.ContentEncoding.Count > 0)
        {
            throw new FeedSourceException(
                $"{address.Host} sent the file encoded as {string.Join(", ", content.Headers.ContentEncoding)}, which "
                    + "Picket did not ask for."
            );
        }

        if (content.Headers.ContentLength > FeedUpload.LargestFile)
        {
            throw TooLarge(address);
        }

        var bytes = await BytesAsync(address, content, cancellation);
        if (bytes.Length == 0)
        {
            throw new FeedSourceException($"{address.Host} sent an empty file.");
        }

        if (LooksLikeWebPage(bytes))
        {
            throw new FeedSourceException(
                $"{address.Host} sent a web page instead of a feed. Give the address of the file itself (its raw form), "
                    + "and check that it needs no sign-in."
            );
        }

        var tag = answer.Headers.ETag?.ToString();
        return new FetchedFile(
            bytes,
            NameOf(address),
            tag is { Length: <= LongestETag } ? tag : null,
            content.Headers.LastModified
        );
    }

    /// <summary>What is counted has been decompressed already: few bytes that become many are refused as many.</summary>
    private static async Task<byte[]> BytesAsync(Uri address, HttpContent content, CancellationToken cancellation)
    {
        await using var body = await content.ReadAsStreamAsync(cancellation);
        using var file = new MemoryStream();
        var part = new byte[LargestPart];
        while (await body.ReadAsync(part, cancellation) is > 0 and var read)
        {
            if (file.Length + read > FeedUpload.LargestFile)
            {
                throw TooLarge(address);
            }

            file.Write(part, 0, read);
        }

        return file.ToArray();
    }

    private static FeedSourceException TooLarge(Uri address) =>
        new(
            $"{address.Host} sends more than {FeedUpload.LargestFile / 1024 / 1024} MiB, which is more than a feed may "
                + "have. Nothing was taken over."
        );

    private static bool LooksLikeWebPage(byte[] bytes)
    {
        var start = Encoding
            .Latin1.GetString(bytes, 0, Math.Min(bytes.Length, 512))
            .TrimStart('\u00ef', '\u00bb', '\u00bf')
            .TrimStart();
        return start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
    }

    private static string NameOf(Uri address) => Path.GetFileName(Uri.UnescapeDataString(address.AbsolutePath));

    private TimeSpan? Wait(HttpResponseMessage answer) =>
        answer.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - time.GetUtcNow() : null;

    private WebProxy? Proxy() => options.Value.Proxy is { Length: > 0 } proxy ? new WebProxy(proxy) : null;

    private static string Told(Uri address, Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is OutboundRefusedException)
            {
                return cause.Message;
            }

            if (cause is AuthenticationException)
            {
                return $"The certificate of {address.Host} is not trusted ({cause.Message}). If a CA of your own vouches "
                    + "for it, give that CA's certificate with the source.";
            }

            if (cause is InvalidDataException)
            {
                return $"What {address.Host} sent is damaged: it cannot be decompressed.";
            }
        }

        return $"{address.Host} could not be reached: {failure.Message}";
    }
}
