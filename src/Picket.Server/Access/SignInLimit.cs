using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Picket.Server.Hosting;

namespace Picket.Server.Access;

/// <summary>
/// Twenty tries a minute from one address: enough for people behind one proxy. What protects one account is its lock;
/// see <see cref="People.PasswordSignIn"/>.
/// </summary>
internal static class SignInLimit
{
    public const string Policy = "sign-in";

    public static void Configure(RateLimiterOptions options)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = (rejected, _) =>
        {
            MinuteLimit.TellWhen(rejected.HttpContext, rejected.Lease);
            return ValueTask.CompletedTask;
        };
        options.AddPolicy(
            Policy,
            context =>
                RateLimitPartition.Get(
                    Network(context.Connection.RemoteIpAddress),
                    _ => new MinuteLimit(
                        context.RequestServices.GetRequiredService<IOptions<AccessOptions>>().Value.SignInsPerMinute,
                        context.RequestServices.GetRequiredService<TimeProvider>()
                    )
                )
        );
    }

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
