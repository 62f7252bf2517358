using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Picket.Api;

namespace Picket.Server.Access;

public static class AccessSlice
{
    private const string Either = "TokenOrSession";

    public static void AddAccess(this IServiceCollection services)
    {
        services.AddSingleton<TokenStore>();
        services.AddSingleton<OwnerToken>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, ForbiddenExplained>();
        services.AddAntiforgery(options => options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
        services.AddRateLimiter(SignInLimit.Configure);
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, RevalidatedSession>();
        services
            .AddAuthentication(Either)
            .AddPolicyScheme(Either, null, options => options.ForwardDefaultSelector = Select)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.Scheme_, null)
            .AddCookie(ConsoleSession.Configure);
        services
            .AddAuthorizationBuilder()
            .AddPolicy(Policies.Read, policy => policy.RequireClaim(PicketClaims.Scope))
            .AddPolicy(
                Policies.Write,
                policy => policy.RequireClaim(PicketClaims.Scope, nameof(TokenScope.Write), nameof(TokenScope.Owner))
            )
            .AddPolicy(
                Policies.ChangeIntegration,
                policy => policy.RequireClaim(PicketClaims.Scope, nameof(TokenScope.Owner))
            )
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireClaim(PicketClaims.Scope).Build());
    }

    public static void MapAccess(this WebApplication app)
    {
        app.MapTokens();
        app.MapConsoleSession();
    }

    private static string Select(HttpContext context) =>
        context.Request.Headers.ContainsKey("Authorization")
            ? TokenAuthentication.Scheme_
            : CookieAuthenticationDefaults.AuthenticationScheme;
}
