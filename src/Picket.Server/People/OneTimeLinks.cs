using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Server.Audit;
using Picket.Server.Storage;

namespace Picket.Server.People;

/// <summary>What using a link came to: a person, or why not.</summary>
internal sealed record Claimed(PersonRow? Person, MembershipRow? Role, Dictionary<string, string[]>? Mistakes)
{
    /// <summary>Unknown, used or expired: which of them is nobody's business.</summary>
    public static Claimed Dead { get; } = new(null, null, null);
}

/// <summary>Links that make somebody a person, once. Only a hash of the code is kept.</summary>
internal sealed class OneTimeLinks(
    PicketDbContext db,
    UserManager<PersonRow> persons,
    AuditLog audit,
    TimeProvider time
)
{
    public static (string Code, byte[] Hash) NewCode()
    {
        var code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return (code, Hash(code));
    }

    public async Task<Claimed> ClaimAsync(ClaimLink wish, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var hash = Hash(wish.Code ?? "");
        var link = await db
            .OneTimeLinks.AsNoTracking()
            .SingleOrDefaultAsync(
                row => row.CodeHash == hash && row.UsedAt == null && row.ExpiresAt > now,
                cancellation
            );
        if (link is null || (link.InvitedBy is null && await db.Persons.AnyAsync(cancellation)))
        {
            audit.Add(db, AuditLog.Nobody, "one-time-link.refused", outcome: AuditOutcome.Refused); // Somebody may be guessing.
            await db.SaveChangesAsync(cancellation);
            return Claimed.Dead;
        }

        var mistakes = PersonRules.Mistakes(wish.Name, wish.Email);
        if (mistakes.Count > 0)
        {
            return new Claimed(null, null, mistakes);
        }

        return await UseAsync(link, wish, now, cancellation);
    }

    /// <summary>The link is used up and the person made in one transaction: of two who hold the link one wins.</summary>
    private async Task<Claimed> UseAsync(
        OneTimeLinkRow link,
        ClaimLink wish,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        await using var transaction = await DurableTransaction.BeginAsync(db, cancellation);
        var used = await db
            .OneTimeLinks.Where(row => row.Id == link.Id && row.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.UsedAt, now), cancellation);
        if (used == 0)
        {
            return Claimed.Dead;
        }

        var person = new PersonRow
        {
            Id = Guid.CreateVersion7(now),
            UserName = wish.Name.Trim(),
            Email = wish.Email.Trim(),
            CreatedAt = now,
            LastSignInAt = now,
        };
        var made = await persons.CreateAsync(person, wish.Password ?? "");
        if (!made.Succeeded)
        {
            return new Claimed(null, null, PersonRules.Mistakes(made)); // The link remains good: nothing is committed.
        }

        var audited = new AuditPersonRow { Id = Guid.NewGuid(), PersonId = person.Id };
        var actor = AuditLog.ActorOfPerson(audited.Id);
        var role = new MembershipRow
        {
            Id = Guid.CreateVersion7(now),
            PersonId = person.Id,
            Role = link.Role,
            IntegrationId = link.IntegrationId,
            GivenBy = link.InvitedBy ?? actor,
            GivenAt = now,
        };
        db.AddRange(audited, role);
        audit.Add(
            db,
            actor,
            "person.joined",
            actor,
            after: new
            {
                link.Role,
                link.IntegrationId,
                InvitedBy = role.GivenBy,
            }
        );
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new Claimed(person, role, null);
    }

    private static byte[] Hash(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(code));
}

/// <summary>The link of the first start: whoever reads what the server prints makes themselves its owner with it.</summary>
public sealed class FirstOwnerLink(PicketDatabase database, TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(24);

    /// <summary>Makes a new link, and ends the one before.</summary>
    /// <returns>The code; null where somebody exists already.</returns>
    public async Task<(string Code, DateTimeOffset ExpiresAt)?> IssueAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        if (await db.Persons.AnyAsync(cancellation))
        {
            return null;
        }

        var now = time.GetUtcNow();
        var (code, hash) = OneTimeLinks.NewCode();
        await db.OneTimeLinks.Where(row => row.InvitedBy == null).ExecuteDeleteAsync(cancellation);
        db.OneTimeLinks.Add(
            new OneTimeLinkRow
            {
                Id = Guid.CreateVersion7(now),
                CodeHash = hash,
                CreatedAt = now,
                ExpiresAt = now + Life,
                Role = Role.Owner,
            }
        );
        await db.SaveChangesAsync(cancellation);
        return (code, now + Life);
    }
}
