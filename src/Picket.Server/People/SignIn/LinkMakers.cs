using Microsoft.EntityFrameworkCore;
using Picket.Core.Identity;
using Picket.Server.Audit;
using Picket.Server.Storage;

namespace Picket.Server.People;

/// <summary>Why a link is not good.</summary>
public enum DeadLink
{
    /// <summary>Unknown, used or expired: which of them is nobody's business.</summary>
    Unknown,
    MakerGone,
    MakerMayNot,
}

/// <summary>
/// Whoever made a link must be able to give what it gives at the moment it is used, too: it may have been made while the
/// role behind it was being taken, or for somebody who has become more since.
/// </summary>
internal static class LinkMakers
{
    /// <returns>Null where the link is good.</returns>
    public static async Task<DeadLink?> RefusalAsync(
        PicketDbContext db,
        OneTimeLinkRow link,
        CancellationToken cancellation
    )
    {
        if (link.InvitedBy is null or AuditLog.Host)
        {
            return null; // Whoever owns the server's host needs no role.
        }

        if (await FindAsync(db, link.InvitedBy, cancellation) is not { } maker)
        {
            return DeadLink.MakerGone;
        }

        var grants = await GrantsAsync(db, maker, cancellation);
        var refusal = link.PersonId is { } person
            ? Appointment.Refusal(grants, (await GrantsAsync(db, person, cancellation)).Given)
            : Appointment.Refusal(grants, new Grant(link.Role!.Value, link.IntegrationId));
        return refusal is null ? null : DeadLink.MakerMayNot;
    }

    public static string? Said(DeadLink why) =>
        why switch
        {
            DeadLink.MakerGone => "Whoever made it is not here any more.",
            DeadLink.MakerMayNot => "Whoever made it may not give what it gives any more.",
            _ => null,
        };

    private static async Task<Guid?> FindAsync(PicketDbContext db, string actor, CancellationToken cancellation) =>
        actor.StartsWith(AuditLog.PersonPrefix, StringComparison.Ordinal)
        && Guid.TryParse(actor.AsSpan(AuditLog.PersonPrefix.Length), out var id)
            ? await db
                .AuditPersons.Where(row =>
                    row.Id == id && db.Persons.Any(person => person.Id == row.PersonId && person.DeactivatedAt == null)
                )
                .Select(row => (Guid?)row.PersonId)
                .SingleOrDefaultAsync(cancellation)
            : null;

    private static async Task<Grants> GrantsAsync(PicketDbContext db, Guid person, CancellationToken cancellation)
    {
        var roles = await db.Memberships.AsNoTracking().Where(row => row.PersonId == person).ToListAsync(cancellation);
        return new Grants([.. roles.Select(row => row.Grant)]);
    }
}
