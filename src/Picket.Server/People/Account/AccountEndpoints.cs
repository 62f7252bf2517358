using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.People;

/// <summary>What is one's own: the password, and the browsers in which one is signed in.</summary>
internal static class AccountEndpoints
{
    public static void MapAccount(this IEndpointRouteBuilder app)
    {
        var own = app.MapGroup("").RequireAuthorization(Policies.Person);
        own.MapGet(Routes.MyAccount, ReadAsync);
        own.MapDelete(Routes.MyProvider, UnlinkProviderAsync);
        own.MapPost(Routes.MyPassword, ChangePasswordAsync);
        own.MapGet(Routes.MySessions, ListAsync);
        own.MapDelete(Routes.MySessions, EndOthersAsync);
        own.MapDelete(Routes.MySession, EndAsync);
    }

    private static async Task<Ok<AccountView>> ReadAsync(
        ClaimsPrincipal user,
        PicketDbContext db,
        Roster roster,
        IOptions<ProviderOptions> provider,
        CancellationToken cancellation
    )
    {
        var id = user.PersonId()!.Value;
        var person = await db.Persons.AsNoTracking().SingleAsync(row => row.Id == id, cancellation);
        var roles = await db
            .Memberships.AsNoTracking()
            .Where(row => row.PersonId == id)
            .OrderBy(row => row.Id)
            .ToListAsync(cancellation);
        var codes = await db.RecoveryCodes.CountAsync(row => row.PersonId == id && row.UsedAt == null, cancellation);
        return TypedResults.Ok(
            new AccountView(PersonViews.Of(person, roles), person.PasswordHash is not null, codes)
            {
                Provider = provider.Value.IsGiven ? provider.Value.Name : null,
                ProviderLinked = await db.PersonLogins.AnyAsync(row => row.UserId == id, cancellation),
                WhoGivesRoles = roles.Count == 0 ? await roster.OwnerNamesAsync(cancellation) : [],
            }
        );
    }

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> UnlinkProviderAsync(
        ClaimsPrincipal user,
        PicketDbContext db,
        AuditLog audit,
        CancellationToken cancellation
    )
    {
        var id = user.PersonId()!.Value;
        if (await db.Persons.AnyAsync(row => row.Id == id && row.PasswordHash == null, cancellation))
        {
            return AccountProblems.OnlyWayIn();
        }

        await using var transaction = await DurableTransaction.BeginAsync(db, cancellation);
        if (await db.PersonLogins.Where(row => row.UserId == id).ExecuteDeleteAsync(cancellation) == 0)
        {
            return TypedResults.NotFound();
        }

        // What rested on the provider's word ends with it.
        await db.AdminLinks.Where(row => row.PersonId == id && row.Issuer != null).ExecuteDeleteAsync(cancellation);
        await db.LinkRequests.Where(row => row.PersonId == id).ExecuteDeleteAsync(cancellation);
        audit.Add(db, AuditLog.ActorOf(user), "account.provider-unlinked");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> ChangePasswordAsync(
        ChangePassword wish,
        ClaimsPrincipal user,
        PicketDbContext db,
        UserManager<PersonRow> persons,
        SignInTries tries,
        Sessions sessions,
        AuditLog audit,
        CancellationToken cancellation
    )
    {
        var id = user.PersonId()!.Value;
        if (!await tries.TakeAsync(db, id, cancellation))
        {
            return AccountProblems.Closed();
        }

        await using var transaction = await DurableTransaction.BeginAsync(db, cancellation);
        var person = await db.Persons.SingleAsync(row => row.Id == id, cancellation);
        var changed = await persons.ChangePasswordAsync(person, wish.Current ?? "", wish.Wanted ?? "");
        if (!changed.Succeeded)
        {
            return changed.Errors.Any(error => error.Code == nameof(IdentityErrorDescriber.PasswordMismatch))
                ? AccountProblems.WrongPassword()
                : TypedResults.ValidationProblem(
                    new Dictionary<string, string[]>
                    {
                        ["wanted"] = [.. PersonRules.Mistakes(changed).SelectMany(field => field.Value)],
                    }
                );
        }

        await SignInTries.ForgetAsync(db, id, cancellation);
        await sessions.EndAsync(db, id, session: null, except: user.SessionId(), cancellation);
        audit.Add(db, AuditLog.ActorOf(user), "account.password-changed");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<Page<SessionView>>> ListAsync(
        ClaimsPrincipal user,
        PicketDbContext db,
        TimeProvider time,
        string? cursor,
        int? limit,
        CancellationToken cancellation
    )
    {
        var (id, now, current) = (user.PersonId()!.Value, time.GetUtcNow(), user.SessionId());
        return TypedResults.Ok(
            await db
                .Sessions.AsNoTracking()
                .Where(row => row.PersonId == id && row.EndedAt == null && row.ExpiresAt > now)
                .ToPageAsync(
                    row => row.Id,
                    Keyset.Parse(cursor),
                    limit,
                    row => View(row, current),
                    cancellation,
                    newestFirst: true
                )
        );
    }

    private static async Task<Results<NoContent, NotFound>> EndAsync(
        Guid id,
        ClaimsPrincipal user,
        PicketDbContext db,
        Sessions sessions,
        AuditLog audit,
        CancellationToken cancellation
    )
    {
        if (await sessions.EndAsync(db, user.PersonId()!.Value, id, except: null, cancellation) == 0)
        {
            return TypedResults.NotFound();
        }

        audit.Add(db, AuditLog.ActorOf(user), "sign-in.ended", $"{id}");
        await db.SaveChangesAsync(cancellation);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> EndOthersAsync(
        ClaimsPrincipal user,
        PicketDbContext db,
        Sessions sessions,
        AuditLog audit,
        CancellationToken cancellation
    )
    {
        var person = user.PersonId()!.Value;
        var ended = await sessions.EndAsync(db, person, session: null, except: user.SessionId(), cancellation);
        if (ended > 0)
        {
            audit.Add(db, AuditLog.ActorOf(user), "sign-in.others-ended", after: new { Sessions = ended });
            await db.SaveChangesAsync(cancellation);
        }

        return TypedResults.NoContent();
    }

    private static SessionView View(SessionRow row, Guid? current) =>
        new(
            row.Id,
            row.CreatedAt,
            row.LastSeenAt,
            row.ExpiresAt,
            row.Address,
            row.Browser,
            row.SecondFactorAt is not null,
            row.Id == current
        );
}
