using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Picket.Core.Identity;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Integrations;
using Picket.Server.Storage;

namespace Picket.Server.People;

/// <summary>Whom the provider vouches for: issuer and subject for ever, name and address as of now.</summary>
internal sealed record ProviderIdentity(string Issuer, string Subject, string? Name, string? VerifiedEmail);

/// <summary>
/// What becomes of an answer of the provider: 1 a person's wish to be linked to their account of the UEM, 2 a link of the
/// provider's account to whoever asked from a session of theirs, 3 a new person by an invitation, 4 a sign-in of somebody
/// who is bound to this issuer and subject. An address or a name is never taken for somebody who is here.
/// </summary>
internal sealed class ProviderSignIn(IOptions<ProviderOptions> options, ILogger<ProviderSignIn> log)
{
    private const string LinkingSession = "picket:linking-session";
    private const string AskedIntegration = "picket:asked-integration";
    private const string InvitationCode = "picket:invitation";

    public static AuthenticationProperties ToSignIn(string back) => new() { RedirectUri = back };

    public static AuthenticationProperties ToJoin(string code) =>
        new() { RedirectUri = "/", Items = { [InvitationCode] = code } };

    public static AuthenticationProperties ToLink(Guid session) =>
        new() { RedirectUri = "/account", Items = { [LinkingSession] = $"{session}" } };

    public static AuthenticationProperties ToAsk(Guid session, Guid integration) =>
        new()
        {
            RedirectUri = $"/integrations/{integration}",
            Items = { [LinkingSession] = $"{session}", [AskedIntegration] = $"{integration}" },
        };

    /// <summary>Sends the browser to the provider. One that does not answer is told, with what still works.</summary>
    public async Task<IResult> GoAsync(HttpContext context, AuthenticationProperties properties)
    {
        try
        {
            await context.ChallengeAsync(ProviderSlice.Scheme, properties);
            return Results.Empty;
        }
        catch (Exception silent) when (silent is InvalidOperationException or IOException or HttpRequestException)
        {
            PeopleLog.ProviderFailed(log, silent);
            return Results.LocalRedirect("/sign-in?provider=silent");
        }
    }

    /// <summary>A provider that speaks for several issuers does not get to choose which.</summary>
    public Task PinAsync(TokenValidatedContext context)
    {
        var issuer = context.SecurityToken.Issuer.TrimEnd('/');
        if (issuer != options.Value.Authority!.TrimEnd('/'))
        {
            context.Fail($"The token's issuer is {issuer}, and OpenIdConnect:Authority names another.");
        }

        return Task.CompletedTask;
    }

    public static async Task ReceiveAsync(TicketReceivedContext context)
    {
        context.HandleResponse();
        var who = Identity(context.Principal!);
        var items = context.Properties!.Items;
        var page = items.TryGetValue(LinkingSession, out var session)
            ? items.TryGetValue(AskedIntegration, out var asked)
                ? await AskAsync(context, who, Guid.Parse(session!), Guid.Parse(asked!)) // 1
                : await LinkAsync(context, who, Guid.Parse(session!)) // 2
            : items.TryGetValue(InvitationCode, out var code)
                ? await JoinAsync(context, who, code!) // 3
                : await SignInAsync(context, who); // 4
        await PageMove.ToAsync(context.Response, page);
    }

    public Task FailAsync(RemoteFailureContext context)
    {
        context.HandleResponse();
        PeopleLog.ProviderFailed(log, context.Failure);
        context.Response.Redirect("/sign-in?provider=failed");
        return Task.CompletedTask;
    }

    private static async Task<string> SignInAsync(TicketReceivedContext context, ProviderIdentity who)
    {
        var services = context.HttpContext.RequestServices;
        var db = services.GetRequiredService<PicketDbContext>();
        var cancellation = context.HttpContext.RequestAborted;
        var person = await (
            from login in db.PersonLogins
            join row in db.Persons on login.UserId equals row.Id
            where login.LoginProvider == who.Issuer && login.ProviderKey == who.Subject && row.DeactivatedAt == null
            select row
        )
            .AsNoTracking()
            .SingleOrDefaultAsync(cancellation);
        if (person is null)
        {
            var audit = services.GetRequiredService<AuditLog>();
            audit.Add(db, AuditLog.Nobody, "sign-in.refused", outcome: Api.AuditOutcome.Refused);
            await db.SaveChangesAsync(cancellation);
            return "/sign-in?provider=unknown";
        }

        var shown = context.Principal!.FindAll("amr").Any(claim => claim.Value == "mfa");
        var back = ConsoleSession.Local(context.ReturnUri);
        if (person.TwoFactorEnabled && !shown)
        {
            services.GetRequiredService<HalfSignIn>().Start(context.HttpContext, person.Id);
            return $"/sign-in/code?ReturnUrl={Uri.EscapeDataString(back)}";
        }

        await StartAsync(context, person.Id, shown);
        return back;
    }

