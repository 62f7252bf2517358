using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Audit;

public static class AuditSlice
{
    public static void AddAudit(this IServiceCollection services) => services.AddSingleton<AuditLog>();

    public static void MapAudit(this WebApplication app) =>
        app.MapGet(Routes.Audit, ListAsync).RequireAuthorization(Policies.ReadAudit);

    private static async Task<Ok<Page<AuditEntry>>> ListAsync(
        [AsParameters] AuditFilter filter,
        PicketDbContext db,
        CancellationToken cancellation
    )
    {
        var rows = db.Audit.AsNoTracking();
        if (filter.Action is { } action)
        {
            rows = rows.Where(row => row.Action.StartsWith(action));
        }

        if (filter.From is { } from)
        {
            rows = rows.Where(row => row.At >= from);
        }

        if (filter.To is { } to)
        {
            rows = rows.Where(row => row.At < to);
        }

        var names = await db.ApiTokens.ToDictionaryAsync(
            token => AuditLog.ActorOf(token.Id),
            token => token.Name,
            cancellation
        );
        var persons =
            from mapping in db.AuditPersons
            join person in db.Persons on mapping.PersonId equals person.Id
            select new { mapping.Id, person.UserName };
        await foreach (var person in persons.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            names[AuditLog.ActorOfPerson(person.Id)] = person.UserName ?? "";
        }

        return TypedResults.Ok(
            await rows.ToPageAsync(
                row => row.Id,
                Keyset.Parse(filter.Cursor),
                filter.Limit,
                row => View(row, names.GetValueOrDefault(row.Actor)),
                cancellation,
                newestFirst: true
            )
        );
    }

    private static AuditEntry View(AuditEntryRow row, string? actorName) =>
        new(row.Id, row.At, row.Actor, row.Action, row.Subject, row.Outcome, row.Before, row.After)
        {
            ActorName = actorName,
        };
}
