using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Picket.Server.Access;
using Picket.Server.Hosting;

namespace Picket.Server.Integrations;

/// <summary>
/// Checking a draft connects to wherever the caller says, so it is bounded per caller, over all endpoints that do so. Part
/// of the endpoint, and no middleware: the console's own calls pass none.
/// </summary>
internal sealed class DraftLimit(IOptions<UemOptions> options, TimeProvider time) : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> limiter = PartitionedRateLimiter.Create<HttpContext, string>(
        context =>
            RateLimitPartition.Get(
                context.User.FindFirst(PicketClaims.Actor)?.Value ?? "",
                _ => new MinuteLimit(options.Value.DraftsPerMinute, time)
            )
    );

    public async ValueTask<object?> FilterAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        using var lease = limiter.AttemptAcquire(context.HttpContext);
        if (lease.IsAcquired)
        {
            return await next(context);
        }

        MinuteLimit.TellWhen(context.HttpContext, lease);
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
