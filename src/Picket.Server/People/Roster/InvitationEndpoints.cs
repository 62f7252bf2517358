using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.People;

/// <summary>Links by which somebody becomes a person here. They hold a role, so who makes one must be able to give it.</summary>
internal static class InvitationEndpoints
{
    private const int LongestLifeDays = 30;
    private const int LongestNote = 200;

    public static void MapInvitations(this IEndpointRouteBuilder app)
    {
        var managed = app.MapGroup("").RequireAuthorization(Policies.ManagePeopleSomewhere);
        managed.MapGet(Routes.Invitations, ListAsync);
        managed.MapPost(Routes.Invitations, CreateAsync);
        managed.MapDelete(Routes.Invitation, WithdrawAsync);
    }

    private static async Task<Ok<Page<InvitationView>>> ListAsync(
        ClaimsPrincipal user,
        PicketDbContext db,
        TimeProvider time,
        string? cursor,
        int? limit,
        CancellationToken cancellation
    )
    {
        var page = await Open(db, user, time.GetUtcNow())
            .AsNoTracking()
            .ToPageAsync(row => row.Id, Keyset.Parse(cursor), limit, row => row, cancellation, newestFirst: true);
        var names = await AuditNames.OfAsync(db, page.Items.Select(row => row.InvitedBy!), cancellation);
        return TypedResults.Ok(
            new Page<InvitationView>(
                [.. page.Items.Select(row => View(row, names.GetValueOrDefault(row.InvitedBy!)))],
                page.Next
            )
        );
    }

    private static async Task<Results<Created<CreatedLink>, ValidationProblem, ProblemHttpResult>> CreateAsync(
        Invite wish,
        HttpContext context,
        PicketDbContext db,
        PersonChange change,
        AuditLog audit,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var mistakes = await RoleRules.MistakesAsync(db, wish.Role, wish.IntegrationId, cancellation);
        if (wish.Days is < 1 or > LongestLifeDays)
        {
            mistakes["days"] = [$"An invitation is good for 1 to {LongestLifeDays} days."];
        }

        if (wish.Note?.Length > LongestNote)
        {
            mistakes["note"] = [$"A note has at most {LongestNote} characters."];
        }

        if (mistakes.Count > 0)
        {
            return TypedResults.ValidationProblem(mistakes);
        }

        var role = PersonViews.Grant(wish.Role, wish.IntegrationId);
        if (Appointment.Refusal(context.User.Grants(), role) is { } refusal)
        {
            return await change.RefuseAsync(context, refusal);
        }

        var (row, code) = NewLinks.ForInvitation(
            role,
            wish.Note,
            await PersonClaims.ActorAsync(db, context.User.PersonId()!.Value, cancellation),
            time.GetUtcNow(),
            TimeSpan.FromDays(wish.Days)
        );
        db.OneTimeLinks.Add(row);
        audit.Add(
            db,
            AuditLog.ActorOf(context.User),
            "invitation.created",
            $"{row.Id}",
            after: new
            {
                Role = role.Role.ToString(),
                role.Integration,
                row.ExpiresAt,
            }
        );
        await db.SaveChangesAsync(cancellation);
        return TypedResults.Created((string?)null, NewLinks.View(row, code));
    }

    private static async Task<Results<NoContent, NotFound>> WithdrawAsync(
        Guid id,
        ClaimsPrincipal user,
        PicketDbContext db,
        AuditLog audit,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var withdrawn = await Open(db, user, time.GetUtcNow())
            .Where(row => row.Id == id)
            .ExecuteDeleteAsync(cancellation);
        if (withdrawn == 0)
        {
            return TypedResults.NotFound();
        }

        audit.Add(db, AuditLog.ActorOf(user), "invitation.withdrawn", $"{id}");
        await db.SaveChangesAsync(cancellation);
        return TypedResults.NoContent();
    }

    /// <summary>Those that are good still, where the caller manages people.</summary>
    private static IQueryable<OneTimeLinkRow> Open(PicketDbContext db, ClaimsPrincipal user, DateTimeOffset now)
    {
        var open = db.OneTimeLinks.Where(row =>
            row.InvitedBy != null && row.PersonId == null && row.UsedAt == null && row.ExpiresAt > now
        );
        return user.Grants().Where(Right.ManagePeople) is { } places
            ? open.Where(row => row.IntegrationId != null && places.Contains(row.IntegrationId.Value))
            : open;
    }

    private static InvitationView View(OneTimeLinkRow row, string? by) =>
        new(row.Id, PersonViews.Of(row.Role!.Value), row.IntegrationId, row.Note, by, row.CreatedAt, row.ExpiresAt);
}
