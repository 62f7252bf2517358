using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;

namespace Picket.Server.Hosting;

/// <summary>Section <c>Outbound</c>: where this server may connect to.</summary>
public sealed record OutboundOptions
{
    /// <summary>Only for the demo and tests: the emulator listens on loopback.</summary>
    public bool AllowLoopback { get; init; }

    /// <summary>
    /// Private networks that may be reached, such as <c>10.20.0.0/16</c> of an on-premises UEM; a list, or one text with
    /// commas.
    /// </summary>
    public string[] AllowedNetworks { get; set; } = [];

    public int ConnectTimeoutSeconds { get; init; } = 10;
}

public static class OutboundSlice
{
    public static void AddOutbound(this IServiceCollection services)
    {
        services
            .AddOptions<OutboundOptions>()
            .BindConfiguration("Outbound")
            .Configure<IConfiguration>(
                (options, configuration) =>
                    options.AllowedNetworks = [
                        .. options.AllowedNetworks,
                        .. configuration.TextsOf("Outbound:AllowedNetworks"),
                    ]
            )
            .RefuseUnknownSettings("Outbound")
            .Validate(
                options => options.AllowedNetworks.All(network => IPNetwork.TryParse(network, out _)),
                "Outbound:AllowedNetworks holds something that is no network in CIDR form, such as 10.20.0.0/16."
            )
            .Validate(
                options => options.ConnectTimeoutSeconds is >= 1 and <= 120,
                "Outbound:ConnectTimeoutSeconds must lie between 1 and 120."
            )
            .ValidateOnStart();
        services.AddSingleton<OutboundConnector>();
    }
}

/// <summary>
/// The one door out (law 9). The address is judged when the connection is made, after name resolution, so that a name
/// which later points elsewhere gains nothing.
/// </summary>
public class OutboundConnector
{
    private readonly IOptions<OutboundOptions> options;
    private readonly OutboundAddresses allowed;

    public OutboundConnector(IOptions<OutboundOptions> options)
        : this(options, options.Value.AllowLoopback) { }

    private OutboundConnector(IOptions<OutboundOptions> options, bool loopback)
    {
        this.options = options;
        allowed = new OutboundAddresses(
            loopback,
            [.. options.Value.AllowedNetworks.Select(network => IPNetwork.Parse(network))]
        );
    }

    /// <summary>
    /// To the collector of telemetry. Its address comes from who runs this host, and it usually listens on it: so loopback
    /// is open, and all else is judged like everywhere.
    /// </summary>
    public HttpMessageHandler ToCollector() => new OutboundConnector(options, loopback: true).Handler();

    /// <summary>A handler for one integration: its CA where it has its own, its proxy, no redirects, no cookies.</summary>
    public virtual HttpMessageHandler Handler(X509Certificate2Collection? privateCa = null, WebProxy? proxy = null)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = proxy is not null,
            Proxy = proxy,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Brotli,
            ConnectTimeout = TimeSpan.FromSeconds(options.Value.ConnectTimeoutSeconds),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxConnectionsPerServer = 16,
            MaxResponseHeadersLength = 64,
            // Our trace ids are nobody else's business.
            ActivityHeadersPropagator = null,
            ConnectCallback = (context, cancellation) =>
                ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellation),
        };
        handler.SslOptions.CertificateChainPolicy = ChainPolicy(privateCa);
        return proxy is null ? handler : new JudgedBeforeProxy(this) { InnerHandler = handler };
    }

    /// <summary>Null where the system's own authorities are trusted.</summary>
    public static X509ChainPolicy? ChainPolicy(X509Certificate2Collection? privateCa)
    {
        if (privateCa is null)
        {
            return null;
        }

        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            // A private CA rarely serves revocation lists that this host can reach.
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.AddRange(privateCa);
        return policy;
    }

    /// <summary>
    /// For what a proxy shall connect to: this server sees only where the name leads from here. A name that it cannot
    /// resolve is the proxy's to judge.
    /// </summary>
    /// <exception cref="OutboundRefusedException">The name leads only to addresses that are closed.</exception>
    public async Task JudgeAsync(string host, CancellationToken cancellation)
    {
        try
        {
            _ = await ReachableAsync(host, cancellation);
        }
        catch (SocketException) { } // Companies have names that only their proxy knows.
    }

    /// <summary>A plain connection, for whoever looks below HTTP.</summary>
    /// <exception cref="OutboundRefusedException">The name leads only to addresses that are closed.</exception>
    public async ValueTask<Stream> ConnectAsync(string host, int port, CancellationToken cancellation)
    {
        var reachable = await ReachableAsync(host, cancellation);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(reachable, port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>
    /// A mail client over a connection that was judged like every other, TLS included. Whoever gets it disposes it.
    /// </summary>
    /// <param name="implicitTls">TLS from the first byte; else by STARTTLS, and nothing is said where it is not offered.</param>
    /// <exception cref="OutboundRefusedException">The name leads only to addresses that are closed.</exception>
    public async Task<MailClient> ConnectMailAsync(
        string host,
        int port,
        bool implicitTls,
        X509Certificate2Collection? privateCa,
        CancellationToken cancellation
    )
    {
        var client = new MailClient { CheckCertificateRevocation = false }; // It would ask elsewhere, past this door.
        if (ChainPolicy(privateCa) is { } policy)
        {
            client.ServerCertificateValidationCallback = (_, certificate, _, errors) =>
                certificate is X509Certificate2 shown && IsVouchedFor(shown, errors, policy);
        }

        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(TimeSpan.FromSeconds(options.Value.ConnectTimeoutSeconds));
            var stream = await ConnectAsync(host, port, limit.Token);
            await client.ConnectAsync(
                stream,
                host,
                port,
                implicitTls ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTls,
                limit.Token
            );
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>By one of the given authorities alone; a name that is not the server's stays a mistake.</summary>
    private static bool IsVouchedFor(X509Certificate2 shown, SslPolicyErrors errors, X509ChainPolicy policy)
    {
        using var chain = new X509Chain { ChainPolicy = policy.Clone() };
        return (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) == SslPolicyErrors.None && chain.Build(shown);
    }

    private async Task<IPAddress[]> ReachableAsync(string host, CancellationToken cancellation)
    {
        var addresses = await Dns.GetHostAddressesAsync(host.Trim('[', ']'), cancellation);
        var reachable = addresses.Where(allowed.Allows).ToArray();
        return reachable.Length > 0 ? reachable : throw new OutboundRefusedException(host, addresses);
    }

    /// <summary>The proxy connects to what it is told; so it is told nothing that this server would not connect to.</summary>
    private sealed class JudgedBeforeProxy(OutboundConnector connector) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            try
            {
                await connector.JudgeAsync(request.RequestUri!.Host, cancellationToken);
            }
            catch (OutboundRefusedException refused)
            {
                throw new HttpRequestException(HttpRequestError.ConnectionError, refused.Message, refused);
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }
}
