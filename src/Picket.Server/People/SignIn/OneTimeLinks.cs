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

/// <summary>What using a link came to: a person, or what has to be typed anew, or why the link is not good.</summary>
internal sealed record Claimed(PersonRow? Person, Dictionary<string, string[]>? Mistakes, DeadLink? Dead)
{
    public static Claimed By(PersonRow person) => new(person, null, null);

    public static Claimed Mistaken(Dictionary<string, string[]> mistakes) => new(null, mistakes, null);

    public static Claimed Not(DeadLink why) => new(null, null, why);
}

/// <summary>
/// Links that make somebody a person, or have a person choose a new password; once. Only a hash of the code is kept.
/// </summary>
internal sealed class OneTimeLinks(
    PicketDbContext db,
    UserManager<PersonRow> persons,
    Sessions sessions,
    AuditLog audit,
    TimeProvider time
)
{
    public static (string Code, byte[] Hash) NewCode()
    {
        var code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return (code, Hash(code));
    }

    /// <summary>Somebody joins with a name and a password of their choice.</summary>
    public Task<Claimed> ClaimAsync(ClaimLink wish, CancellationToken cancellation) =>
        ClaimAsync(
            wish.Code,
            (wish.Name?.Trim() ?? "", wish.Email?.Trim() ?? ""),
            person => persons.CreateAsync(person, wish.Password ?? ""),
            cancellation
        );

    /// <summary>Somebody joins whom the provider vouches for: bound to issuer and subject, without a password.</summary>
    public async Task<Claimed> ClaimAsync(string code, ProviderIdentity who, CancellationToken cancellation)
    {
        var email = who.VerifiedEmail ?? "";
        var name = await FreeNameAsync(PersonRules.NameFrom(who.Name ?? email), cancellation);
        return await ClaimAsync(
            code,
            (name, email),
            person =>
            {
                db.PersonLogins.Add(ProviderSignIn.LoginOf(person.Id, who));
                return persons.CreateAsync(person);
            },
            cancellation
        );
    }

    private async Task<Claimed> ClaimAsync(
        string? code,
        (string Name, string Email) who,
        Func<PersonRow, Task<IdentityResult>> create,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        var hash = Hash(code ?? "");
        var link = await db
            .OneTimeLinks.AsNoTracking()
            .SingleOrDefaultAsync(
                row => row.CodeHash == hash && row.PersonId == null && row.UsedAt == null && row.ExpiresAt > now,
                cancellation
            );
        if (link is null || (link.InvitedBy is null && await db.Persons.AnyAsync(cancellation)))
        {
            await RecordGuessAsync(cancellation);
            return Claimed.Not(DeadLink.Unknown);
        }

        var mistakes = PersonRules.Mistakes(who.Name, who.Email);
        return mistakes.Count > 0 ? Claimed.Mistaken(mistakes) : await UseAsync(link, who, create, now, cancellation);
    }

    private async Task<string> FreeNameAsync(string wanted, CancellationToken cancellation)
    {
        var name = wanted;
        for (var i = 2; await persons.FindByNameAsync(name) is not null && i < 100; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            name = $"{wanted}-{i}";
        }

        return name;
    }

    /// <summary>The link is used up and the person made in one transaction: of two who hold the link one wins.</summary>
    private async Task<Claimed> UseAsync(
        OneTimeLinkRow link,
        (string Name, string Email) who,
        Func<PersonRow, Task<IdentityResult>> create,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        await using var transaction = await DurableTransaction.BeginAsync(db, cancellation);
        if (!await TakeAsync(link.Id, now, cancellation))
        {
            return Claimed.Not(DeadLink.Unknown);
        }

        if (await LinkMakers.RefusalAsync(db, link, cancellation) is { } why)
        {
            return await RefuseAsync(link, why, transaction, cancellation);
        }

        var person = new PersonRow
        {
            Id = Guid.CreateVersion7(now),
            UserName = who.Name,
            Email = who.Email,
            CreatedAt = now,
            LastSignInAt = now,
        };
        var made = await create(person);
        if (!made.Succeeded)
        {
            return Claimed.Mistaken(PersonRules.Mistakes(made)); // The link remains good: nothing is committed.
        }

        var audited = new AuditPersonRow { Id = Guid.NewGuid(), PersonId = person.Id };
        var actor = AuditLog.ActorOfPerson(audited.Id);
        var role = new MembershipRow
        {
            Id = Guid.CreateVersion7(now),
            PersonId = person.Id,
            Role = link.Role!.Value,
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
        return Claimed.By(person);
    }

    /// <summary>Sets the password that somebody chose by the link that was made for them.</summary>
    public async Task<Claimed> SetPasswordAsync(SetPassword wish, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var hash = Hash(wish.Code ?? "");
        await using var transaction = await DurableTransaction.BeginAsync(db, cancellation);
        var link = await db
            .OneTimeLinks.AsNoTracking()
            .SingleOrDefaultAsync(
                row => row.CodeHash == hash && row.PersonId != null && row.UsedAt == null && row.ExpiresAt > now,
                cancellation
            );
        var person = link is null
            ? null
            : await db.Persons.SingleOrDefaultAsync(
                row => row.Id == link.PersonId && row.DeactivatedAt == null,
                cancellation
            );
        if (person is null || !await TakeAsync(link!.Id, now, cancellation))
        {
            await RecordGuessAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            return Claimed.Not(DeadLink.Unknown);
        }

        if (await LinkMakers.RefusalAsync(db, link, cancellation) is { } why)
        {
            return await RefuseAsync(link, why, transaction, cancellation);
        }

        person.PasswordHash = null;
        (person.AccessFailedCount, person.LockoutEnd) = (0, null);
        var set = await persons.AddPasswordAsync(person, wish.Password ?? "");
        if (!set.Succeeded)
        {
            return Claimed.Mistaken(PersonRules.Mistakes(set)); // The link remains good: nothing is committed.
        }

        await EndAsync(person.Id, now, cancellation);
        var actor = await PersonClaims.ActorAsync(db, person.Id, cancellation);
        audit.Add(db, actor, "person.password-set", actor, after: new { LinkMadeBy = link.InvitedBy });
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return Claimed.By(person);
    }

    /// <summary>
    /// Whoever made the link could have used it: what the person had proven, and where they were signed in, ends with the
    /// old password.
    /// </summary>
    private async Task EndAsync(Guid person, DateTimeOffset now, CancellationToken cancellation)
    {
        await sessions.EndAsync(db, person, session: null, except: null, cancellation);
        await db
            .ApiTokens.Where(row => row.PersonId == person && row.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedAt, now), cancellation);
        await db.PersonLogins.Where(row => row.UserId == person).ExecuteDeleteAsync(cancellation);
        await db.AdminLinks.Where(row => row.PersonId == person).ExecuteDeleteAsync(cancellation);
        await db.LinkRequests.Where(row => row.PersonId == person).ExecuteDeleteAsync(cancellation);
        await db
            .OneTimeLinks.Where(row => row.PersonId == person && row.UsedAt == null)
            .ExecuteDeleteAsync(cancellation);
    }

    /// <returns>False where somebody else was faster.</returns>
    private async Task<bool> TakeAsync(Guid link, DateTimeOffset now, CancellationToken cancellation) =>
        await db
            .OneTimeLinks.Where(row => row.Id == link && row.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.UsedAt, now), cancellation) == 1;

    /// <summary>For good: a link that its maker gets the right back to must not come to life again.</summary>
    private async Task<Claimed> RefuseAsync(
        OneTimeLinkRow link,
        DeadLink why,
        DurableTransaction transaction,
        CancellationToken cancellation
    )
    {
        audit.Add(
            db,
            AuditLog.Nobody,
            "one-time-link.refused",
            $"{link.Id}",
            after: new { MadeBy = link.InvitedBy, Reason = $"{why}" },
            outcome: AuditOutcome.Refused
        );
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return Claimed.Not(why);
    }

    private Task<int> RecordGuessAsync(CancellationToken cancellation)
    {
        audit.Add(db, AuditLog.Nobody, "one-time-link.refused", outcome: AuditOutcome.Refused); // Somebody may be guessing.
        return db.SaveChangesAsync(cancellation);
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
