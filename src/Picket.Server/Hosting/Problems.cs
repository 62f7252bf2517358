using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Picket.Server.Hosting;

/// <summary>The unexpected becomes a problem detail that names the trace, never the exception's text.</summary>
internal static class Problems
{
    public static void AddProblems(this IServiceCollection services)
    {
        services.AddProblemDetails(options =>
            options.CustomizeProblemDetails = context =>
                context.ProblemDetails.Extensions["traceId"] =
                    System.Diagnostics.Activity.Current?.TraceId.ToString() ?? context.HttpContext.TraceIdentifier
        );
        services.AddExceptionHandler<Unexpected>();
    }

    private sealed class Unexpected(IProblemDetailsService problems, ILogger<Unexpected> log) : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(
            HttpContext httpContext,
            Exception exception,
            CancellationToken cancellationToken
        )
        {
            if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
            {
                return true;
            }

            HostingLog.RequestFailed(log, httpContext.Request.Method, httpContext.Request.Path, exception);
            httpContext.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return await problems.TryWriteAsync(
                new ProblemDetailsContext
                {
                    HttpContext = httpContext,
                    ProblemDetails = new ProblemDetails
                    {
                        Status = StatusCodes.Status500InternalServerError,
                        Title = "Something went wrong in the server",
                        Detail = "The server's log tells more under this trace id.",
                    },
                }
            );
        }
    }
}
