using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Hosting;
using Picket.Server.Storage;
using Answer = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<Picket.Api.PersonView>,
    Microsoft.AspNetCore.Http.HttpResults.ValidationProblem,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult
>;

namespace Picket.Server.People;

/// <summary>
/// The people of this server. Each change: 1 whom, 2 whether the caller may (<see cref="Appointment"/>), 3 the change with
/// its entry in the audit.
/// </summary>
internal static class RosterEndpoints
{
    private static readonly TimeSpan LinkLife = TimeSpan.FromDays(1);

    public static void MapRoster(this IEndpointRouteBuilder app)
    {
        var seen = app.MapGroup("").RequireAuthorization(Policies.SeePeople);
        seen.MapGet(Routes.People, ListAsync);
        seen.MapGet(Routes.Person, ReadAsync);
        var managed = app.MapGroup("").RequireAuthorization(Policies.ManagePeopleSomewhere);
        managed.MapPost(Routes.PersonRoles, GiveAsync);
        managed.MapDelete(Routes.PersonRoles, TakeAsync);
        managed.MapPost(Routes.PersonDeactivate, DeactivateAsync);
        managed.MapPost(Routes.PersonReactivate, ReactivateAsync);
        managed.MapPost(Routes.PersonPasswordLink, PasswordLinkAsync);
        managed.MapPost(Routes.PersonSecondFactorReset, ResetSecondFactorAsync);
        managed.MapDelete(Routes.Person, EraseAsync);
    }

    private static async Task<Ok<Page<PersonView>>> ListAsync(
        ClaimsPrincipal user,
        Roster roster,
        string? cursor,
        int? limit,
        CancellationToken cancellation
    )
    {
        var caller = user.Grants();
        var page = await roster
            .Visible(caller)
            .AsNoTracking()
            .ToPageAsync(row => row.Id, Keyset.Parse(cursor), limit, row => row, cancellation);
        var roles = await roster.RolesAsync([.. page.Items.Select(row => row.Id)], caller, cancellation);
        var byPerson = roles.ToLookup(role => role.PersonId);
        return TypedResults.Ok(
            new Page<PersonView>([.. page.Items.Select(row => PersonViews.Of(row, byPerson[row.Id]))], page.Next)
        );
    }

    private static async Task<Results<Ok<PersonView>, ProblemHttpResult>> ReadAsync(
        Guid id,
        ClaimsPrincipal user,
        Roster roster,
        CancellationToken cancellation
    ) =>
        await roster.FindAsync(id, user.Grants(), cancellation) is { } found
            ? TypedResults.Ok(PersonViews.Of(found.Person, found.Roles))
            : PersonProblems.NotFound(id);

    private static async Task<Answer> GiveAsync(
        Guid id,
        RoleGiven wish,
        HttpContext context,
        Roster roster,
        PersonChange change,
        PicketDbContext db,
        CancellationToken cancellation
    )
    {
        if (await RoleRules.MistakesAsync(db, wish.Role, wish.IntegrationId, cancellation) is { Count: > 0 } mistakes)
        {
            return TypedResults.ValidationProblem(mistakes);
        }

        var caller = context.User.Grants();
        if (await roster.FindAsync(id, caller, cancellation) is not { } found) // 1
        {
            return PersonProblems.NotFound(id);
        }

        var wanted = PersonViews.Grant(wish.Role, wish.IntegrationId);
        var before = found.Roles.SingleOrDefault(role => role.IntegrationId == wish.IntegrationId);
        var refusal = // 2: what is replaced is taken.
            (before is null ? null : Appointment.Refusal(caller, before.Grant)) ?? Appointment.Refusal(caller, wanted);
        if (refusal is not null)
        {
            return await change.RefuseAsync(context, refusal);
        }

        return
            await change.GiveAsync(context, found, wanted, before, cancellation) // 3
                is { } problem
            ? problem
            : await SeenAgainAsync(id, caller, roster, cancellation);
    }

