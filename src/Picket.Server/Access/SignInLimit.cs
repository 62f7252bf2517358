using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Picket.Server.Hosting;

namespace Picket.Server.Access;

/// <summary>
/// Twenty tries a minute from one address: enough for people behind one proxy. What protects one account is its lock;
/// see <see cref="People.PasswordSignIn"/>.
/// </summary>
internal sealed class SignInLimit(IOptions<AccessOptions> options, TimeProvider time)
    : RequestLimit(context => Network(context.Connection.RemoteIpAddress), () => options.Value.SignInsPerMinute, time)
{
    /// <summary>An IPv6 host has a whole /64 of addresses to come from.</summary>
    internal static string Network(IPAddress? address) =>
        address switch
        {
            null => "",
            { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
            { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(
                address.GetAddressBytes().AsSpan(0, 8)
            ),
            _ => address.ToString(),
        };
}
