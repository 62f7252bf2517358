using Microsoft.AspNetCore.DataProtection;
using Picket.WorkspaceOne.Emulator.Console.Layout;
using Picket.WorkspaceOne.Emulator.Console.Sessions;

namespace Picket.WorkspaceOne.Emulator.Console;

/// <summary>
/// The console: pages rendered on the server, forms with antiforgery tokens, no script that is needed. It acts on the
/// same state as the API.
/// </summary>
internal static class ConsoleSite
{
    public const string Root = "/console";
    public const string SignIn = Root + "/sign-in";

    public static void AddTo(IServiceCollection services, Uem uem)
    {
        services.AddSingleton(uem);
        services.AddSingleton<ConsoleSessions>();
        services.AddScoped<ConsoleVisit>();
        services.AddHttpContextAccessor();
        services.AddRazorComponents();
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "emulator-forms";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.SecurePolicy = uem.Options.Http
                ? CookieSecurePolicy.SameAsRequest
                : CookieSecurePolicy.Always;
        });
        // Sessions end with the process, so its keys need not outlive it.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
    }

    public static void Map(WebApplication app)
    {
        app.UseMiddleware<ConsoleDoor>();
        app.UseAntiforgery();
        ConsoleAssets.Map(app);
        app.MapRazorComponents<ConsoleApp>();
        app.MapGet("/", (RequestDelegate)(http => ToAsync(http, Root)));
        app.MapFallback(Root + "/{**path}", (RequestDelegate)(http => ToAsync(http, Root)));
    }

    private static Task ToAsync(HttpContext http, string path)
    {
        http.Response.Redirect(path);
        return Task.CompletedTask;
    }
}
