using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace Picket.Server.Access;

/// <summary>Twenty tries a minute from one address: enough for people, useless for guessing 256 bits.</summary>
internal static class SignInLimit
{
    public const string Policy = "sign-in";

    public static void Configure(RateLimiterOptions options)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.AddPolicy(
            Policy,
            context =>
                RateLimitPartition.GetFixedWindowLimiter(
                    context.Connection.RemoteIpAddress?.ToString() ?? "",
                    _ => new FixedWindowRateLimiterOptions { PermitLimit = 20, Window = TimeSpan.FromMinutes(1) }
                )
        );
    }
}
