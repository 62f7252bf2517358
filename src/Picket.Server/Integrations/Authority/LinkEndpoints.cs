using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Integrations;

/// <summary>Linking oneself to a UEM administrator account, and ending that. Ending a link never asks the UEM.</summary>
internal static class LinkEndpoints
{
    public static void MapLinks(this IEndpointRouteBuilder app)
    {
        var own = app.MapGroup("").RequireAuthorization(Policies.Person, Policies.Read);
        own.MapPost(Routes.IntegrationLink, LinkAsync).Limit<DraftLimit>();
        own.MapDelete(Routes.IntegrationLink, UnlinkAsync);
        app.MapGet(Routes.IntegrationLinks, ListAsync);
        app.MapDelete(Routes.IntegrationLinkOf, UnlinkOtherAsync).RequireAuthorization(Policies.ManagePeople);
    }

    private static async Task<Results<Ok<AdministratorLink>, ValidationProblem, ProblemHttpResult>> LinkAsync(
        Guid id,
        AdministratorProof proof,
        HttpContext context,
        PicketDbContext db,
        AdminProofs proofs,
        AdminReader reader,
        UemConnections connections,
        SecretBox secrets,
        AuditLog audit,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        if (await IntegrationStore.FindAsync(db, id, cancellation) is not { } row)
        {
            return IntegrationProblems.NotFound(id);
        }

        var mistakes = new FieldMistakes();
        AdminProofs.Check(proof, "proof", mistakes);
        if (mistakes.Any)
        {
            return TypedResults.ValidationProblem(mistakes.ByField);
        }

        if (row.IsCredentialRefused || secrets.TryOpen(row) is not { } opened)
        {
            return row.IsCredentialRefused
                ? IntegrationProblems.CredentialRefused(row.RefusedReason)
                : IntegrationProblems.SecretsLost();
        }

        var person = context.User.PersonId()!.Value;
        var pacer = connections.PacerOf(row);
        var scene = new ProofScene(
            context,
            person,
            id,
            UemAccess.Of(row, opened),
            pacer,
            (name, token) => reader.AsSavedAsync(row, name, token)
        );
        var (account, refusal) = await proofs.ProveAsync(scene, proof, cancellation);
        if (account is null)
        {
            return refusal!;
        }

        var actor = AuditLog.ActorOf(context.User);
        if (account.Active is not true)
        {
            return await RefuseAsync(LinkProblems.NotActive(), "not active");
        }

        var (link, taken) = await AdminLinks.AddAsync(
            db,
            row,
            person,
            account,
            LinkProof.Password,
            actor,
            audit,
            time.GetUtcNow(),
            cancellation
        );
        if (link is null || !await SaveAsync(db, cancellation))
        {
            return await RefuseAsync(taken ?? LinkProblems.Taken(), "stands for somebody else");
        }

        return TypedResults.Ok(ChangeStanding.Of(link, context.User.Identity?.Name ?? ""));

        async Task<ProblemHttpResult> RefuseAsync(ProblemHttpResult problem, string why)
        {
            db.ChangeTracker.Clear();
            audit.Add(db, actor, "link.refused", $"{id}", after: new { Why = why }, outcome: AuditOutcome.Refused);
            await db.SaveChangesAsync(cancellation);
            return problem;
        }
    }

    /// <summary>Of two who link at the same moment the unique index lets one in.</summary>
    internal static async Task<bool> SaveAsync(PicketDbContext db, CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateException taken) when (taken.IsUniqueViolation())
        {
            return false;
        }
    }

    private static Task<Results<NoContent, NotFound>> UnlinkAsync(
        Guid id,
        HttpContext context,
        PicketDbContext db,
        AuditLog audit,
        CancellationToken cancellation
    ) => EndAsync(id, context.User.PersonId()!.Value, context, db, audit, cancellation);

    private static Task<Results<NoContent, NotFound>> UnlinkOtherAsync(
        Guid id,
        Guid personId,
        HttpContext context,
        PicketDbContext db,
        AuditLog audit,
        CancellationToken cancellation
    ) => EndAsync(id, personId, context, db, audit, cancellation);

    private static async Task<Results<NoContent, NotFound>> EndAsync(
        Guid id,
        Guid person,
        HttpContext context,
        PicketDbContext db,
        AuditLog audit,
        CancellationToken cancellation
    )
    {
        var row = await db.AdminLinks.SingleOrDefaultAsync(
            row => row.IntegrationId == id && row.PersonId == person,
            cancellation
        );
        if (row is null)
        {
            return TypedResults.NotFound();
        }

        db.AdminLinks.Remove(row);
        audit.Add(db, AuditLog.ActorOf(context.User), "link.ended", $"{id}", AdminLinks.Said(row.Id));
        await db.SaveChangesAsync(cancellation);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<Page<AdministratorLink>>> ListAsync(
        Guid id,
        PicketDbContext db,
        string? cursor,
        int? limit,
        CancellationToken cancellation
    )
    {
        var page = await db
            .AdminLinks.AsNoTracking()
            .Where(row => row.IntegrationId == id)
            .ToPageAsync(row => row.Id, Keyset.Parse(cursor), limit, row => row, cancellation);
        var people = page.Items.Select(row => row.PersonId).ToList();
        var names = await db
            .Persons.Where(row => people.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, row => row.UserName ?? "", cancellation);
        return TypedResults.Ok(
            new Page<AdministratorLink>(
                [.. page.Items.Select(row => ChangeStanding.Of(row, names.GetValueOrDefault(row.PersonId, "")))],
                page.Next
            )
        );
    }
}
