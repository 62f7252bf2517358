using System.Reflection;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Audit;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Access;

internal static class TokenEndpoints
{
    private const int LongestLifeDays = 366;

    public static void MapTokens(this WebApplication app)
    {
        app.MapGet(Routes.Me, MeAsync);
        app.MapGet(Routes.Tokens, ListAsync).RequireAuthorization(Policies.ChangeIntegration);
        app.MapPost(Routes.Tokens, CreateAsync).RequireAuthorization(Policies.ChangeIntegration);
        app.MapDelete(Routes.Token, RevokeAsync).RequireAuthorization(Policies.ChangeIntegration);
    }

    private static async Task<Results<Ok<MeView>, UnauthorizedHttpResult>> MeAsync(
        ClaimsPrincipal user,
        PicketDbContext db,
        CancellationToken cancellation
    )
    {
        var id = Guid.Parse(user.FindFirstValue(PicketClaims.TokenId)!);
        var row = await db.ApiTokens.AsNoTracking().SingleOrDefaultAsync(token => token.Id == id, cancellation);
        return row is null
            ? TypedResults.Unauthorized()
            : TypedResults.Ok(new MeView(row.Name, row.Scope, row.ExpiresAt, ServerVersion));
    }

    private static async Task<Ok<Page<TokenView>>> ListAsync(
        PicketDbContext db,
        string? cursor,
        int? limit,
        CancellationToken cancellation
    ) =>
        TypedResults.Ok(
            await db
                .ApiTokens.AsNoTracking()
                .ToPageAsync(row => row.Id, Keyset.Parse(cursor), limit, View, cancellation)
        );

    private static async Task<Results<Created<CreatedToken>, ValidationProblem>> CreateAsync(
        CreateToken wish,
        ClaimsPrincipal user,
        PicketDbContext db,
        AuditLog audit,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        if (Mistakes(wish) is { Count: > 0 } mistakes)
        {
            return TypedResults.ValidationProblem(mistakes);
        }

        var (row, token) = TokenStore.Make(
            wish.Name.Trim(),
            wish.Scope,
            time.GetUtcNow(),
            TimeSpan.FromDays(wish.ExpiresInDays)
        );
        db.ApiTokens.Add(row);
        audit.Add(db, AuditLog.ActorOf(user), "token.created", row.Id.ToString(), after: new { row.Name, row.Scope });
        await db.SaveChangesAsync(cancellation);
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
        var row = await db.ApiTokens.SingleOrDefaultAsync(
            token => token.Id == id && token.RevokedAt == null,
            cancellation
        );
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

        if (wish.Scope is not (TokenScope.Read or TokenScope.Write))
        {
            mistakes["scope"] = ["A token may be made with scope Read or Write; the owner's token exists once."];
        }

        if (wish.ExpiresInDays is < 1 or > LongestLifeDays)
        {
            mistakes["expiresInDays"] = [$"A token lives 1 to {LongestLifeDays} days."];
        }

        return mistakes;
    }

    private static TokenView View(ApiTokenRow row) =>
        new(row.Id, row.Name, row.Scope, row.CreatedAt, row.ExpiresAt, row.LastUsedAt, row.RevokedAt);

    private static string ServerVersion =>
        typeof(TokenEndpoints)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion;
}
