using System.Reflection;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Server.Audit;
using Picket.Server.Hosting;
using Picket.Server.People;
using Picket.Server.Storage;

namespace Picket.Server.Access;

internal static class TokenEndpoints
{
    private const int LongestLifeDays = 366;

    public static void MapTokens(this WebApplication app)
    {
        app.MapGet(Routes.Me, MeAsync);
        app.MapGet(Routes.Tokens, ListAsync).RequireAuthorization(Policies.Person);
        app.MapPost(Routes.Tokens, CreateAsync).RequireAuthorization(Policies.Person);
        app.MapDelete(Routes.Token, RevokeAsync).RequireAuthorization(Policies.Person);
    }

    private static async Task<Ok<MeView>> MeAsync(
        ClaimsPrincipal user,
        PicketDbContext db,
        CancellationToken cancellation
    )
    {
        var (token, session) = (user.TokenId(), user.SessionId());
        var end = token is not null
            ? await db
                .ApiTokens.Where(row => row.Id == token)
                .Select(row => row.ExpiresAt)
                .SingleOrDefaultAsync(cancellation)
            : await db
                .Sessions.Where(row => row.Id == session)
                .Select(row => (DateTimeOffset?)row.ExpiresAt)
                .SingleOrDefaultAsync(cancellation);
        var scope = Enum.Parse<TokenScope>(user.FindFirstValue(PicketClaims.Scope)!);
        return TypedResults.Ok(
            new MeView(user.Identity!.Name!, scope, end, ServerVersion)
            {
                PersonId = user.PersonId(),
                Roles = user.PersonId() is null ? [] : [.. user.Grants().Given.Select(PersonViews.Of)],
            }
        );
    }

    private static async Task<Ok<Page<TokenView>>> ListAsync(
        ClaimsPrincipal user,
        PicketDbContext db,
        string? cursor,
        int? limit,
        CancellationToken cancellation
    ) =>
        TypedResults.Ok(
            await Mine(db, user)
                .AsNoTracking()
                .ToPageAsync(row => row.Id, Keyset.Parse(cursor), limit, View, cancellation)
        );

    /// <summary>One's own, or all of them for whom may manage them.</summary>
    private static IQueryable<ApiTokenRow> Mine(PicketDbContext db, ClaimsPrincipal user)
    {
        var person = user.PersonId();
        return user.May(Right.ManageTokens) ? db.ApiTokens : db.ApiTokens.Where(row => row.PersonId == person);
    }

    private static async Task<Results<Created<CreatedToken>, ValidationProblem, ProblemHttpResult>> CreateAsync(
        CreateToken wish,
        HttpContext context,
        PicketDbContext db,
        AuditLog audit,
        Refusals refusals,
        TimeProvider time
    )
    {
        var user = context.User;
        if (Mistakes(wish) is { Count: > 0 } mistakes)
        {
            return TypedResults.ValidationProblem(mistakes);
        }

        if (!wish.Personal && !user.May(Right.ManageTokens))
        {
            await refusals.RecordAsync(context);
            return TypedResults.Problem(Refusals.Explain(user, Right.ManageTokens));
        }

        var (row, token) = TokenStore.Make(
            wish.Name.Trim(),
            wish.Scope,
            time.GetUtcNow(),
            TimeSpan.FromDays(wish.ExpiresInDays),
            wish.Personal ? user.PersonId() : null
        );
        db.ApiTokens.Add(row);
        audit.Add(
            db,
            AuditLog.ActorOf(user),
            "token.created",
            row.Id.ToString(),
            after: new
            {
                row.Name,
                row.Scope,
                wish.Personal,
            }
        );
        await db.SaveChangesAsync(context.RequestAborted);
        return TypedResults.Created(Routes.Fill(Routes.Token, row.Id), new CreatedToken(View(row), token));
    }

    private static async Task<Results<NoContent, NotFound>> RevokeAsync(
        Guid id,
        ClaimsPrincipal user,
        PicketDbContext db,
        AuditLog audit,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var row = await Mine(db, user)
            .SingleOrDefaultAsync(token => token.Id == id && token.RevokedAt == null, cancellation);
        if (row is null)
        {
            return TypedResults.NotFound();
        }

        row.RevokedAt = time.GetUtcNow();
        audit.Add(db, AuditLog.ActorOf(user), "token.revoked", id.ToString());
        await db.SaveChangesAsync(cancellation);
        return TypedResults.NoContent();
    }

    private static Dictionary<string, string[]> Mistakes(CreateToken wish)
    {
        var mistakes = new Dictionary<string, string[]>();
        if (string.IsNullOrWhiteSpace(wish.Name) || wish.Name.Length > 100)
        {
            mistakes["name"] = ["Give the token a name of 1 to 100 characters, so that it can be told from others."];
        }

        if (!Enum.IsDefined(wish.Scope) || (wish.Scope == TokenScope.Full && !wish.Personal))
        {
            mistakes["scope"] = ["A service's token has scope Read or Write; only a personal one may have Full."];
        }

        if (wish.ExpiresInDays is < 1 or > LongestLifeDays)
        {
            mistakes["expiresInDays"] = [$"A token lives 1 to {LongestLifeDays} days."];
        }

        return mistakes;
    }

    internal static TokenView View(ApiTokenRow row) =>
        new(row.Id, row.Name, row.Scope, row.CreatedAt, row.ExpiresAt, row.LastUsedAt, row.RevokedAt)
        {
            PersonId = row.PersonId,
        };

    private static string ServerVersion =>
        typeof(TokenEndpoints)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion;
}
