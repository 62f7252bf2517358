using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Picket.Server.Access;

namespace Picket.Server.Integrations;

/// <summary>Checking a draft connects to wherever the caller says, so it is bounded per token.</summary>
internal static class DraftLimit
{
    public const string Policy = "drafts";

    public static void Configure(RateLimiterOptions options) =>
        options.AddPolicy(
            Policy,
            context =>
                RateLimitPartition.GetFixedWindowLimiter(
                    context.User.FindFirst(PicketClaims.Actor)?.Value ?? "",
                    _ => new FixedWindowRateLimiterOptions
                    {
                        PermitLimit = context
                            .RequestServices.GetRequiredService<IOptions<UemOptions>>()
                            .Value.DraftsPerMinute,
                        Window = TimeSpan.FromMinutes(1),
                    }
                )
        );
}
