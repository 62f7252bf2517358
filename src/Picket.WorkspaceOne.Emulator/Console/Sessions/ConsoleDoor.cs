namespace Picket.WorkspaceOne.Emulator.Console.Sessions;

/// <summary>Lets only the signed-in see pages, and sets the headers that keep a page to itself.</summary>
internal sealed class ConsoleDoor(RequestDelegate next)
{
    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; "
        + "base-uri 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext http, ConsoleSessions sessions)
    {
        var path = http.Request.Path;
        if (!path.StartsWithSegments(ConsoleSite.Root))
        {
            return next(http);
        }

        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        if (sessions.Find(http) is { } session)
        {
            http.RequestServices.GetRequiredService<ConsoleVisit>().Begin(session);
        }
        else if (!path.StartsWithSegments(ConsoleSite.SignIn) && !ConsoleAssets.Holds(path))
        {
            var back = HttpMethods.IsGet(http.Request.Method) ? path + http.Request.QueryString : ConsoleSite.Root;
            http.Response.Redirect($"{ConsoleSite.SignIn}?to={Uri.EscapeDataString(back)}");
            return Task.CompletedTask;
        }

        return next(http);
    }
}
