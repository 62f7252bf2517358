namespace Picket.WorkspaceOne.Connection;

/// <summary>What a handler that carries credentials may not do.</summary>
internal static class HandlerRules
{
    public static HttpMessageHandler Checked(HttpMessageHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        var innermost = handler;
        while (innermost is DelegatingHandler { InnerHandler: { } inner })
        {
            innermost = inner;
        }

        var follows =
            innermost
            is SocketsHttpHandler { AllowAutoRedirect: true }
                or HttpClientHandler { AllowAutoRedirect: true };
        return follows
            ? throw new ArgumentException(
                "The handler follows redirects; credentials must not. Switch it off.",
                nameof(handler)
            )
            : handler;
    }
}
