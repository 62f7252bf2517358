using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Picket.Server.Tests.Intelligence;

namespace Picket.Server.Tests.Notices;

/// <summary>A mail server that speaks as much SMTP as it takes to be sent to, over real TLS, and keeps all it was told.</summary>
public sealed class MailSink : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ending = new();
    private readonly X509Certificate2 certificate;

    public MailSink()
    {
        (CaPem, certificate) = FeedServer.Certificates();
        listener.Start();
        _ = AcceptAsync();
    }

    public string CaPem { get; }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public bool ImplicitTls { get; init; }

    public bool OffersStartTls { get; init; } = true;

    /// <summary>Null: takes every password.</summary>
    public string? Password { get; set; }

    /// <summary>Ways to sign in that it offers.</summary>
    public string Mechanisms { get; init; } = "PLAIN";

    /// <summary>What it says to a wrong password.</summary>
    public string Refusal { get; set; } = "535 no such user or password";

    /// <summary>Recipients that it does not take, with what it says of each.</summary>
    public Dictionary<string, string> Strangers { get; } = [];

    /// <summary>What follows a mail instead of being taken, such as <c>451 later</c>; empty hangs up without a word.</summary>
    public string? AfterData { get; set; }

    public ConcurrentQueue<string> Mails { get; } = [];

    public ConcurrentQueue<string> Commands { get; } = [];

    /// <summary>Commands that came before TLS.</summary>
    public ConcurrentQueue<string> Plain { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Stop();
        ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!ending.IsCancellationRequested)
        {
            var client = await listener.AcceptTcpClientAsync(ending.Token);
            _ = TalkAsync(client);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var connection = client;
        Stream stream = client.GetStream();
        try
        {
            stream = ImplicitTls ? await SecureAsync(stream) : stream;
            await SayAsync(stream, "220 sink");
            while (await LineAsync(stream) is { } line)
            {
                Commands.Enqueue(line);
                if (stream is not SslStream)
                {
                    Plain.Enqueue(line);
                }

                switch (line.Split(' ')[0].ToUpperInvariant())
                {
                    case "EHLO":
                        var tls = stream is SslStream || !OffersStartTls ? "" : "250-STARTTLS\r\n";
                        await SayAsync(stream, $"250-sink\r\n{tls}250 AUTH {Mechanisms}");
                        break;
                    case "STARTTLS":
                        await SayAsync(stream, "220 go on");
                        stream = await SecureAsync(stream);
                        break;
                    case "AUTH":
                        var said = Encoding.UTF8.GetString(Convert.FromBase64String(line.Split(' ')[2])).Split('\0');
                        var right = Password is null || said[2] == Password;
                        await SayAsync(stream, right ? "235 welcome" : Refusal);
                        break;
                    case "RCPT":
                        var stranger = Strangers.FirstOrDefault(each =>
                            line.Contains(each.Key, StringComparison.Ordinal)
                        );
                        await SayAsync(stream, stranger.Value ?? "250 ok");
                        break;
                    case "DATA":
                        await SayAsync(stream, "354 go on");
                        Mails.Enqueue(await MailAsync(stream));
                        if (AfterData is "")
                        {
                            return;
                        }

                        await SayAsync(stream, AfterData ?? "250 taken");
                        break;
                    case "QUIT":
                        await SayAsync(stream, "221 bye");
                        return;
                    default:
                        await SayAsync(stream, "250 ok");
                        break;
                }
            }
        }
        catch (Exception ended) when (ended is IOException or System.Security.Authentication.AuthenticationException)
        { }
    }

    private async Task<SslStream> SecureAsync(Stream stream)
    {
        var secure = new SslStream(stream);
        await secure.AuthenticateAsServerAsync(certificate);
        return secure;
    }

    private static async Task<string> MailAsync(Stream stream)
    {
        var mail = new StringBuilder();
        while (await LineAsync(stream) is { } line && line != ".")
        {
            mail.Append(line).Append('\n');
        }

        return mail.ToString();
    }

    private static Task SayAsync(Stream stream, string text) =>
        stream.WriteAsync(Encoding.UTF8.GetBytes(text + "\r\n")).AsTask();

    private static async Task<string?> LineAsync(Stream stream)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await stream.ReadAsync(one) == 1)
        {
            if (one[0] == '\n')
            {
                return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            }

            line.Add(one[0]);
        }

        return null;
    }
}
