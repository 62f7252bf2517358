using System.Net;
using System.Net.Sockets;

namespace Picket.Server.Hosting;

/// <summary>Which addresses this server may connect to.</summary>
public sealed class OutboundAddresses(bool allowLoopback, IReadOnlyList<IPNetwork> allowedNetworks)
{
    // Private ranges open by the allow-list only.
    private static readonly IPNetwork[] Private =
    [
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("fc00::/7"),
    ];

    // Never: this network, link-local and the metadata services of clouds, benchmarks, multicast, reserved.
    private static readonly IPNetwork[] Never =
    [
        IPNetwork.Parse("0.0.0.0/8"),
        IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("192.0.0.0/24"),
        IPNetwork.Parse("168.63.129.16/32"),
        IPNetwork.Parse("100.100.100.200/32"),
        IPNetwork.Parse("198.18.0.0/15"),
        IPNetwork.Parse("224.0.0.0/4"),
        IPNetwork.Parse("240.0.0.0/4"),
        IPNetwork.Parse("fe80::/10"),
        IPNetwork.Parse("ff00::/8"),
        IPNetwork.Parse("fd00:ec2::254/128"),
    ];

    public bool Allows(IPAddress address)
    {
        var plain = Unwrap(address);
        if (IPAddress.IsLoopback(plain))
        {
            return allowLoopback;
        }

        if (plain.Equals(IPAddress.IPv6Any) || Never.Any(network => Contains(network, plain)))
        {
            return false;
        }

        return !Private.Any(network => Contains(network, plain))
            || allowedNetworks.Any(network => Contains(network, plain));
    }

    private static bool Contains(IPNetwork network, IPAddress address) =>
        network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address);

    /// <summary>IPv4 inside IPv6 (mapped, NAT64, 6to4) is judged as what it reaches.</summary>
    private static IPAddress Unwrap(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        var bytes = address.GetAddressBytes();
        return bytes switch
        {
            [0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, ..] => new IPAddress(bytes.AsSpan(12, 4)),
            [0x00, 0x64, 0xff, 0x9b, 0, 1, ..] => new IPAddress(bytes.AsSpan(12, 4)), // NAT64 of one's own, RFC 8215
            [0x20, 0x02, ..] => new IPAddress(bytes.AsSpan(2, 4)),
            _ => address,
        };
    }
}

/// <summary>The address behind a name is one that this server must not connect to.</summary>
public sealed class OutboundRefusedException(string host, IEnumerable<IPAddress> addresses)
    : IOException(
        $"{host} resolves to {string.Join(", ", addresses)}, which this server may not connect to. "
            + "A private address is allowed by listing its network in Outbound:AllowedNetworks."
    );
