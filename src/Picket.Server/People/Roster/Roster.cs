using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Core.Identity;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Storage;

namespace Picket.Server.People;

/// <summary>A person with the roles that whoever asks may see, and the name of the person in the audit.</summary>
internal sealed record Listed(PersonRow Person, IReadOnlyList<MembershipRow> Roles, string Actor)
{
    public IEnumerable<Grant> Grants => Roles.Select(role => role.Grant);
}

/// <summary>Finds people for those who may see them, and changes them so that an owner is always left.</summary>
internal sealed class Roster(PicketDbContext db)
{
    private const int MostNamed = 10;

    /// <summary>Everybody, or who has a role where the caller reads the audit: it names them anyway.</summary>
    public IQueryable<PersonRow> Visible(Grants caller) =>
        caller.Where(Right.ReadAudit) is { } places
            ? db.Persons.Where(person => Roles(places).Any(role => role.PersonId == person.Id))
            : db.Persons;

    public async Task<Listed?> FindAsync(Guid id, Grants caller, CancellationToken cancellation)
    {
        var person = await Visible(caller).AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        return person is null
            ? null
            : new Listed(
                person,
                await RolesAsync([id], caller, cancellation),
                await PersonClaims.ActorAsync(db, id, cancellation)
            );
    }

    /// <summary>Roles of people, as far as the caller may see them.</summary>
    public Task<List<MembershipRow>> RolesAsync(
        IReadOnlyCollection<Guid> people,
        Grants caller,
        CancellationToken cancellation
    )
    {
        var rows = caller.Where(Right.ReadAudit) is { } places ? Roles(places) : db.Memberships;
        return rows.AsNoTracking()
            .Where(row => people.Contains(row.PersonId))
            .OrderBy(row => row.Id)
            .ToListAsync(cancellation);
    }

    /// <summary>Makes a change, and takes it back where it would leave no owner.</summary>
    /// <returns>Null when it is made.</returns>
    public async Task<ProblemHttpResult?> ChangeAsync(Func<Task> change, CancellationToken cancellation)
    {
        await using var transaction = await DurableTransaction.BeginAsync(db, cancellation);
        // Owners who take the role off each other at the same moment wait for each other here.
        await Owners.ExecuteUpdateAsync(set => set.SetProperty(row => row.GivenAt, row => row.GivenAt), cancellation);
        await change();
        await db.SaveChangesAsync(cancellation);
        if (!await Owners.AnyAsync(IsActive, cancellation))
        {
            return PersonProblems.LastOwner();
        }

        await transaction.CommitAsync(cancellation);
        return null;
    }

    public Task<List<string>> OwnerNamesAsync(CancellationToken cancellation) =>
        db
            .Persons.Where(person => person.DeactivatedAt == null && Owners.Any(role => role.PersonId == person.Id))
            .OrderBy(person => person.UserName)
            .Select(person => person.UserName!)
            .Take(MostNamed)
            .ToListAsync(cancellation);

    private IQueryable<MembershipRow> Owners => db.Memberships.Where(row => row.Role == Role.Owner);

    private System.Linq.Expressions.Expression<Func<MembershipRow, bool>> IsActive =>
        row => db.Persons.Any(person => person.Id == row.PersonId && person.DeactivatedAt == null);

    /// <summary>Those at all integrations reach these, too.</summary>
    private IQueryable<MembershipRow> Roles(IReadOnlyList<Guid> places) =>
        db.Memberships.Where(row => row.IntegrationId == null || places.Contains(row.IntegrationId.Value));
}
