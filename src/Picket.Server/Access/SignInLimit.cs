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
                    context.Connection.RemoteIpAddress?.ToString() ?? "",
                    _ => new MinuteLimit(
                        context.RequestServices.GetRequiredService<IOptions<AccessOptions>>().Value.SignInsPerMinute,
                        context.RequestServices.GetRequiredService<TimeProvider>()
                    )
                )
        );
    }
}
