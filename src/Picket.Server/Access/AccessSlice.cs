using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Picket.Server.Hosting;

namespace Picket.Server.Access;

/// <summary>How a request shows who sends it, and what that lets it do.</summary>
public static class AccessSlice
{
    private const string Either = "TokenOrSession";

    public static void AddAccess(this IServiceCollection services)
    {
        services
            .AddOptions<AccessOptions>()
            .BindConfiguration(AccessOptions.Section)
            .RefuseUnknownSettings(AccessOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<TokenStore>();
        services.AddSingleton<AskedIntegration>();
        services.AddSingleton<Refusals>();
        services.AddSingleton<IAuthorizationHandler, RightHandler>();
        services.AddSingleton<IAuthorizationHandler, PersonHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, ForbiddenExplained>();
        services.AddAntiforgery(options => options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
        services.AddSingleton<SignInLimit>();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, RevalidatedSession>();
        services
            .AddAuthentication(Either)
            .AddPolicyScheme(Either, null, options => options.ForwardDefaultSelector = Select)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.Scheme_, null)
            .AddCookie(ConsoleSession.Configure);
        services.AddAuthorizationBuilder().AddRights();
    }

    public static void MapAccess(this WebApplication app) => app.MapTokens();

    private static string Select(HttpContext context) =>
        context.Request.Headers.ContainsKey("Authorization")
            ? TokenAuthentication.Scheme_
            : CookieAuthenticationDefaults.AuthenticationScheme;
}
