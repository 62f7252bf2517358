using System.Threading.RateLimiting;

namespace Picket.Server.Hosting;

/// <summary>
/// So many requests a minute from each caller, over all endpoints that have this limit. Part of the endpoints, and no
/// middleware: the console's own calls pass none, and the middleware of ASP.NET Core leaves its timer running for ever.
/// </summary>
internal abstract class RequestLimit(Func<HttpContext, string> caller, Func<int> perMinute, TimeProvider time)
    : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> limiter = PartitionedRateLimiter.Create<HttpContext, string>(
        context => RateLimitPartition.Get(caller(context), _ => new MinuteLimit(perMinute(), time))
    );

    public ValueTask<object?> FilterAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        Admits(context.HttpContext)
            ? next(context)
            : ValueTask.FromResult<object?>(TypedResults.Problem(statusCode: StatusCodes.Status429TooManyRequests));

    /// <summary>Counts the request. Where it is refused, the answer's status is 429 and says when to come again.</summary>
    public bool Admits(HttpContext context)
    {
        using var lease = limiter.AttemptAcquire(context);
        if (!lease.IsAcquired)
        {
            MinuteLimit.TellWhen(context, lease);
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        }

        return lease.IsAcquired;
    }

    public void Dispose() => limiter.Dispose();
}

internal static class LimitedEndpoints
{
    public static RouteHandlerBuilder Limit<T>(this RouteHandlerBuilder endpoint)
        where T : RequestLimit =>
        endpoint.AddEndpointFilter(
            (context, next) => context.HttpContext.RequestServices.GetRequiredService<T>().FilterAsync(context, next)
        );
}
