using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Threading.Channels;

namespace Picket.WorkspaceOne.Emulator.Events;

/// <summary>
/// Posts notifications in the background, in order per subscription, a few attempts each. Goes to the address of the
/// subscription only: no redirect is followed and no proxy used. A full queue drops what comes last and says so.
/// </summary>
public sealed class EventPost : IAsyncDisposable
{
    private const int WaitingPerSubscription = 2_000;
    private const int Kept = 2_000;
    private const int MostAttempts = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<int, Lane> lanes = [];
    private readonly ConcurrentDictionary<long, EventDelivery> deliveries = [];
    private readonly CancellationTokenSource ending = new();
    private readonly HttpClient http;
    private long count;

    internal EventPost(HttpMessageHandler handler)
    {
        http = new HttpClient(handler) { Timeout = Patience };
    }

    /// <summary>The latest deliveries, latest first.</summary>
    public IReadOnlyList<EventDelivery> Deliveries =>
        [.. deliveries.Values.OrderByDescending(delivery => delivery.Number)];

    internal static SocketsHttpHandler Handler(string? caFile)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = Patience,
            MaxResponseHeadersLength = 16,
        };
        if (caFile is not null)
        {
            handler.SslOptions.CertificateChainPolicy = new()
            {
                TrustMode = System.Security.Cryptography.X509Certificates.X509ChainTrustMode.CustomRootTrust,
                RevocationMode = System.Security.Cryptography.X509Certificates.X509RevocationMode.NoCheck,
            };
            handler.SslOptions.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(caFile);
        }

        return handler;
    }

    internal void Send(EventSubscription row, string eventType, int device, DateTimeOffset at, string body)
    {
        var delivery = new EventDelivery(
            Interlocked.Increment(ref count),
            row.Id,
            row.Target,
            eventType,
            device,
            at,
            body
        );
        deliveries[delivery.Number] = delivery;
        deliveries.TryRemove(delivery.Number - Kept, out _);
        var lane = lanes.GetOrAdd(row.Id, _ => new Lane(this));
        if (!lane.TryWrite((delivery.Number, row)))
        {
            deliveries[delivery.Number] = delivery with { State = DeliveryState.Dropped };
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await Task.WhenAll(lanes.Values.Select(lane => lane.Sending))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        http.Dispose();
        ending.Dispose();
    }

    private async Task SendAllAsync(ChannelReader<(long, EventSubscription)> waiting, CancellationToken ct)
    {
        await foreach (var (number, row) in waiting.ReadAllAsync(ct))
        {
            if (!deliveries.TryGetValue(number, out var delivery))
            {
                continue;
            }

            do
            {
                delivery = await TryAsync(delivery, row, ct);
                deliveries.TryUpdate(number, delivery, deliveries.GetValueOrDefault(number)!);
            } while (delivery.State is DeliveryState.Waiting && await PauseAsync(delivery.Attempts, ct));
        }
    }

    private static async Task<bool> PauseAsync(int attempts, CancellationToken ct)
    {
        await Task.Delay(Pause * (1 << attempts), TimeProvider.System, ct);
        return true;
    }

    private async Task<EventDelivery> TryAsync(EventDelivery delivery, EventSubscription row, CancellationToken ct)
    {
        var tried = delivery with { Attempts = delivery.Attempts + 1, Problem = null };
        var failed = tried.Attempts >= MostAttempts ? DeliveryState.Failed : DeliveryState.Waiting;
        try
        {
            using var request = Request(row, delivery.Body);
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            return tried with
            {
                Status = (int)answer.StatusCode,
                State = answer.IsSuccessStatusCode ? DeliveryState.Delivered : failed,
            };
        }
        catch (Exception problem)
            when (problem is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            return tried with { State = failed, Problem = problem.Message };
        }
    }

    private static HttpRequestMessage Request(EventSubscription row, string body)
    {
        var type = row.Format is EventFormat.Json ? "application/json" : "application/xml";
        var request = new HttpRequestMessage(HttpMethod.Post, row.Target)
        {
            Content = new StringContent(body, Encoding.UTF8, type),
        };
        if (row.Username.Length > 0)
        {
            var pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{row.Username}:{row.Password}"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", pair);
        }

        return request;
    }

    /// <summary>One subscription's queue, so that a receiver that is down keeps no other waiting.</summary>
    private sealed class Lane
    {
        private readonly Channel<(long, EventSubscription)> queue = Channel.CreateBounded<(long, EventSubscription)>(
            WaitingPerSubscription
        );

        public Lane(EventPost post)
        {
            Sending = Task.Run(() => post.SendAllAsync(queue.Reader, post.ending.Token));
        }

        public Task Sending { get; }

        public bool TryWrite((long, EventSubscription) item) => queue.Writer.TryWrite(item);
    }
}