    private static async Task<string> JoinAsync(TicketReceivedContext context, ProviderIdentity who, string code)
    {
        var links = context.HttpContext.RequestServices.GetRequiredService<OneTimeLinks>();
        var claimed = await links.ClaimAsync(code, who, context.HttpContext.RequestAborted);
        if (claimed.Person is not { } person)
        {
            return claimed.Dead is { } why ? $"/invitation?dead={why}" : "/sign-in?provider=taken";
        }

        await StartAsync(context, person.Id, secondFactor: false);
        return "/";
    }

    private static async Task<string> LinkAsync(TicketReceivedContext context, ProviderIdentity who, Guid session)
    {
        var services = context.HttpContext.RequestServices;
        var cancellation = context.HttpContext.RequestAborted;
        if (await services.GetRequiredService<Sessions>().PrincipalAsync(session, cancellation) is not { } caller)
        {
            return "/sign-in?ended=true";
        }

        var db = services.GetRequiredService<PicketDbContext>();
        var person = caller.PersonId()!.Value;
        if (await db.PersonLogins.AnyAsync(row => row.LoginProvider == who.Issuer && row.ProviderKey == who.Subject))
        {
            return "/account?provider=taken";
        }

        db.PersonLogins.Add(LoginOf(person, who));
        services.GetRequiredService<AuditLog>().Add(db, AuditLog.ActorOf(caller), "account.provider-linked");
        try
        {
            await db.SaveChangesAsync(cancellation);
            return "/account?provider=linked";
        }
        catch (DbUpdateException taken) when (taken.IsUniqueViolation())
        {
            return "/account?provider=taken";
        }
    }

    /// <summary>The roles are those of this moment: much can change while somebody is at the provider.</summary>
    private static async Task<string> AskAsync(
        TicketReceivedContext context,
        ProviderIdentity who,
        Guid session,
        Guid integration
    )
    {
        var services = context.HttpContext.RequestServices;
        var cancellation = context.HttpContext.RequestAborted;
        if (
            await services.GetRequiredService<Sessions>().PrincipalAsync(session, cancellation) is not { } caller
            || !caller.May(Right.Read, integration)
        )
        {
            return "/sign-in?ended=true";
        }

        var asked = await services
            .GetRequiredService<LinkRequests>()
            .AskAsync(caller, integration, (who.Issuer, who.Subject), who.VerifiedEmail, cancellation);
        return $"/integrations/{integration}?asked={asked}";
    }

    public static IdentityUserLogin<Guid> LoginOf(Guid person, ProviderIdentity who) =>
        new()
        {
            UserId = person,
            LoginProvider = who.Issuer,
            ProviderKey = who.Subject,
        };

    private static Task StartAsync(TicketReceivedContext context, Guid person, bool secondFactor)
    {
        var services = context.HttpContext.RequestServices;
        return SignInForms.StartAsync(
            services.GetRequiredService<PicketDbContext>(),
            services.GetRequiredService<Sessions>(),
            services.GetRequiredService<AuditLog>(),
            person,
            context.HttpContext,
            secondFactor
        );
    }

    private static ProviderIdentity Identity(ClaimsPrincipal principal) =>
        new(
            principal.FindFirstValue("iss")!,
            principal.FindFirstValue("sub")!,
            principal.FindFirstValue("preferred_username") ?? principal.FindFirstValue("name"),
            principal.FindFirstValue("email_verified") is "true" ? principal.FindFirstValue("email") : null
        );
}

internal static partial class PeopleLog
{
    [LoggerMessage(1, LogLevel.Warning, "Signing in by OpenID Connect failed.")]
    public static partial void ProviderFailed(ILogger log, Exception? failure);
}
