using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Picket.Server.Tests.Integrations;

/// <summary>An outbound proxy as companies have one: it opens tunnels for who knows its password, and for nobody else.</summary>
internal sealed class ConnectProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentBag<Task> tunnels = [];
    private readonly string expected;
    private readonly Task accepting;

    public ConnectProxy(string user, string password)
    {
        expected = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        listener.Start();
        accepting = AcceptAsync();
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>Where tunnels led to, as host and port.</summary>
    public ConcurrentQueue<string> Opened { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        await Task.WhenAll(tunnels).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                tunnels.Add(ServeAsync(await listener.AcceptTcpClientAsync(stop.Token)));
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException) { }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            var near = client.GetStream();
            while (await ReadHeadAsync(near) is { Length: > 0 } head)
            {
                if (!head.Contains(expected, StringComparison.Ordinal))
                {
                    await WriteAsync(
                        near,
                        "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"test\"\r\nContent-Length: 0\r\n\r\n"
                    );
                    continue;
                }

                var target = head.Split(' ')[1];
                Opened.Enqueue(target);
                using var far = new TcpClient();
                var end = target.LastIndexOf(':');
                await far.ConnectAsync(
                    target[..end],
                    int.Parse(target[(end + 1)..], CultureInfo.InvariantCulture),
                    stop.Token
                );
                await WriteAsync(near, "HTTP/1.1 200 OK\r\n\r\n");
                await Task.WhenAny(
                    near.CopyToAsync(far.GetStream(), stop.Token),
                    far.GetStream().CopyToAsync(near, stop.Token)
                );
                return;
            }
        }
    }

    private async Task<string> ReadHeadAsync(NetworkStream near)
    {
        var head = new StringBuilder();
        var letter = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await near.ReadAsync(letter, stop.Token) == 0)
            {
                return "";
            }

            head.Append((char)letter[0]);
        }

        return head.ToString();
    }

    private async Task WriteAsync(NetworkStream near, string text) =>
        await near.WriteAsync(Encoding.ASCII.GetBytes(text), stop.Token);
}
