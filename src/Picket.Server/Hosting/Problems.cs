using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Picket.Server.Storage;

namespace Picket.Server.Hosting;

/// <summary>
/// Every refusal says what happened and what to do next (RFC 9457). The unexpected names its trace, never the text of
/// its exception.
/// </summary>
internal static class Problems
{
    public static void AddProblems(this IServiceCollection services)
    {
        services.AddProblemDetails(options => options.CustomizeProblemDetails = Complete);
        services.AddExceptionHandler<BadRequests>();
        services.AddExceptionHandler<Unexpected>();
    }

    public static ProblemHttpResult Make(int status, string title, string detail, string next) =>
        TypedResults.Problem(
            detail,
            statusCode: status,
            title: title,
            extensions: new Dictionary<string, object?> { ["next"] = next }
        );

    private static void Complete(ProblemDetailsContext context)
    {
        var (problem, http) = (context.ProblemDetails, context.HttpContext);
        problem.Extensions["traceId"] = System.Diagnostics.Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;
        if (problem.Detail is null && Bare(http) is var (detail, next))
        {
            problem.Detail = detail;
            problem.Extensions.TryAdd("next", next);
        }
    }

    private const int LongestQuery = 200;

    /// <summary>What a status alone would leave open; null where nothing can be added.</summary>
    private static (string Detail, string Next)? Bare(HttpContext http) =>
        http.Response.StatusCode switch
        {
            // The compiled binding of optional values refuses without a word.
            StatusCodes.Status400BadRequest when http.Request.QueryString is { HasValue: true, Value: { } query } => (
                $"A value of the query cannot be read: {(query.Length > LongestQuery ? query[..LongestQuery] + "…" : query)}",
                "What this address takes is described by /openapi/v1.json."
            ),
            StatusCodes.Status401Unauthorized => http.Request.Headers.ContainsKey("Authorization")
                ? (
                    "The token is unknown, expired or revoked.",
                    "Use another token, or sign in again: `picket sign-in`."
                )
                : (
                    "The request carries no token.",
                    "Send it as `Authorization: Bearer pk_…`; `picket sign-in` gets one."
                ),
            StatusCodes.Status404NotFound when http.GetEndpoint() is null => (
                $"There is nothing at {http.Request.Path}.",
                "The addresses are described by /openapi/v1.json."
            ),
            StatusCodes.Status404NotFound => (
                "Nothing has this id.",
                "It may have been removed meanwhile; take an id from the list."
            ),
            StatusCodes.Status405MethodNotAllowed => (
                $"{http.Request.Path} does not take {http.Request.Method}.",
                "The methods are described by /openapi/v1.json."
            ),
            StatusCodes.Status415UnsupportedMediaType => (
                "The body is of a kind that this address does not read.",
                "Send JSON with `Content-Type: application/json`."
            ),
            StatusCodes.Status429TooManyRequests => (
                "Too many of these requests came within a minute.",
                "Wait a minute and try again."
            ),
            _ => null,
        };

    /// <summary>What could not be read of a request: a value, a body, a cursor.</summary>
    private sealed class BadRequests(IProblemDetailsService problems) : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(
            HttpContext httpContext,
            Exception exception,
            CancellationToken cancellationToken
        )
        {
            if (exception is not BadHttpRequestException bad)
            {
                return false;
            }

            httpContext.Response.StatusCode = bad.StatusCode;
            var problem = bad is PagingMistakeException paging
                ? new HttpValidationProblemDetails(
                    new Dictionary<string, string[]> { [paging.Field] = [paging.Message] }
                )
                : new ProblemDetails();
            (problem.Status, problem.Title, problem.Detail) = (
                bad.StatusCode,
                "The request cannot be read",
                Words(bad)
            );
            problem.Extensions["next"] = "What this address takes is described by /openapi/v1.json.";
            return await problems.TryWriteAsync(
                new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problem }
            );
        }

        /// <summary>The parser's own words may hold a piece of the body, so only the place is told.</summary>
        private static string Words(BadHttpRequestException bad) =>
            bad.InnerException is JsonException json
                ? $"The JSON body is wrong at {json.Path ?? "$"}, line {(json.LineNumber ?? 0) + 1}."
                : bad.Message;
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
            if (httpContext.Request.WantsPage())
            {
                return false; // The page that says so follows.
            }

            var problem = Problem(exception);
            httpContext.Response.StatusCode = problem.Status!.Value;
            return await problems.TryWriteAsync(
                new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problem }
            );
        }

        private static ProblemDetails Problem(Exception exception) =>
            exception.IsDiskFull()
                ? new ProblemDetails
                {
                    Status = StatusCodes.Status507InsufficientStorage,
                    Title = "The disk of the database is full",
                    Detail = "Nothing was changed. Free space and ask again; nothing that was stored is lost.",
                }
                : new ProblemDetails
                {
                    Status = StatusCodes.Status500InternalServerError,
                    Title = "Something went wrong in the server",
                    Detail = "The server's log tells more under this trace id.",
                };
    }
}
