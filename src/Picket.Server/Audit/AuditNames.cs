using Microsoft.EntityFrameworkCore;
using Picket.Server.Storage;

namespace Picket.Server.Audit;

/// <summary>
/// Who stands behind the random ids by which the audit names people, and how that is forgotten (law 8); and what its
/// entries are about.
/// </summary>
public static class AuditNames
{
    /// <summary>From now on nobody can tell whose entries these were. The chain does not change.</summary>
    /// <returns>False where nothing was mapped.</returns>
    public static async Task<bool> EraseAsync(PicketDbContext db, Guid person, CancellationToken cancellation) =>
        await db.AuditPersons.Where(row => row.PersonId == person).ExecuteDeleteAsync(cancellation) > 0;

    /// <summary>Names of the actors of some entries, as far as they are known: people and tokens.</summary>
    internal static async Task<Dictionary<string, string>> OfAsync(
        PicketDbContext db,
        IEnumerable<string> actors,
        CancellationToken cancellation
    )
    {
        var wanted = actors.Distinct().ToList();
        var people = Ids(wanted, AuditLog.PersonPrefix);
        var tokens = Ids(wanted, AuditLog.TokenPrefix);
        var names = new Dictionary<string, string>();
        var known =
            from mapping in db.AuditPersons
            where people.Contains(mapping.Id)
            join person in db.Persons on mapping.PersonId equals person.Id
            select new { mapping.Id, person.UserName };
        foreach (var row in await known.ToListAsync(cancellation))
        {
            names[AuditLog.ActorOfPerson(row.Id)] = row.UserName ?? "";
        }

        foreach (
            var row in await db
                .ApiTokens.Where(row => tokens.Contains(row.Id))
                .Select(row => new
                {
                    row.Id,
                    row.Name,
                    row.PersonId,
                    // Named after its person, it would tell what was erased.
                    Known = db.AuditPersons.Any(mapping => mapping.PersonId == row.PersonId),
                })
                .ToListAsync(cancellation)
        )
        {
            if (row.PersonId is null || row.Known)
            {
                names[AuditLog.ActorOf(row.Id)] = row.Name;
            }
        }

        return names;
    }

    /// <summary>Names of the feeds and integrations that entries are about. People are not among them: see law 8.</summary>
    internal static async Task<Dictionary<string, string>> OfSubjectsAsync(
        PicketDbContext db,
        IEnumerable<string?> subjects,
        CancellationToken cancellation
    )
    {
        var wanted = Ids([.. subjects.OfType<string>().Distinct()], "");
        var feeds = db.Feeds.Where(row => wanted.Contains(row.Id)).Select(row => new { row.Id, row.Name });
        var integrations = db
            .Integrations.Where(row => wanted.Contains(row.Id))
            .Select(row => new { row.Id, row.Name });
        return (await feeds.Concat(integrations).ToListAsync(cancellation)).ToDictionary(
            row => row.Id.ToString(),
            row => row.Name
        );
    }

    private static List<Guid> Ids(List<string> actors, string prefix) =>
        [
            .. actors
                .Where(actor => actor.StartsWith(prefix, StringComparison.Ordinal))
                .Select(actor => Guid.TryParse(actor.AsSpan(prefix.Length), out var id) ? id : Guid.Empty),
        ];
}
