using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
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
public sealed class OutboundConnector(IOptions<OutboundOptions> options)
{
    private readonly OutboundAddresses allowed = new(
        options.Value.AllowLoopback,
        [.. options.Value.AllowedNetworks.Select(network => IPNetwork.Parse(network))]
    );

    /// <summary>A handler for one integration: its CA where it has its own, its proxy, no redirects, no cookies.</summary>
    public SocketsHttpHandler Handler(X509Certificate2Collection? privateCa = null, WebProxy? proxy = null)
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
        return handler;
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

    /// <summary>A plain connection, for whoever looks below HTTP.</summary>
    /// <exception cref="OutboundRefusedException">The name leads only to addresses that are closed.</exception>
    public async ValueTask<Stream> ConnectAsync(string host, int port, CancellationToken cancellation)
    {
        var addresses = await Dns.GetHostAddressesAsync(host, cancellation);
        var reachable = addresses.Where(allowed.Allows).ToArray();
        if (reachable.Length == 0)
        {
            throw new OutboundRefusedException(host, addresses);
        }

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
}
