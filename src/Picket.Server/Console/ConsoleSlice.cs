using MudBlazor.Services;

namespace Picket.Server.Console;

/// <summary>The browser's side: server-rendered, in this process. Pages live in their slices.</summary>
public static class ConsoleSlice
{
    public static void AddConsole(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddMudServices();
    }

    public static void MapConsole(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }
}
