namespace Picket.Server.Hosting;

internal static class SecurityHeaders
{
    // MudBlazor writes style attributes and its theme as a style block; scripts come from this server only.
    private const string Policy =
        "default-src 'self'; base-uri 'self'; object-src 'none'; frame-ancestors 'none'; form-action 'self'; "
        + "img-src 'self' data:; font-src 'self'; connect-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'";

    private const string AYearOfTls = "max-age=31536000";

    /// <summary>Put on when the answer begins: what is answered to a failure starts from none.</summary>
    public static void UseSecurityHeaders(this WebApplication app) =>
        app.Use(
            (context, next) =>
            {
                var api = context.Request.IsApi(); // A failure is explained at another path.
                context.Response.OnStarting(() =>
                {
                    Add(context.Response.Headers, context.Request, api);
                    return Task.CompletedTask;
                });
                return next(context);
            }
        );

    private static void Add(IHeaderDictionary headers, HttpRequest request, bool api)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        if (api)
        {
            headers.CacheControl = "no-store";
        }

        if (request.IsHttps && !IsThisMachine(request.Host.Host))
        {
            headers.StrictTransportSecurity = AYearOfTls;
        }
    }

    /// <summary>All that is tried on a machine shares these names; one year of TLS would be for all of it.</summary>
    private static bool IsThisMachine(string host) => host is "localhost" or "127.0.0.1" or "[::1]";
}
