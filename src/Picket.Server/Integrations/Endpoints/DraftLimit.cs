using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Picket.Server.Access;

namespace Picket.Server.Integrations;

/// <summary>
/// Checking a draft connects to wherever the caller says, so it is bounded per caller, over all endpoints that do so. Part
/// of the endpoint, and no middleware: the console's own calls pass none.
/// </summary>
internal sealed class DraftLimit(IOptions<UemOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> limiter = PartitionedRateLimiter.Create<HttpContext, string>(
        context =>
            RateLimitPartition.GetFixedWindowLimiter(
                context.User.FindFirst(PicketClaims.Actor)?.Value ?? "",
                _ => new FixedWindowRateLimiterOptions
                {
                    PermitLimit = options.Value.DraftsPerMinute,
                    Window = TimeSpan.FromMinutes(1),
                }
            )
    );

    public async ValueTask<object?> FilterAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        using var lease = limiter.AttemptAcquire(context.HttpContext);
        if (lease.IsAcquired)
        {
            return await next(context);
        }

        if (lease.TryGetMetadata(MetadataName.RetryAfter, out var wait))
        {
            var seconds = Math.Max(1, Math.Ceiling(wait.TotalSeconds));
            context.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        return TypedResults.Problem(statusCode: StatusCodes.Status429TooManyRequests);
    }

    public void Dispose() => limiter.Dispose();
}

internal static class LimitedDrafts
{
    public static RouteHandlerBuilder LimitDrafts(this RouteHandlerBuilder endpoint) =>
        endpoint.AddEndpointFilter(
            (context, next) =>
                context.HttpContext.RequestServices.GetRequiredService<DraftLimit>().FilterAsync(context, next)
        );
}
