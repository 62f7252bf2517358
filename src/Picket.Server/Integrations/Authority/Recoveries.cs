using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Storage;

namespace Picket.Server.Integrations;

/// <summary>The days on which the UEM is gone and an integration has to be changed without it.</summary>
internal static class Recoveries
{
    public static Task<bool> IsLetInAsync(
        PicketDbContext db,
        Guid integration,
        Guid person,
        DateTimeOffset now,
        CancellationToken cancellation
    ) =>
        db.Recoveries.AnyAsync(
            row => row.IntegrationId == integration && row.PersonId == person && row.EndsAt > now,
            cancellation
        );

    public static async Task<RecoveryView?> UnacknowledgedAsync(
        PicketDbContext db,
        Guid integration,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var row = await db
            .Recoveries.AsNoTracking()
            .Where(row => row.IntegrationId == integration && row.AcknowledgedAt == null)
            .OrderByDescending(row => row.Id)
            .FirstOrDefaultAsync(cancellation);
        return row is null ? null : Of(row, await NameAsync(db, row.PersonId, cancellation), now);
    }

    public static RecoveryView Of(RecoveryRow row, string person, DateTimeOffset now) =>
        new(row.Id, person, row.Reason, row.StartedAt, row.EndsAt, row.EndsAt > now, row.AcknowledgedAt);

    public static async Task<string> NameAsync(PicketDbContext db, Guid person, CancellationToken cancellation) =>
        await db.Persons.Where(row => row.Id == person).Select(row => row.UserName).SingleOrDefaultAsync(cancellation)
        ?? "somebody who is gone";
}
