using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.StaticAssets;

namespace Picket.Server.Access;

/// <summary>Sign-in to the console with a token. The cookie dies with the token it came from.</summary>
internal static class ConsoleSession
{
    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "picket";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromHours(8);
        options.SlidingExpiration = false;
        options.LoginPath = "/sign-in";
        options.AccessDeniedPath = "/sign-in";
        options.Events.OnValidatePrincipal = RejectDeadTokens;
        options.Events.OnRedirectToLogin = RedirectPagesOnly;
        options.Events.OnRedirectToAccessDenied = Forbid;
    }

    public static void MapConsoleSession(this WebApplication app)
    {
        app.MapPost("/sign-in/session", SignInAsync).AllowAnonymous().RequireRateLimiting(SignInLimit.Policy);
        app.MapPost("/sign-out", SignOutAsync).AllowAnonymous();
    }

    private static async Task<IResult> SignInAsync(
        [FromForm] string? token,
        [FromForm] string? returnUrl,
        TokenStore tokens,
        HttpContext context
    )
    {
        var row = await tokens.FindAsync((token ?? "").Trim(), context.RequestAborted);
        if (row is null)
        {
            return Results.LocalRedirect($"/sign-in?refused=true&ReturnUrl={Uri.EscapeDataString(Local(returnUrl))}");
        }

        var scheme = CookieAuthenticationDefaults.AuthenticationScheme;
        await context.SignInAsync(scheme, TokenAuthentication.Principal(row, scheme));
        return Results.LocalRedirect(Local(returnUrl));
    }

    /// <summary>Back to a page of this server, and nowhere else.</summary>
    private static string Local(string? address) =>
        address is ['/', not ('/' or '\\'), ..] && !address.Any(char.IsControl) ? address : "/";

    private static async Task<IResult> SignOutAsync([FromForm] string? unused, HttpContext context)
    {
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return Results.LocalRedirect("/sign-in");
    }

    private static async Task RejectDeadTokens(CookieValidatePrincipalContext context)
    {
        if (NeedsNobody(context.HttpContext))
        {
            context.RejectPrincipal();
            return;
        }

        var tokens = context.HttpContext.RequestServices.GetRequiredService<TokenStore>();
        var id = context.Principal?.FindFirst(PicketClaims.TokenId)?.Value;
        if (!Guid.TryParse(id, out var token) || !await tokens.IsValidAsync(token, context.HttpContext.RequestAborted))
        {
            context.RejectPrincipal();
        }
    }

    /// <summary>A stylesheet asks for no token, nor does the page that tells of a failure: the database may be its cause.</summary>
    private static bool NeedsNobody(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null
        || context.Features.Get<IExceptionHandlerFeature>() is not null;

    private static Task RedirectPagesOnly(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (IsPage(context.Request))
        {
            context.Response.Redirect(context.RedirectUri);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }

        return Task.CompletedTask;
    }

    private static Task Forbid(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static bool IsPage(HttpRequest request) =>
        !request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        && !request.Path.StartsWithSegments("/metrics", StringComparison.OrdinalIgnoreCase);
}
