using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Integrations;

/// <summary>Recoveries are started at the server's own host alone; here they are seen and acknowledged.</summary>
internal static class RecoveryEndpoints
{
    public static void MapRecoveries(this IEndpointRouteBuilder app)
    {
        app.MapGet(Routes.IntegrationRecoveries, ListAsync);
        app.MapPost(Routes.IntegrationRecoveryAcknowledge, AcknowledgeAsync)
            .RequireAuthorization(Policies.ChangeSettings);
    }

    private static async Task<Ok<Page<RecoveryView>>> ListAsync(
        Guid id,
        PicketDbContext db,
        TimeProvider time,
        string? cursor,
        int? limit,
        CancellationToken cancellation
    )
    {
        var page = await db
            .Recoveries.AsNoTracking()
            .Where(row => row.IntegrationId == id)
            .ToPageAsync(row => row.Id, Keyset.Parse(cursor), limit, row => row, cancellation, newestFirst: true);
        var views = new List<RecoveryView>();
        foreach (var row in page.Items)
        {
            views.Add(Recoveries.Of(row, await Recoveries.NameAsync(db, row.PersonId, cancellation), time.GetUtcNow()));
        }

        return TypedResults.Ok(new Page<RecoveryView>(views, page.Next));
    }

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> AcknowledgeAsync(
        Guid id,
        Guid recoveryId,
        HttpContext context,
        PicketDbContext db,
        AuditLog audit,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        var row = await db.Recoveries.SingleOrDefaultAsync(
            row => row.Id == recoveryId && row.IntegrationId == id && row.AcknowledgedAt == null,
            cancellation
        );
        if (row is null)
        {
            return TypedResults.NotFound();
        }

        if (row.EndsAt > now)
        {
            return IntegrationProblems.Of(
                409,
                "The recovery lasts still",
                $"It ends at {row.EndsAt.UtcDateTime:u}. Until then it stays in sight.",
                "Acknowledge it afterwards."
            );
        }

        row.AcknowledgedAt = now;
        audit.Add(db, AuditLog.ActorOf(context.User), "recovery.acknowledged", $"{id}", after: new { recoveryId });
        await db.SaveChangesAsync(cancellation);
        return TypedResults.NoContent();
    }
}
