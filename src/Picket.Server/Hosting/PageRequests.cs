using Microsoft.AspNetCore.Diagnostics;

namespace Picket.Server.Hosting;

/// <summary>Tells a person's browser, which is to get a page, from a program, which is to get problem details.</summary>
internal static class PageRequests
{
    public static bool WantsPage(this HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && !request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        && request
            .GetTypedHeaders()
            .Accept.Any(accepted => accepted.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));

    /// <summary>Where there is nothing a person gets the page that says so; programs keep their problem details.</summary>
    public static void UsePageForNothing(this WebApplication app)
    {
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.Use(
            (context, next) =>
            {
                if (!context.Request.WantsPage() && context.Features.Get<IStatusCodePagesFeature>() is { } pages)
                {
                    pages.Enabled = false;
                }

                return next(context);
            }
        );
    }
}
