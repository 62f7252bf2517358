using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Core.Identity;
using Picket.Server.Audit;
using Picket.Server.Storage;

namespace Picket.Server.Integrations;

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

        var row = await db.AdminLinks.SingleOrDefaultAsync(
            row => row.IntegrationId == integration.Id && row.PersonId == person,
            cancellation
        );
        var before = row is null ? null : new { Account = row.AdminUuid };
        row ??= db
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
        (row.AdminUuid, row.UserName, row.LinkedAt, row.ReadAt) = (account.Uuid, account.UserName, now, now);
        (row.Refusal, row.Reason) = (decision.Refusal, decision.Reason);
        audit.Add(db, actor, "link.proven", $"{integration.Id}", before, new { Account = account.Uuid });
        return (row, null);
    }
}
