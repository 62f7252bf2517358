using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Hosting;
using Picket.Server.People;
using Picket.Server.Storage;

namespace Picket.Server.Integrations;

/// <summary>Links that rest on the provider's word wait here until somebody who is linked already confirms them.</summary>
internal static class LinkRequestEndpoints
{
    public static void MapLinkRequests(this IEndpointRouteBuilder app)
    {
        app.MapGet(Routes.IntegrationLinkRequests, ListAsync);
        app.MapPost(Routes.IntegrationLinkRequestConfirm, ConfirmAsync).RequireAuthorization(Policies.ChangeSettings);
        app.MapDelete(Routes.IntegrationLinkRequest, DeclineAsync).RequireAuthorization(Policies.Person, Policies.Read);
    }

    private static async Task<Ok<Page<LinkRequest>>> ListAsync(
        Guid id,
        PicketDbContext db,
        TimeProvider time,
        string? cursor,
        int? limit,
        CancellationToken cancellation
    )
    {
        var page = await LinkRequests
            .Open(db, id, time.GetUtcNow())
            .AsNoTracking()
            .ToPageAsync(row => row.Id, Keyset.Parse(cursor), limit, row => row, cancellation);
        var people = page.Items.Select(row => row.PersonId).ToList();
        var names = await db
            .Persons.Where(row => people.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, row => row.UserName ?? "", cancellation);
        return TypedResults.Ok(
            new Page<LinkRequest>(
                [
                    .. page.Items.Select(row => new LinkRequest(
                        row.Id,
                        row.PersonId,
                        names.GetValueOrDefault(row.PersonId, ""),
                        row.UserName,
                        row.AskedAt,
                        row.ExpiresAt
                    )),
                ],
                page.Next
            )
        );
    }

    /// <summary>
    /// 1 somebody else confirms, who may change the integration now; 2 the provider's account is the asker's still; 3 so is
    /// the UEM's account, by name and id, and it is active.
    /// </summary>
    private static async Task<Results<Ok<AdministratorLink>, NotFound, ProblemHttpResult>> ConfirmAsync(
        Guid id,
        Guid requestId,
        HttpContext context,
        PicketDbContext db,
        ChangeGate gate,
        AdminReader reader,
        AuditLog audit,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        var request = await LinkRequests
            .Open(db, id, now)
            .SingleOrDefaultAsync(row => row.Id == requestId, cancellation);
        if (request is null || await IntegrationStore.FindAsync(db, id, cancellation) is not { } integration)
        {
            return TypedResults.NotFound();
        }

        var refused =
            await NotByThemAsync(db, request, integration, context, gate, cancellation)
            ?? await gate.RefusalAsync(context, integration, cancellation); // 1
        if (refused is not null)
        {
            return refused;
        }

        if (!await LinkRequests.IsBoundAsync(db, request.PersonId, (request.Issuer, request.Subject), cancellation)) // 2
        {
            return LinkProblems.NoLongerBound();
        }

        var reading = await reader.AsSavedAsync(integration, request.UserName, cancellation); // 3
        if (Same(reading, request) is not { } account)
        {
            return reading is AdminReading.NoAnswer no
                ? LinkProblems.NotReadable(no.Cause)
                : LinkProblems.NoLongerThere();
        }

        if (account.Active is not true)
        {
            return LinkProblems.NotActive();
        }

        var holder = await PersonClaims.ActorAsync(db, request.PersonId, cancellation);
        var (link, taken) = await AdminLinks.AddAsync(
            db,
            integration,
            request.PersonId,
            account,
            new LinkProof(LinkProof.Confirmed, request.Issuer, request.Subject, holder),
            AuditLog.ActorOf(context.User),
            audit,
            now,
            cancellation
        );
        if (link is null)
        {
            return taken!;
        }

        db.LinkRequests.Remove(request);
        return await LinkEndpoints.SaveAsync(db, cancellation)
            ? TypedResults.Ok(ChangeStanding.Of(link, await NameAsync(db, link.PersonId, cancellation)))
            : LinkProblems.Taken();
    }

    /// <summary>Not oneself, and nobody whom the server's host alone let in: whoever confirms is linked.</summary>
    private static async Task<ProblemHttpResult?> NotByThemAsync(
        PicketDbContext db,
        LinkRequestRow request,
        IntegrationRow integration,
        HttpContext context,
        ChangeGate gate,
        CancellationToken cancellation
    )
    {
        var person = context.User.PersonId();
        if (request.PersonId == person)
        {
            return LinkProblems.OwnRequest();
        }

        return await AdminLinks.StandingAsync(db, integration.Id, person, cancellation) is null
            ? await gate.RefuseUnlinkedAsync(context, integration, cancellation)
            : null;
    }

    private static AdminAccount? Same(AdminReading reading, LinkRequestRow request) =>
        reading is AdminReading.Found { Account: var account } && account.Uuid == request.AdminUuid ? account : null;

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> DeclineAsync(
        Guid id,
        Guid requestId,
        HttpContext context,
        PicketDbContext db,
        AuditLog audit,
        Refusals refusals,
        CancellationToken cancellation
    )
    {
        var request = await db.LinkRequests.SingleOrDefaultAsync(
            row => row.Id == requestId && row.IntegrationId == id,
            cancellation
        );
        if (request is null)
        {
            return TypedResults.NotFound();
        }

        if (request.PersonId != context.User.PersonId() && !context.User.May(Right.ChangeSettings, id))
        {
            await refusals.RecordAsync(context);
            return TypedResults.Problem(Refusals.Explain(context.User, Right.ChangeSettings));
        }

        db.LinkRequests.Remove(request);
        audit.Add(
            db,
            AuditLog.ActorOf(context.User),
            "link.declined",
            $"{id}",
            new { Request = request.Id, By = await PersonClaims.ActorAsync(db, request.PersonId, cancellation) }
        );
        await db.SaveChangesAsync(cancellation);
        return TypedResults.NoContent();
    }

    private static async Task<string> NameAsync(PicketDbContext db, Guid person, CancellationToken cancellation) =>
        await db.Persons.Where(row => row.Id == person).Select(row => row.UserName).SingleAsync(cancellation) ?? "";
}
