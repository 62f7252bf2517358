using Picket.Server.Hosting;

namespace Picket.Server.Access;

/// <summary>
/// A browser adds its session to whatever a page asks of this server, also a page of somebody else's. What changes
/// something by the API is taken from the console's own pages alone. Programs send a token, which no browser adds.
/// </summary>
internal static class OtherOrigins
{
    private const string FetchSite = "Sec-Fetch-Site";

    public static void RefuseOtherOrigins(this WebApplication app) =>
        app.Use(
            async (context, next) =>
            {
                if (ChangesBySession(context) && ComesFromElsewhere(context.Request))
                {
                    await RefuseAsync(context);
                    return;
                }

                await next(context);
            }
        );

    private static bool ChangesBySession(HttpContext context) =>
        context.Request.IsApi()
        && context.User.SessionId() is not null
        && !HttpMethods.IsGet(context.Request.Method)
        && !HttpMethods.IsHead(context.Request.Method)
        && !HttpMethods.IsOptions(context.Request.Method);

    /// <summary>
    /// As the browser says itself where it does; else by the page's origin. What says neither is no browser: all of them
    /// send the origin with what changes something.
    /// </summary>
    private static bool ComesFromElsewhere(HttpRequest request)
    {
        if (request.Headers.TryGetValue(FetchSite, out var site))
        {
            return site != "same-origin" && site != "none"; // None: typed in, or a bookmark.
        }

        return request.Headers.TryGetValue("Origin", out var origin)
            && !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }

    private static async Task RefuseAsync(HttpContext context)
    {
        await context.RequestServices.GetRequiredService<Refusals>().RecordAsync(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        await context
            .RequestServices.GetRequiredService<IProblemDetailsService>()
            .WriteAsync(
                new ProblemDetailsContext
                {
                    HttpContext = context,
                    ProblemDetails =
                    {
                        Status = StatusCodes.Status403Forbidden,
                        Title = "This did not come from Picket's own pages",
                        Detail =
                            "Another site's page asked for it in your browser, or a proxy before this server hides the "
                            + "address that the browser uses. Nothing was done.",
                        Extensions =
                        {
                            ["next"] =
                                "Use the console itself, or send a token from a program. Behind a proxy: have it keep the "
                                + "Host header, and name it in Hosting:TrustedProxies.",
                        },
                    },
                }
            );
    }
}
