using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Storage;

namespace Picket.Server.Integrations;

/// <summary>What became of asking to be linked; the integration's page says it in words.</summary>
public enum LinkAsked
{
    /// <summary>It waits for somebody who is linked already.</summary>
    Waits,

    /// <summary>The provider's account is not the one that the person is bound to here.</summary>
    NotBound,
    NotVerified,
    Nobody,
    Several,

    /// <summary>It is the account that Picket itself signs in with.</summary>
    PicketsOwn,

    /// <summary>Somebody else is linked to the account.</summary>
    Taken,
    NotRead,
}

/// <summary>
/// Asks to be linked to the one UEM account that carries a person's verified address (law 6): 1 the provider's account is
/// the one that the person is bound to, 2 the UEM shows one account with that address, 3 which may be linked. The address
/// is a hint and no proof, so somebody who is linked already confirms it.
/// </summary>
internal sealed class LinkRequests(PicketDatabase database, AdminReader reader, AuditLog audit, TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(7);

    /// <param name="verifiedEmail">Null where the provider does not vouch for it.</param>
    public async Task<LinkAsked> AskAsync(
        ClaimsPrincipal caller,
        Guid integration,
        (string Issuer, string Subject) provider,
        string? verifiedEmail,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var row = await db.Integrations.AsNoTracking().SingleOrDefaultAsync(row => row.Id == integration, cancellation);
        if (row is null)
        {
            return LinkAsked.NotRead;
        }

        var (account, outcome) = await FindAsync(db, row, caller, provider, verifiedEmail, cancellation);
        var actor = AuditLog.ActorOf(caller);
        if (account is null)
        {
            audit.Add(
                db,
                actor,
                "link.refused",
                $"{integration}",
                after: new { Why = $"{outcome}" },
                outcome: AuditOutcome.Refused
            );
            await db.SaveChangesAsync(cancellation);
            return outcome;
        }

        var (person, now) = (caller.PersonId()!.Value, time.GetUtcNow());
        await using var transaction = await DurableTransaction.BeginAsync(db, cancellation);
        await db
            .LinkRequests.Where(each => each.IntegrationId == integration && each.PersonId == person)
            .ExecuteDeleteAsync(cancellation);
        var request = db
            .LinkRequests.Add(
                new LinkRequestRow
                {
                    Id = Guid.CreateVersion7(now),
                    IntegrationId = integration,
                    PersonId = person,
                    AdminUuid = account.Uuid,
                    UserName = account.UserName,
                    Issuer = provider.Issuer,
                    Subject = provider.Subject,
                    AskedAt = now,
                    ExpiresAt = now + Life,
                }
            )
            .Entity;
        audit.Add(db, actor, "link.asked", $"{integration}", after: new { Request = request.Id });
        if (await LinkEndpoints.SaveAsync(db, cancellation)) // Else the same person asked at the same moment.
        {
            await transaction.CommitAsync(cancellation);
        }

        return LinkAsked.Waits;
    }

    /// <summary>Those that can be confirmed still.</summary>
    public static IQueryable<LinkRequestRow> Open(PicketDbContext db, Guid integration, DateTimeOffset now) =>
        db.LinkRequests.Where(row => row.IntegrationId == integration && row.ExpiresAt > now);

    /// <summary>Whether the provider's account is still the person's own, and the person still here.</summary>
    public static Task<bool> IsBoundAsync(
        PicketDbContext db,
        Guid person,
        (string Issuer, string Subject) provider,
        CancellationToken cancellation
    ) =>
        db.PersonLogins.AnyAsync(
            login =>
                login.UserId == person
                && login.LoginProvider == provider.Issuer
                && login.ProviderKey == provider.Subject
                && db.Persons.Any(row => row.Id == person && row.DeactivatedAt == null),
            cancellation
        );

    private async Task<(AdminAccount? Account, LinkAsked Outcome)> FindAsync(
        PicketDbContext db,
        IntegrationRow row,
        ClaimsPrincipal caller,
        (string Issuer, string Subject) provider,
        string? verifiedEmail,
        CancellationToken cancellation
    )
    {
        var person = caller.PersonId()!.Value;
        if (!await IsBoundAsync(db, person, provider, cancellation)) // 1
        {
            return (null, LinkAsked.NotBound);
        }

        if (verifiedEmail is null)
        {
            return (null, LinkAsked.NotVerified);
        }

        var (listed, _) = await reader.OfAddressAsync(row, verifiedEmail, cancellation);
        if (listed is not { Whole: true, Accounts: var accounts })
        {
            return (null, LinkAsked.NotRead); // Half a listing does not show that there is only one.
        }

        return EmailMatch.Of(verifiedEmail, accounts) switch // 2
        {
            EmailMatch.One { Account: var account } => await MayBeLinkedAsync(db, row, person, account, cancellation), // 3
            EmailMatch.Several => (null, LinkAsked.Several),
            EmailMatch.NotVerified => (null, LinkAsked.NotVerified),
            _ => (null, LinkAsked.Nobody),
        };
    }

    private static async Task<(AdminAccount? Account, LinkAsked Outcome)> MayBeLinkedAsync(
        PicketDbContext db,
        IntegrationRow row,
        Guid person,
        AdminAccount account,
        CancellationToken cancellation
    )
    {
        if (ChangeGate.Target(row).IsOwn(account.UserName))
        {
            return (null, LinkAsked.PicketsOwn);
        }

        return await db.AdminLinks.AnyAsync(
            each => each.AdminUuid == account.Uuid && each.PersonId != person,
            cancellation
        )
            ? (null, LinkAsked.Taken)
            : (account, LinkAsked.Waits);
    }
}
