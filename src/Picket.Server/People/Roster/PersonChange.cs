using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Core.Identity;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Commands;
using Picket.Server.Storage;

namespace Picket.Server.People;

/// <summary>Changes of a person by somebody else, each with its entry in the audit. Whether they may was asked before.</summary>
internal sealed class PersonChange(
    PicketDbContext db,
    Roster roster,
    Sessions sessions,
    Refusals refusals,
    AuditLog audit,
    TimeProvider time
)
{
    /// <summary>Who tries what they may not is worth knowing.</summary>
    public async Task<ProblemHttpResult> RefuseAsync(HttpContext context, string why)
    {
        await refusals.RecordAsync(context);
        return PersonProblems.NotAllowed(why);
    }

    public Task<ProblemHttpResult?> GiveAsync(
        HttpContext context,
        Listed person,
        Grant wanted,
        MembershipRow? before,
        CancellationToken cancellation
    ) =>
        roster.ChangeAsync(
            async () =>
            {
                if (before is not null)
                {
                    await DropMadeAsync(person, cancellation);
                }

                await DropAtAsync(person, wanted.Integration, cancellation);
                db.Memberships.Add(
                    new MembershipRow
                    {
                        Id = Guid.CreateVersion7(time.GetUtcNow()),
                        PersonId = person.Person.Id,
                        Role = wanted.Role,
                        IntegrationId = wanted.Integration,
                        GivenBy = AuditLog.ActorOf(context.User),
                        GivenAt = time.GetUtcNow(),
                    }
                );
                Record(context, "person.role-given", person, Said(before?.Grant), Said(wanted));
            },
            cancellation
        );

    public Task<ProblemHttpResult?> TakeAsync(
        HttpContext context,
        Listed person,
        MembershipRow taken,
        CancellationToken cancellation
    ) =>
        roster.ChangeAsync(
            async () =>
            {
                await DropMadeAsync(person, cancellation);
                await DropAtAsync(person, taken.IntegrationId, cancellation);
                Record(context, "person.role-taken", person, Said(taken.Grant), null);
            },
            cancellation
        );

    /// <summary>Sessions, tokens and invitations end for good: who is let in again begins anew.</summary>
    public Task<ProblemHttpResult?> DeactivateAsync(
        HttpContext context,
        Listed person,
        CancellationToken cancellation
    ) =>
        roster.ChangeAsync(
            async () =>
            {
                var (id, now) = (person.Person.Id, time.GetUtcNow());
                await SetDeactivatedAsync(id, person.Person.DeactivatedAt ?? now, cancellation);
                await sessions.EndAsync(db, id, session: null, except: null, cancellation);
                await db
                    .ApiTokens.Where(row => row.PersonId == id && row.RevokedAt == null)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedAt, now), cancellation);
                await DropLinksAsync(person, cancellation);
                Record(context, "person.deactivated", person, null, null);
            },
            cancellation
        );

    public Task<ProblemHttpResult?> ReactivateAsync(
        HttpContext context,
        Listed person,
        CancellationToken cancellation
    ) =>
        roster.ChangeAsync(
            async () =>
            {
                await SetDeactivatedAsync(person.Person.Id, null, cancellation);
                Record(context, "person.reactivated", person, null, null);
            },
            cancellation
        );

    public async Task<ProblemHttpResult?> ResetSecondFactorAsync(
        HttpContext context,
        Listed person,
        CancellationToken cancellation
    )
    {
        if (!person.Person.TwoFactorEnabled)
        {
            return PersonProblems.NoSecondFactor();
        }

        return await roster.ChangeAsync(
            async () =>
            {
                await SecondFactor.RemoveAsync(db, person.Person.Id, cancellation);
                Record(context, "person.second-factor-reset", person, null, null);
            },
            cancellation
        );
    }

    /// <summary>What was done stays in the audit; who did it is gone (law 8).</summary>
    public Task<ProblemHttpResult?> EraseAsync(HttpContext context, Listed person, CancellationToken cancellation) =>
        roster.ChangeAsync(
            async () =>
            {
                var id = person.Person.Id;
                Record(context, "person.erased", person, null, null);
                await db.SaveChangesAsync(cancellation); // Before the caller's own name goes, where it is theirs.
                await db.Memberships.Where(row => row.PersonId == id).ExecuteDeleteAsync(cancellation);
                await db.Sessions.Where(row => row.PersonId == id).ExecuteDeleteAsync(cancellation);
                await db.ApiTokens.Where(row => row.PersonId == id).ExecuteDeleteAsync(cancellation);
                await DropLinksAsync(person, cancellation);
                await db.RecoveryCodes.Where(row => row.PersonId == id).ExecuteDeleteAsync(cancellation);
                await db.PersonLogins.Where(row => row.UserId == id).ExecuteDeleteAsync(cancellation);
                await db.AdminLinks.Where(row => row.PersonId == id).ExecuteDeleteAsync(cancellation);
                await db.LinkRequests.Where(row => row.PersonId == id).ExecuteDeleteAsync(cancellation);
                await db.ProofTries.Where(row => row.PersonId == id).ExecuteDeleteAsync(cancellation);
                await DeviceCommandRow.ForgetAsync(db, id, cancellation);
                await AuditNames.EraseAsync(db, id, cancellation);
                await db.Persons.Where(row => row.Id == id).ExecuteDeleteAsync(cancellation);
            },
            cancellation
        );

    private Task<int> SetDeactivatedAsync(Guid person, DateTimeOffset? at, CancellationToken cancellation) =>
        db
            .Persons.Where(row => row.Id == person)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.DeactivatedAt, at), cancellation);

    /// <summary>All of the place: of two who give a role there at the same moment the later one counts.</summary>
    private Task<int> DropAtAsync(Listed person, Guid? integration, CancellationToken cancellation) =>
        db
            .Memberships.Where(row => row.PersonId == person.Person.Id && row.IntegrationId == integration)
            .ExecuteDeleteAsync(cancellation);

    /// <summary>What the person handed out under a role ends with it: else it would be a way back to it.</summary>
    private Task<int> DropMadeAsync(Listed person, CancellationToken cancellation) =>
        db.OneTimeLinks.Where(row => row.InvitedBy == person.Actor).ExecuteDeleteAsync(cancellation);

    /// <summary>Those made for the person, and the invitations that the person left behind.</summary>
    private Task<int> DropLinksAsync(Listed person, CancellationToken cancellation) =>
        db
            .OneTimeLinks.Where(row => row.PersonId == person.Person.Id || row.InvitedBy == person.Actor)
            .ExecuteDeleteAsync(cancellation);

    private void Record(HttpContext context, string action, Listed person, object? before, object? after) =>
        audit.Add(db, AuditLog.ActorOf(context.User), action, person.Actor, before, after);

    private static object? Said(Grant? grant) =>
        grant is null ? null : new { Role = grant.Role.ToString(), grant.Integration };
}
