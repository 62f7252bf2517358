using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Core.Identity;
using Picket.Server.Audit;
using Picket.Server.Storage;

namespace Picket.Server.Integrations;

/// <summary>On what a link rests, and how the audit calls it.</summary>
/// <param name="Holder">Who is linked, as the audit calls them, where somebody else confirmed it.</param>
internal sealed record LinkProof(string Action, string? Issuer = null, string? Subject = null, string? Holder = null)
{
    /// <summary>The audit's word for a link that somebody else confirmed; what is kept names the holder.</summary>
    public const string Confirmed = "link.confirmed";

    public static readonly LinkProof Password = new("link.proven");
}

/// <summary>Keeps who is linked to which account of the UEM.</summary>
internal static class AdminLinks
{
    /// <summary>Adds a proven link, with its entry in the audit, to the unit of work; the one before is replaced.</summary>
    /// <returns>The refusal, when the account stands for somebody else.</returns>
    public static async Task<(AdminLinkRow? Link, ProblemHttpResult? Refusal)> AddAsync(
        PicketDbContext db,
        IntegrationRow integration,
        Guid person,
        AdminAccount account,
        LinkProof proof,
        string actor,
        AuditLog audit,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        if (await db.AdminLinks.AnyAsync(row => row.AdminUuid == account.Uuid && row.PersonId != person, cancellation))
        {
            return (null, LinkProblems.Taken());
        }

        var old = await db.AdminLinks.SingleOrDefaultAsync(
            row => row.IntegrationId == integration.Id && row.PersonId == person,
            cancellation
        );
        if (old is not null)
        {
            db.AdminLinks.Remove(old);
        }

        var row = db
            .AdminLinks.Add(
                new AdminLinkRow
                {
                    Id = Guid.CreateVersion7(now),
                    IntegrationId = integration.Id,
                    PersonId = person,
                    AdminUuid = account.Uuid,
                    UserName = account.UserName,
                    LinkedAt = now,
                    ReadAt = now,
                }
            )
            .Entity;
        var decision = ChangeAuthority.Decide(
            new ChangeActor.Person(account.Uuid),
            ChangeGate.Target(integration),
            new AdminReading.Found(account)
        );
        (row.Refusal, row.Reason) = (decision.Refusal, decision.Reason);
        (row.Issuer, row.Subject) = (proof.Issuer, proof.Subject);
        audit.Add(db, actor, proof.Action, $"{integration.Id}", Said(old?.Id), new { Link = row.Id, proof.Holder });
        return (row, null);
    }

    /// <summary>
    /// A link as the audit calls it: by its own id. The account's would name its holder also when the person was erased
    /// (law 8), since the inventory knows the account.
    /// </summary>
    public static object? Said(Guid? link) => link is { } id ? new { Link = id } : null;

    /// <summary>
    /// The link that counts for a person now. One that rests on a provider's word counts only while the person is bound to
    /// the same issuer and subject.
    /// </summary>
    public static Task<AdminLinkRow?> StandingAsync(
        PicketDbContext db,
        Guid integration,
        Guid? person,
        CancellationToken cancellation
    ) =>
        db
            .AdminLinks.AsNoTracking()
            .SingleOrDefaultAsync(
                row =>
                    row.IntegrationId == integration
                    && row.PersonId == person
                    && (
                        row.Issuer == null
                        || db.PersonLogins.Any(login =>
                            login.UserId == row.PersonId
                            && login.LoginProvider == row.Issuer
                            && login.ProviderKey == row.Subject
                        )
                    ),
                cancellation
            );
}
