using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Storage;

namespace Picket.Server.People;

/// <summary>What a request knows of a person: the id, and the roles of this moment.</summary>
internal static class PersonClaims
{
    /// <returns>Null where the person is deactivated or gone.</returns>
    public static async Task<IReadOnlyList<Claim>?> OfAsync(
        PicketDbContext db,
        Guid person,
        CancellationToken cancellation
    )
    {
        var active = await db.Persons.AnyAsync(row => row.Id == person && row.DeactivatedAt == null, cancellation);
        if (!active)
        {
            return null;
        }

        var roles = await db
            .Memberships.AsNoTracking()
            .Where(row => row.PersonId == person)
            .OrderBy(row => row.Id)
            .ToListAsync(cancellation);
        return [new Claim(PicketClaims.PersonId, person.ToString()), .. roles.Select(row => Caller.ClaimOf(row.Grant))];
    }

    /// <summary>As the audit names the person.</summary>
    public static async Task<string> ActorAsync(PicketDbContext db, Guid person, CancellationToken cancellation) =>
        AuditLog.ActorOfPerson(
            await db
                .AuditPersons.Where(row => row.PersonId == person)
                .Select(row => (Guid?)row.Id)
                .SingleOrDefaultAsync(cancellation)
        );
}
