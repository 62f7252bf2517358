using Microsoft.AspNetCore.Antiforgery;

namespace Picket.Server.Access;

/// <summary>
/// Refuses a form that this server did not show to that browser. The framework notes it and leaves the answer to the
/// endpoint; what is compiled for an endpoint of ours would fail at the form instead of refusing it.
/// </summary>
internal static class StaleForms
{
    public static void RefuseStaleForms(this WebApplication app) =>
        app.Use(
            async (context, next) =>
            {
                // The page that explains the refusal is asked for by GET, with what was noted of the form still there.
                var form = context.Features.Get<IAntiforgeryValidationFeature>();
                if (form is { IsValid: false } && !HttpMethods.IsGet(context.Request.Method))
                {
                    context.Response.StatusCode = StatusCodes.Status400BadRequest;
                    return;
                }

                await next(context);
            }
        );
}
