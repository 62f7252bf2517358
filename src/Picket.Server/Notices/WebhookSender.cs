using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Picket.Api;
using Picket.Server.Hosting;

namespace Picket.Server.Notices;

/// <summary>
/// One POST in the form of Standard Webhooks, through the one door out: https alone, no redirect is followed, and little is
/// read of the answer.
/// </summary>
internal sealed class WebhookSender(OutboundConnector connector, NoticeSecretBox box, TimeProvider time)
{
    private const int MostRead = 1024;

    public async Task<NoticeAnswer> SendAsync(
        NoticeChannelRow channel,
        NoticeDeliveryRow delivery,
        CancellationToken cancellation
    )
    {
        if (box.TryOpen(channel) is not { } secrets)
        {
            return new(
                "The secret cannot be read: the key ring is gone, or the way was changed in the database. Make a new one.",
                Final: true
            );
        }

        var address = new Uri(channel.Address!);
        using var http = new HttpClient(connector.Handler(PinnedAuthorities.Of(channel.CaCertificatePem)))
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        using var request = Request(address, channel, delivery, secrets);
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return await ReadAsync(answer, cancellation);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return NoticeAnswer.Unreachable(address.Host, failure);
        }
    }

    private HttpRequestMessage Request(
        Uri address,
        NoticeChannelRow channel,
        NoticeDeliveryRow delivery,
        NoticeSecrets secrets
    )
    {
        var (id, now, body) = (NoticeData.MessageId(delivery), time.GetUtcNow(), NoticeData.Body(delivery));
        var signatures = new List<string> { WebhookSignature.Sign(id, now, body, secrets.Current) };
        if (secrets.Old is { } old && channel.OldSecretUntil > now)
        {
            signatures.Add(WebhookSignature.Sign(id, now, body, old));
        }

        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Picket", null));
        request.Headers.Add(WebhookSignature.IdHeader, id);
        request.Headers.Add(
            WebhookSignature.TimestampHeader,
            now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)
        );
        request.Headers.Add(WebhookSignature.SignatureHeader, string.Join(' ', signatures));
        return request;
    }

    private async Task<NoticeAnswer> ReadAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var status = $"{(int)answer.StatusCode} {answer.StatusCode}";
        if (answer.IsSuccessStatusCode)
        {
            return new(status, Delivered: true);
        }

        if ((int)answer.StatusCode is >= 300 and < 400)
        {
            return new($"{status}: redirects are not followed. Give the address that takes the webhook.");
        }

        if (answer.StatusCode == HttpStatusCode.Gone)
        {
            return new(
                status,
                Final: true,
                Off: "The receiver answered 410 Gone: it wants nothing any more. Give another address, or remove the channel."
            );
        }

        var said = await SaidAsync(answer, cancellation);
        return new(said.Length == 0 ? status : $"{status}: {said}", Wait: Wait(answer));
    }

    /// <summary>The first words of the answer, which may be anything.</summary>
    private static async Task<string> SaidAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        try
        {
            await using var body = await answer.Content.ReadAsStreamAsync(cancellation);
            var part = new byte[MostRead];
            var read = await body.ReadAtLeastAsync(part, MostRead, throwOnEndOfStream: false, cancellation);
            return NoticeAnswer.Cut(Encoding.UTF8.GetString(part, 0, read), NoticeAnswer.MostOfBody);
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException or HttpRequestException)
        {
            return ""; // The status has been told.
        }
    }

    private TimeSpan? Wait(HttpResponseMessage answer) =>
        answer.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - time.GetUtcNow() : null;
}
