using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using MudBlazor.Services;
using Picket.Server.Access;

namespace Picket.Server.Console;

/// <summary>The browser's side: server-rendered, in this process. Pages live in their slices.</summary>
public static class ConsoleSlice
{
    /// <summary>The browser hands back what was prerendered; SignalR's own limit, 32 KB, breaks off at 50 devices.</summary>
    private const long LargestMessage = 1024 * 1024;

    private const string Connection = "_blazor";

    public static void AddConsole(this IServiceCollection services)
    {
        services
            .AddRazorComponents()
            .AddInteractiveServerComponents()
            .AddHubOptions(hub =>
            {
                hub.MaximumReceiveMessageSize = LargestMessage;
                hub.AddFilter<RequestOfPage>();
            });
        services.AddMudServices();
        services.AddSingleton<OwnEndpoints>();
        services.AddScoped<OwnApi>();
    }

    public static void MapConsole(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().Add(KeepAliveForPeople);
    }

    /// <summary>Whoever has no role yet has a page of their own account, and each page asks for its right by itself.</summary>
    private static void KeepAliveForPeople(EndpointBuilder endpoint)
    {
        if (
            endpoint is RouteEndpointBuilder { RoutePattern.RawText: { } path }
            && path.TrimStart('/').StartsWith(Connection, StringComparison.Ordinal)
        )
        {
            endpoint.Metadata.Add(new AuthorizeAttribute(Policies.Person));
        }
    }
}
