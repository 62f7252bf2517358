using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Hosting;
using Picket.Server.Integrations;
using Picket.Server.Response;
using Picket.Server.Storage;

namespace Picket.Server.Brakes;

/// <summary>
/// The never-touch list. An entry of one integration is for who may change that integration, one of all integrations for
/// who may change all of them; the UEM is asked before each change (law 6), of all integrations that of each.
/// </summary>
internal static class NeverTouchEndpoints
{
    private const int LongestValue = 200;
    private const int LongestReason = 500;

    public static void MapNeverTouch(this WebApplication app)
    {
        app.MapGet(Routes.NeverTouch, ListAsync);
        var managed = app.MapGroup("").RequireAuthorization(Policies.ChangeSettingsSomewhere);
        managed.MapPost(Routes.NeverTouch, AddAsync).Produces<NeverTouchView>(StatusCodes.Status201Created);
        managed.MapDelete(Routes.NeverTouchEntry, RemoveAsync);
    }

    private static async Task<Ok<Page<NeverTouchView>>> ListAsync(
        Guid? integrationId,
        PicketDbContext db,
        NeverTouchQueries queries,
        ClaimsPrincipal user,
        string? cursor,
        int? limit,
        CancellationToken cancellation
    )
    {
        var rows = db.NeverTouch.AsNoTracking();
        var visible = user.Visible();
        if (visible.Integrations is { } some)
        {
            rows = rows.Where(row => row.IntegrationId == null || some.Contains(row.IntegrationId.Value));
        }

        if (integrationId is { } one)
        {
            rows = rows.Where(row => row.IntegrationId == null || row.IntegrationId == one);
        }

        var page = await rows.ToPageAsync(
            row => row.Id,
            Keyset.Parse(cursor),
            limit,
            row => row,
            cancellation,
            newestFirst: true
        );
        return TypedResults.Ok(
            new Page<NeverTouchView>(await queries.ViewsAsync(db, page.Items, visible, cancellation), page.Next)
        );
    }

    private static async Task<IResult> AddAsync(
        NeverTouchDraft draft,
        HttpContext context,
        PicketDbContext db,
        NeverTouchQueries queries,
        ChangeGate gate,
        AuditLog audit,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        var mistakes = await MistakesAsync(draft, context.User, db, now, cancellation);
        if (mistakes.Count > 0)
        {
            return TypedResults.ValidationProblem(mistakes);
        }

        if (await RefusalAsync(draft.IntegrationId, context, gate, cancellation) is { } refused)
        {
            return refused;
        }

        var (value, groups, mistake) = await NeverTouchFinder.FindAsync(db, draft, cancellation);
        if (value is null)
        {
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["value"] = [mistake!] });
        }

        var actor = AuditLog.ActorOf(context.User);
        var row = new NeverTouchRow
        {
            Id = Guid.CreateVersion7(now),
            IntegrationId = draft.IntegrationId,
            Kind = (Core.Response.NeverTouchKind)draft.Kind,
            Value = value,
            Groups = NeverTouchGroups.Json(groups),
            Reason = draft.Reason.Trim(),
            AddedBy = actor,
            AddedAt = now,
            EndsAt = draft.EndsAt?.ToUniversalTime(),
        };
        db.NeverTouch.Add(row);
        audit.Add(db, actor, "never-touch.added", $"{row.Id}", after: Told(row));
        await db.SaveChangesAsync(cancellation);
        return TypedResults.Created(
            Routes.Fill(Routes.NeverTouchEntry, row.Id),
            (await queries.ViewsAsync(db, [row], context.User.Visible(), cancellation))[0]
        );
    }

    private static async Task<IResult> RemoveAsync(
        Guid entryId,
        HttpContext context,
        PicketDbContext db,
        ChangeGate gate,
        AuditLog audit,
        ResponseSignal signal,
        CancellationToken cancellation
    )
    {
        var row = await db
            .NeverTouch.WhereManaged(context.User, row => row.IntegrationId)
            .SingleOrDefaultAsync(row => row.Id == entryId, cancellation);
        if (row is null)
        {
            return TypedResults.NotFound();
        }

        if (await RefusalAsync(row.IntegrationId, context, gate, cancellation) is { } refused)
        {
            return refused;
        }

        db.NeverTouch.Remove(row);
        audit.Add(db, AuditLog.ActorOf(context.User), "never-touch.removed", $"{row.Id}", before: Told(row));
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return TypedResults.NotFound(); // Somebody was faster.
        }

        foreach (
            var integration in await db
                .Integrations.Where(each => row.IntegrationId == null || each.Id == row.IntegrationId)
                .Select(each => each.Id)
                .ToListAsync(cancellation)
        )
        {
            signal.RaiseWholly(integration); // Its devices may be tagged again.
        }

        return TypedResults.NoContent();
    }

    /// <summary>Law 6: what holds at all integrations is for who may change each of them.</summary>
    private static Task<ProblemHttpResult?> RefusalAsync(
        Guid? integration,
        HttpContext context,
        ChangeGate gate,
        CancellationToken cancellation
    ) =>
        integration is { } id
            ? gate.RefusalAsync(context, id, cancellation)
            : gate.RefusalEverywhereAsync(context, cancellation);

    private static async Task<Dictionary<string, string[]>> MistakesAsync(
        NeverTouchDraft draft,
        ClaimsPrincipal user,
        PicketDbContext db,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var mistakes = new Dictionary<string, string[]>();
        if (!Enum.IsDefined(draft.Kind))
        {
            mistakes["kind"] = [$"There is no such kind. Give {string.Join(", ", Enum.GetNames<NeverTouchKind>())}."];
        }

        if (string.IsNullOrWhiteSpace(draft.Value) || draft.Value.Trim().Length > LongestValue)
        {
            mistakes["value"] = [$"Say what is meant, in 1 to {LongestValue} characters."];
        }

        if (string.IsNullOrWhiteSpace(draft.Reason) || draft.Reason.Trim().Length > LongestReason)
        {
            mistakes["reason"] = [$"Say why, in 1 to {LongestReason} characters."];
        }

        if (draft.EndsAt <= now)
        {
            mistakes["endsAt"] = ["This is over already. Give a time that comes, or none."];
        }

        if (!user.May(Right.ChangeSettings, draft.IntegrationId))
        {
            mistakes["integrationId"] =
            [
                draft.IntegrationId is null
                    ? "An entry of all integrations is for administrators of all of them. Name the integration that it shall hold for."
                    : "There is no such integration whose settings you may change.",
            ];
        }
        else if (draft.IntegrationId is { } id && !await db.Integrations.AnyAsync(row => row.Id == id, cancellation))
        {
            mistakes["integrationId"] = ["There is no such integration."];
        }

        return mistakes;
    }

    /// <summary>For the audit, which names nobody: a user stands there by the UEM's number.</summary>
    private static object Told(NeverTouchRow row) =>
        new
        {
            row.IntegrationId,
            Kind = row.Kind.ToString(),
            row.Value,
            row.Reason,
            row.EndsAt,
        };
}
