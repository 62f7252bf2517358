using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Picket.Core.Identity;
using Picket.Server.Access;

namespace Picket.Server.People;

/// <summary>Where a browser starts on its way to the provider. The answer comes to <see cref="ProviderSignIn"/>.</summary>
internal static class ProviderForms
{
    private const string InvitationCookie = "picket-invitation";
    private static readonly TimeSpan InvitationLife = TimeSpan.FromMinutes(10);

    public static void MapProvider(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<IOptions<ProviderOptions>>().Value.IsGiven)
        {
            return;
        }

        app.MapGet("/sign-in/provider", SignInAsync).AllowAnonymous();
        app.MapGet("/sign-in/provider/join", JoinAsync).AllowAnonymous();
        app.MapPost("/invitation/provider", KeepInvitation).AllowAnonymous();
        app.MapGet("/account/provider", LinkAsync).RequireAuthorization(Policies.Person);
        app.MapGet("/account/provider/integration/{id:guid}", AskAsync).RequireAuthorization(Policies.Person);
    }

    private static async Task<IResult> SignInAsync(
        [FromQuery] string? returnUrl,
        SignInLimit limit,
        ProviderSignIn provider,
        HttpContext context
    ) =>
        limit.Admits(context)
            ? await provider.GoAsync(context, ProviderSignIn.ToSignIn(ConsoleSession.Local(returnUrl)))
            : Results.LocalRedirect("/sign-in?tooMany=true");

    /// <summary>The code of an invitation must not stand in an address: a cookie carries it over one move.</summary>
    private static IResult KeepInvitation(
        [FromForm(Name = "Wish.Code")] string? code,
        IDataProtectionProvider protection,
        HttpContext context
    )
    {
        context.Response.Cookies.Append(InvitationCookie, Protector(protection).Protect(code ?? ""), Options(context));
        return PageMove.To("/sign-in/provider/join");
    }

    private static async Task<IResult> JoinAsync(
        IDataProtectionProvider protection,
        SignInLimit limit,
        ProviderSignIn provider,
        HttpContext context
    )
    {
        if (!limit.Admits(context) || context.Request.Cookies[InvitationCookie] is not { } kept)
        {
            return Results.LocalRedirect("/invitation");
        }

        context.Response.Cookies.Delete(InvitationCookie, Options(context));
        try
        {
            return await provider.GoAsync(context, ProviderSignIn.ToJoin(Protector(protection).Unprotect(kept)));
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return Results.LocalRedirect("/invitation");
        }
    }

    private static async Task<IResult> LinkAsync(ProviderSignIn provider, HttpContext context) =>
        context.User.SessionId() is { } session
            ? await provider.GoAsync(context, ProviderSignIn.ToLink(session))
            : Results.LocalRedirect("/account");

    /// <summary>Asks to be linked to the UEM account that carries the address which the provider vouches for.</summary>
    private static async Task<IResult> AskAsync(
        Guid id,
        SignInLimit limit,
        ProviderSignIn provider,
        HttpContext context
    ) =>
        context.User.SessionId() is { } session && context.User.May(Right.Read, id) && limit.Admits(context)
            ? await provider.GoAsync(context, ProviderSignIn.ToAsk(session, id))
            : Results.LocalRedirect($"/integrations/{id}");

    private static IDataProtector Protector(IDataProtectionProvider protection) =>
        protection.CreateProtector("Picket.InvitationOnItsWay");

    private static CookieOptions Options(HttpContext context) =>
        new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            Path = "/sign-in",
            MaxAge = InvitationLife,
        };
}
