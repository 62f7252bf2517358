using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.StaticAssets;
using Picket.Server.Hosting;
using Picket.Server.People;

namespace Picket.Server.Access;

/// <summary>
/// The cookie of a signed-in browser. It names a session and nothing else: who that is and what they may do is read at
/// each request, so that it ends, or changes, at once.
/// </summary>
internal static class ConsoleSession
{
    private const string Cookie = "picket";

    public const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;

    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = Cookie;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = Sessions.Life;
        options.SlidingExpiration = false;
        options.LoginPath = "/sign-in";
        options.Events.OnValidatePrincipal = ReadAnewAsync;
        options.Events.OnRedirectToLogin = RedirectPagesOnly;
        options.Events.OnRedirectToAccessDenied = Forbid;
    }

    public static Task SignInAsync(HttpContext context, SessionRow session) =>
        context.SignInAsync(
            Scheme,
            new ClaimsPrincipal(new ClaimsIdentity([new Claim(PicketClaims.SessionId, $"{session.Id}")], Scheme))
        );

    /// <summary>Back to a page of this server, and nowhere else.</summary>
    public static string Local(string? address) =>
        address is "/" or ['/', not ('/' or '\\'), ..] && !address.Any(char.IsControl) ? address : "/";

    private static async Task ReadAnewAsync(CookieValidatePrincipalContext context)
    {
        var sessions = context.HttpContext.RequestServices.GetRequiredService<Sessions>();
        if (
            !NeedsNobody(context.HttpContext)
            && context.Principal?.SessionId() is { } id
            && await sessions.PrincipalAsync(id, context.HttpContext.RequestAborted) is { } person
        )
        {
            context.ReplacePrincipal(person);
        }
        else
        {
            context.RejectPrincipal();
        }
    }

    /// <summary>A stylesheet asks for no session, nor does the page that tells of a failure: the database may be its cause.</summary>
    private static bool NeedsNobody(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null
        || context.Features.Get<IExceptionHandlerFeature>() is not null;

    private static Task RedirectPagesOnly(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (IsPage(context.Request))
        {
            var ended = context.Request.Cookies.ContainsKey(Cookie) ? "&ended=true" : "";
            context.Response.Redirect(context.RedirectUri + ended);
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
        !request.IsApi() && !request.Path.StartsWithSegments("/metrics", StringComparison.OrdinalIgnoreCase);
}
