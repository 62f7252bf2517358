using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Picket.Core.Preparation;
using Picket.Server.Hosting;

namespace Picket.Server.Integrations;

/// <summary>Looks below HTTP: name, connection, certificate, each told apart. Nothing of the credential is sent.</summary>
public sealed class NetworkExamination(OutboundConnector connector)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    internal async Task<NetworkFacts> LookAsync(UemAccess access, CancellationToken cancellation)
    {
        if (access.ProxyAddress is not null)
        {
            return await LookBeforeProxyAsync(access.Address, cancellation);
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            return await LookAsync(access, access.Address, patience.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new NetworkFacts(true, null, false, $"No answer within {Patience.TotalSeconds:0} s.");
        }
    }

    /// <summary>The proxy resolves and connects; what it cannot reach shows in the first call.</summary>
    private async Task<NetworkFacts> LookBeforeProxyAsync(Uri address, CancellationToken cancellation)
    {
        try
        {
            await connector.JudgeAsync(address.Host, cancellation);
            return new NetworkFacts();
        }
        catch (OutboundRefusedException refused)
        {
            return new NetworkFacts(true, null, false, refused.Message);
        }
    }

    private async Task<NetworkFacts> LookAsync(UemAccess access, Uri address, CancellationToken cancellation)
    {
        var facts = new NetworkFacts();
        try
        {
            _ = await Dns.GetHostAddressesAsync(address.Host, cancellation);
            facts = facts with { NameResolved = true };
        }
        catch (SocketException unknown)
        {
            return facts with { NameResolved = false, NameError = unknown.Message };
        }

        try
        {
            await using var stream = await connector.ConnectAsync(address.Host, address.Port, cancellation);
            facts = facts with { Connected = true };
            return address.Scheme == Uri.UriSchemeHttp
                ? facts with
                {
                    Tls = TlsState.NotUsed,
                }
                : await HandshakeAsync(access, stream, address.Host, facts, cancellation);
        }
        catch (Exception failure) when (failure is SocketException or IOException && facts.Connected is null)
        {
            return facts with { Connected = false, ConnectError = failure.Message };
        }
    }

    private static async Task<NetworkFacts> HandshakeAsync(
        UemAccess access,
        Stream stream,
        string host,
        NetworkFacts facts,
        CancellationToken cancellation
    )
    {
        (TlsState State, string Detail)? seen = null;
        await using var tls = new SslStream(stream);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = host,
            CertificateChainPolicy = OutboundConnector.ChainPolicy(access.Authorities()),
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            {
                seen = Judge(certificate, chain, errors);
                return errors == SslPolicyErrors.None;
            },
        };
        try
        {
            await tls.AuthenticateAsClientAsync(options, cancellation);
        }
        catch (Exception failure) when (failure is AuthenticationException or IOException)
        {
            return seen is { } judged
                ? facts with
                {
                    Tls = judged.State,
                    TlsDetail = judged.Detail,
                }
                : facts with
                {
                    Tls = TlsState.Failed,
                    TlsDetail = failure.Message,
                };
        }

        return facts with
        {
            Tls = TlsState.Trusted,
        };
    }

    private static (TlsState State, string Detail) Judge(
        X509Certificate? certificate,
        X509Chain? chain,
        SslPolicyErrors errors
    )
    {
        var about = certificate is X509Certificate2 shown
            ? $"It is for {shown.GetNameInfo(X509NameType.DnsName, false)}, issued by "
                + $"{shown.GetNameInfo(X509NameType.SimpleName, true)}, valid until {shown.NotAfter.ToUniversalTime():u}."
            : "The server showed none.";
        var statuses = chain?.ChainStatus.Select(status => status.Status).ToList() ?? [];
        var state =
            statuses.Contains(X509ChainStatusFlags.NotTimeValid) ? TlsState.Expired
            : errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) ? TlsState.ChainNotTrusted
            : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? TlsState.NameDiffers
            : errors == SslPolicyErrors.None ? TlsState.Trusted
            : TlsState.Failed;
        return (state, about);
    }
}
