using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Storage;

namespace Picket.Server.People;

/// <summary>What the forms of the sign-in pages are posted to.</summary>
internal static class SignInForms
{
    public static void MapSignIn(this WebApplication app)
    {
        app.MapPost("/sign-in/session", SignInAsync).AllowAnonymous();
        app.MapPost("/sign-in/second-factor", ShowFactorAsync).AllowAnonymous();
        app.MapPost("/sign-out", SignOutAsync).AllowAnonymous();
    }

    private static async Task<IResult> SignInAsync(
        [FromForm] string? name,
        [FromForm] string? password,
        [FromForm] string? returnUrl,
        SignInLimit limit,
        PasswordSignIn passwords,
        HalfSignIn half,
        PicketDbContext db,
        Sessions sessions,
        AuditLog audit,
        HttpContext context
    )
    {
        var back = ConsoleSession.Local(returnUrl);
        if (!limit.Admits(context))
        {
            return Results.LocalRedirect($"/sign-in?tooMany=true&ReturnUrl={Uri.EscapeDataString(back)}");
        }

        if (await passwords.CheckAsync(name, password, context.RequestAborted) is not { } person)
        {
            return Results.LocalRedirect($"/sign-in?refused=true&ReturnUrl={Uri.EscapeDataString(back)}");
        }

        if (person.TwoFactorEnabled)
        {
            half.Start(context, person.Id);
            return Results.LocalRedirect($"/sign-in/code?ReturnUrl={Uri.EscapeDataString(back)}");
        }

        await StartAsync(db, sessions, audit, person.Id, context, secondFactor: false);
        return Results.LocalRedirect(back);
    }

    private static async Task<IResult> ShowFactorAsync(
        [FromForm] string? code,
        [FromForm] string? returnUrl,
        SignInLimit limit,
        HalfSignIn half,
        SecondFactorSignIn factors,
        PicketDbContext db,
        Sessions sessions,
        AuditLog audit,
        HttpContext context
    )
    {
        var back = ConsoleSession.Local(returnUrl);
        if (half.Person(context) is not { } began)
        {
            return Results.LocalRedirect($"/sign-in?late=true&ReturnUrl={Uri.EscapeDataString(back)}");
        }

        if (!limit.Admits(context))
        {
            return Results.LocalRedirect($"/sign-in/code?tooMany=true&ReturnUrl={Uri.EscapeDataString(back)}");
        }

        if (await factors.CheckAsync(began, code, context.RequestAborted) is not { } person)
        {
            return Results.LocalRedirect($"/sign-in/code?refused=true&ReturnUrl={Uri.EscapeDataString(back)}");
        }

        HalfSignIn.End(context);
        await StartAsync(db, sessions, audit, person.Id, context, secondFactor: true);
        return Results.LocalRedirect(back);
    }

    /// <summary>
    /// A new session at each sign-in: one that somebody planted beforehand is worth nothing, and the one that this browser
    /// had ends.
    /// </summary>
    public static async Task StartAsync(
        PicketDbContext db,
        Sessions sessions,
        AuditLog audit,
        Guid person,
        HttpContext context,
        bool secondFactor
    )
    {
        if (context.User.PersonId() is { } before && context.User.SessionId() is { } old)
        {
            await sessions.EndAsync(db, before, old, except: null, context.RequestAborted);
        }

        var session = sessions.Add(db, person, context, secondFactor);
        await Sessions.NoteSignInAsync(db, person, session.CreatedAt, context.RequestAborted);
        var actor = await PersonClaims.ActorAsync(db, person, context.RequestAborted);
        audit.Add(db, actor, "sign-in.done", session.Id.ToString(), after: new { SecondFactor = secondFactor });
        await db.SaveChangesAsync(context.RequestAborted);
        await ConsoleSession.SignInAsync(context, session);
    }

    private static async Task<IResult> SignOutAsync(
        [FromForm] string? unused,
        PicketDbContext db,
        Sessions sessions,
        AuditLog audit,
        HttpContext context
    )
    {
        if (context.User.PersonId() is { } person && context.User.SessionId() is { } session)
        {
            await sessions.EndAsync(db, person, session, except: null, context.RequestAborted);
            audit.Add(db, AuditLog.ActorOf(context.User), "sign-in.ended", session.ToString());
            await db.SaveChangesAsync(context.RequestAborted);
        }

        await context.SignOutAsync(ConsoleSession.Scheme);
        return Results.LocalRedirect("/sign-in");
    }
}
