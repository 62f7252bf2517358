using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

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
        options.AddPolicy(
            Policy,
            context =>
            {
                var tries = context
                    .RequestServices.GetRequiredService<IOptions<AccessOptions>>()
                    .Value.SignInsPerMinute;
                return RateLimitPartition.GetFixedWindowLimiter(
                    context.Connection.RemoteIpAddress?.ToString() ?? "",
                    _ => new FixedWindowRateLimiterOptions { PermitLimit = tries, Window = TimeSpan.FromMinutes(1) }
                );
            }
        );
    }
}
