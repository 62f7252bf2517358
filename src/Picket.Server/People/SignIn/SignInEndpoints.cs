using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.People;

/// <summary>Joining and signing in by the API: for scripts and the command line.</summary>
internal static class SignInEndpoints
{
    private const int LongestTokenDays = 366;
    private static readonly TimeSpan SignInLife = TimeSpan.FromHours(12);

    public static void MapSignInApi(this IEndpointRouteBuilder app)
    {
        app.MapPost(Routes.ClaimLink, ClaimAsync).AllowAnonymous().Limit<SignInLimit>();
        app.MapPost(Routes.SetPassword, SetPasswordAsync).AllowAnonymous().Limit<SignInLimit>();
        app.MapPost(Routes.SignIn, SignInAsync).AllowAnonymous().Limit<SignInLimit>();
    }

    private static async Task<Results<Created<SignedIn>, ValidationProblem, ProblemHttpResult>> ClaimAsync(
        ClaimLink wish,
        OneTimeLinks links,
        PicketDbContext db,
        AuditLog audit,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        if (wish.TokenDays is < 1 or > LongestTokenDays)
        {
            return TypedResults.ValidationProblem(
                new Dictionary<string, string[]> { ["tokenDays"] = [$"A token lives 1 to {LongestTokenDays} days."] }
            );
        }

        return await links.ClaimAsync(wish, cancellation) switch
        {
            { Mistakes: { } mistakes } => TypedResults.ValidationProblem(mistakes),
            { Person: { } person } => TypedResults.Created(
                Routes.Me,
                await TokenForAsync(
                    db,
                    audit,
                    person,
                    time.GetUtcNow(),
                    TimeSpan.FromDays(wish.TokenDays),
                    cancellation
                )
            ),
            var dead => NotGood(dead),
        };
    }

    private static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> SetPasswordAsync(
        SetPassword wish,
        OneTimeLinks links,
        CancellationToken cancellation
    ) =>
        await links.SetPasswordAsync(wish, cancellation) switch
        {
            { Mistakes: { } mistakes } => TypedResults.ValidationProblem(mistakes),
            { Person: not null } => TypedResults.NoContent(),
            var dead => NotGood(dead),
        };

    private static async Task<Results<Ok<SignedIn>, ProblemHttpResult>> SignInAsync(
        SignIn wish,
        PasswordSignIn passwords,
        SecondFactorSignIn factors,
        PicketDbContext db,
        AuditLog audit,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        if (await passwords.CheckAsync(wish.Name, wish.Password, cancellation) is not { } person)
        {
            return Refused(PasswordSignIn.Refusal);
        }

        if (person.TwoFactorEnabled && string.IsNullOrWhiteSpace(wish.SecondFactor))
        {
            return Refused("This account has a second factor, and no code of it was sent.", Problem.SecondFactorNeeded);
        }

        if (person.TwoFactorEnabled && await factors.CheckAsync(person.Id, wish.SecondFactor, cancellation) is null)
        {
            return Refused(SecondFactorSignIn.Refusal);
        }

        return TypedResults.Ok(await TokenForAsync(db, audit, person, time.GetUtcNow(), SignInLife, cancellation));
    }

    private static ProblemHttpResult Refused(string why, string? type = null) =>
        TypedResults.Problem(
            why,
            statusCode: StatusCodes.Status401Unauthorized,
            title: "You are not signed in",
            type: type
        );

    private static async Task<SignedIn> TokenForAsync(
        PicketDbContext db,
        AuditLog audit,
        PersonRow person,
        DateTimeOffset now,
        TimeSpan life,
        CancellationToken cancellation
    )
    {
        var (row, secret) = TokenStore.Make(person.UserName!, TokenScope.Full, now, life, person.Id);
        db.ApiTokens.Add(row);
        await Sessions.NoteSignInAsync(db, person.Id, now, cancellation);
        // The token is bound to its person in the chain itself: later entries name the token.
        var actor = await PersonClaims.ActorAsync(db, person.Id, cancellation);
        audit.Add(
            db,
            actor,
            "sign-in.done",
            row.Id.ToString(),
            after: new
            {
                Token = row.Id,
                row.ExpiresAt,
                SecondFactor = person.TwoFactorEnabled,
            }
        );
        await db.SaveChangesAsync(cancellation);
        var roles = await db
            .Memberships.AsNoTracking()
            .Where(role => role.PersonId == person.Id)
            .ToListAsync(cancellation);
        return new SignedIn(PersonViews.Of(person, roles), new CreatedToken(TokenEndpoints.View(row), secret));
    }

    private static ProblemHttpResult NotGood(Claimed dead) =>
        TypedResults.Problem(
            LinkMakers.Said(dead.Dead!.Value) ?? "The code is unknown, used or expired.",
            statusCode: StatusCodes.Status403Forbidden,
            title: "This link is not good any more",
            extensions: new Dictionary<string, object?>
            {
                ["next"] =
                    "Ask somebody who manages people here for another. The first owner's link is printed anew when the server starts.",
            }
        );
}
