using Microsoft.AspNetCore.Diagnostics;

namespace Picket.Server.Hosting;

/// <summary>Tells a person's browser, which is to get a page, from a program, which is to get problem details.</summary>
internal static class PageRequests
{
    public static bool IsApi(this HttpRequest request) =>
        request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    public static bool WantsPage(this HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsPost(request.Method))
        && !request.IsApi()
        && request
            .GetTypedHeaders()
            .Accept.Any(accepted => accepted.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));

    /// <summary>Where an answer is a status alone a person gets the page that explains it; programs keep their problem details.</summary>
    public static void UseStatusPages(this WebApplication app)
    {
        app.UseStatusCodePagesWithReExecute("/status/{0}", createScopeForStatusCodePages: true);
        app.Use(
            (context, next) =>
            {
                if (!context.Request.WantsPage() && context.Features.Get<IStatusCodePagesFeature>() is { } pages)
                {
                    pages.Enabled = false;
                }

                if (IsExplained(context))
                {
                    context.Request.Method = HttpMethods.Get; // The form that was posted is not the explanation's.
                }

                return next(context);
            }
        );
    }

    private static bool IsExplained(HttpContext context) =>
        context.Features.Get<IStatusCodeReExecuteFeature>() is not null
        || context.Features.Get<IExceptionHandlerFeature>() is not null;
}