    private static async Task<Answer> TakeAsync(
        Guid id,
        Guid? integrationId,
        HttpContext context,
        Roster roster,
        PersonChange change,
        CancellationToken cancellation
    )
    {
        var caller = context.User.Grants();
        if (await roster.FindAsync(id, caller, cancellation) is not { } found) // 1
        {
            return PersonProblems.NotFound(id);
        }

        if (found.Roles.SingleOrDefault(role => role.IntegrationId == integrationId) is not { } taken)
        {
            return PersonProblems.NoRole();
        }

        if (Appointment.Refusal(caller, taken.Grant) is { } refusal) // 2
        {
            return await change.RefuseAsync(context, refusal);
        }

        return await change.TakeAsync(context, found, taken, cancellation) is { } problem // 3
            ? problem
            : await SeenAgainAsync(id, caller, roster, cancellation);
    }

    private static Task<Answer> DeactivateAsync(
        Guid id,
        HttpContext context,
        Roster roster,
        PersonChange change,
        CancellationToken cancellation
    ) => WholeAsync(id, context, roster, change, change.DeactivateAsync, cancellation);

    private static Task<Answer> ReactivateAsync(
        Guid id,
        HttpContext context,
        Roster roster,
        PersonChange change,
        CancellationToken cancellation
    ) => WholeAsync(id, context, roster, change, change.ReactivateAsync, cancellation);

    private static Task<Answer> ResetSecondFactorAsync(
        Guid id,
        HttpContext context,
        Roster roster,
        PersonChange change,
        CancellationToken cancellation
    ) => WholeAsync(id, context, roster, change, change.ResetSecondFactorAsync, cancellation);

    private static async Task<Results<NoContent, ProblemHttpResult>> EraseAsync(
        Guid id,
        HttpContext context,
        Roster roster,
        PersonChange change,
        CancellationToken cancellation
    )
    {
        var (found, problem) = await AllowedAsync(id, context, roster, change, cancellation);
        problem ??= await change.EraseAsync(context, found!, cancellation);
        return problem is null ? TypedResults.NoContent() : problem;
    }

    private static async Task<Results<Created<CreatedLink>, ProblemHttpResult>> PasswordLinkAsync(
        Guid id,
        HttpContext context,
        Roster roster,
        PersonChange change,
        PicketDbContext db,
        AuditLog audit,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var (found, problem) = await AllowedAsync(id, context, roster, change, cancellation);
        if (problem is not null)
        {
            return problem;
        }

        var maker = await PersonClaims.ActorAsync(db, context.User.PersonId()!.Value, cancellation);
        var (row, code) = NewLinks.ForPassword(id, maker, time.GetUtcNow(), LinkLife);
        await db
            .OneTimeLinks.Where(link => link.PersonId == id && link.UsedAt == null)
            .ExecuteDeleteAsync(cancellation);
        db.OneTimeLinks.Add(row);
        audit.Add(
            db,
            AuditLog.ActorOf(context.User),
            "person.password-link-made",
            found!.Actor,
            after: new { row.ExpiresAt }
        );
        await db.SaveChangesAsync(cancellation);
        return TypedResults.Created((string?)null, NewLinks.View(row, code));
    }

    private static async Task<Answer> WholeAsync(
        Guid id,
        HttpContext context,
        Roster roster,
        PersonChange change,
        Func<HttpContext, Listed, CancellationToken, Task<ProblemHttpResult?>> make,
        CancellationToken cancellation
    )
    {
        var (found, problem) = await AllowedAsync(id, context, roster, change, cancellation);
        problem ??= await make(context, found!, cancellation); // 3
        return problem is null ? await SeenAgainAsync(id, context.User.Grants(), roster, cancellation) : problem;
    }

    private static async Task<(Listed? Found, ProblemHttpResult? Problem)> AllowedAsync(
        Guid id,
        HttpContext context,
        Roster roster,
        PersonChange change,
        CancellationToken cancellation
    )
    {
        var caller = context.User.Grants();
        return await roster.FindAsync(id, caller, cancellation) switch
        {
            null => (null, PersonProblems.NotFound(id)), // 1
            var found when Appointment.Refusal(caller, found.Grants) is { } refusal => ( // 2
                null,
                await change.RefuseAsync(context, refusal)
            ),
            var found => (found, null),
        };
    }

    private static async Task<Answer> SeenAgainAsync(
        Guid id,
        Grants caller,
        Roster roster,
        CancellationToken cancellation
    ) =>
        await roster.FindAsync(id, caller, cancellation) is { } found
            ? TypedResults.Ok(PersonViews.Of(found.Person, found.Roles))
            : PersonProblems.NotFound(id);
}
