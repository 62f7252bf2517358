namespace Picket.Server.Hosting;

/// <summary>
/// A server that is about to end takes nothing new. An open page comes back the moment its connection is closed; let in
/// again, it would be waited for until the time to end is over.
/// </summary>
internal static class EndingServer
{
    private const string RetrySeconds = "10";

    public static void UseEndingServer(this WebApplication app) =>
        app.Use(
            (context, next) =>
            {
                if (!app.Lifetime.ApplicationStopping.IsCancellationRequested)
                {
                    return next(context);
                }

                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                context.Response.Headers.RetryAfter = RetrySeconds;
                context.Response.Headers.Connection = "close";
                return Task.CompletedTask;
            }
        );
}
