using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Core.Identity;
using Picket.Core.Response;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Integrations;
using Picket.Server.People;
using Picket.Server.Storage;

namespace Picket.Server.Commands;

/// <summary>What is known of people who ask for wipes and approve them (law 4).</summary>
public sealed class WipeParties(
    PicketDatabase database,
    SecondFactorSignIn factors,
    AdminReader admins,
    TimeProvider time
)
{
    /// <summary>What an administrator of people does to another that could make a puppet of them.</summary>
    private static readonly string[] Makings =
    [
        "person.role-given",
        "person.joined",
        "person.reactivated",
        "person.password-link-made",
        "person.password-set",
        "person.second-factor-reset",
    ];

    /// <summary>
    /// Whoever asks now, by the roles that the request began with. The session says when it last showed a second factor: a token
    /// never does.
    /// </summary>
    public static async Task<WipeParty> OfAsync(
        PicketDbContext db,
        ClaimsPrincipal user,
        Guid integration,
        Right right,
        CancellationToken cancellation
    )
    {
        if (user.PersonId() is not { } person)
        {
            return new WipeParty(null, false, false, null, false, null);
        }

        var session = user.SessionId();
        var shown = await db
            .Sessions.Where(row => row.Id == session && row.PersonId == person && row.EndedAt == null)
            .Select(row => row.SecondFactorAt)
            .SingleOrDefaultAsync(cancellation);
        var hasFactor = await db.Persons.AnyAsync(row => row.Id == person && row.TwoFactorEnabled, cancellation);
        var link = await AdminLinks.StandingAsync(db, integration, person, cancellation);
        return new WipeParty(
            person,
            user.IsWholePerson(),
            user.May(right, integration),
            link?.AdminUuid,
            hasFactor,
            shown
        );
    }

    /// <summary>Somebody by what the database says of them at this moment: whether they are here, roles, link, factor.</summary>
    public static async Task<WipeParty> OfAsync(
        PicketDbContext db,
        Guid? person,
        Guid integration,
        Right right,
        CancellationToken cancellation
    )
    {
        var hasFactor = await db
            .Persons.Where(row => row.Id == person && row.DeactivatedAt == null)
            .Select(row => (bool?)row.TwoFactorEnabled)
            .SingleOrDefaultAsync(cancellation);
        var roles = await db.Memberships.AsNoTracking().Where(row => row.PersonId == person).ToListAsync(cancellation);
        var grants = new Grants([.. roles.Select(row => row.Grant)]);
        var link = await AdminLinks.StandingAsync(db, integration, person, cancellation);
        return new WipeParty(
            hasFactor is null ? null : person,
            hasFactor is not null,
            grants.May(right, integration),
            link?.AdminUuid,
            hasFactor is true,
            null
        );
    }

    /// <summary>
    /// Takes a code where one was sent: a browser's session then has shown it for five minutes, a token for this request alone.
    /// </summary>
    public async Task<(WipeParty Party, ProblemHttpResult? Refusal)> ShowAsync(
        WipeParty party,
        ClaimsPrincipal user,
        string? code,
        CancellationToken cancellation
    )
    {
        if (string.IsNullOrWhiteSpace(code) || party is not { Person: { } person, IsWhole: true, HasFactor: true })
        {
            return (party, null);
        }

        if (await factors.CheckAsync(person, code, cancellation) is null)
        {
            return (party, CommandProblems.WrongCode());
        }

        var (session, now) = (user.SessionId(), (DateTimeOffset?)time.GetUtcNow());
        await using var db = database.Open();
        await db
            .Sessions.Where(row => row.Id == session && row.PersonId == person)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.SecondFactorAt, now), cancellation);
        return (party with { FactorAt = now }, null);
    }

    /// <summary>The UEM is asked whether the account that somebody is linked to is there and active. No answer refuses.</summary>
    public async Task<ProblemHttpResult?> RefusalByUemAsync(
        IntegrationRow integration,
        WipeParty party,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        if (await AdminLinks.StandingAsync(db, integration.Id, party.Person, cancellation) is not { } link)
        {
            return CommandProblems.NotAllowed(PartyRefusal.NotLinked);
        }

        return await admins.AsSavedAsync(integration, link.UserName, cancellation) switch
        {
            AdminReading.Found { Account: { Active: true } account } when account.Uuid == party.UemAccount => null,
            AdminReading.NoAnswer no => CommandProblems.NoAnswer(no.Cause),
            AdminReading.Found { Account: var account } when account.Uuid == party.UemAccount =>
                CommandProblems.AccountNotActive(
                    "Your UEM account is not active, or the UEM does not tell whether it is."
                ),
            _ => CommandProblems.AccountNotActive("The UEM no longer shows the account that you are linked to."),
        };
    }

    /// <summary>Whether somebody may approve a wipe: the two of them, and what is between them, as the database says now.</summary>
    /// <returns>Null where nobody stands behind the request any more.</returns>
    public async Task<PartyRefusal?> MayApproveAsync(
        PicketDbContext db,
        DeviceCommandRow wipe,
        WipeParty approver,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        if (wipe is not { WantedByPerson: { } requester, WantedByAccount: { } account, ExpiresAt: { } end })
        {
            return null;
        }

        var standing = await OfAsync(db, requester, wipe.IntegrationId, Right.Request, cancellation);
        var ties =
            approver.Person is { } person && person != requester
                ? await TiesAsync(db, person, requester, cancellation)
                : [];
        return TwoPeople.MayApprove(approver, new WipeAsked(requester, account, end), standing, ties, now);
    }

    /// <summary>What two people had to do with each other's being here, by the roles in force and by the audit.</summary>
    private async Task<IReadOnlyList<PersonTie>> TiesAsync(
        PicketDbContext db,
        Guid one,
        Guid other,
        CancellationToken cancellation
    )
    {
        var since = time.GetUtcNow() - TwoPeople.TieCounts;
        var first = await NamesAsync(db, one, cancellation);
        var second = await NamesAsync(db, other, cancellation);
        return
        [
            .. await BetweenAsync(db, (one, first), (other, second), since, cancellation),
            .. await BetweenAsync(db, (other, second), (one, first), since, cancellation),
        ];
    }

    private static async Task<IEnumerable<PersonTie>> BetweenAsync(
        PicketDbContext db,
        (Guid Id, IReadOnlyList<string> Names) from,
        (Guid Id, IReadOnlyList<string> Names) to,
        DateTimeOffset since,
        CancellationToken cancellation
    )
    {
        var (actors, subjects) = (from.Names, to.Names);
        var given = await db
            .Memberships.Where(row => row.PersonId == to.Id && row.GivenAt > since && actors.Contains(row.GivenBy))
            .Select(row => row.GivenAt)
            .ToListAsync(cancellation);
        var done = await db
            .Audit.Where(row =>
                row.Subject != null && subjects.Contains(row.Subject) && row.At > since && Makings.Contains(row.Action)
            )
            .Select(row => new
            {
                row.Actor,
                row.After,
                row.At,
            })
            .ToListAsync(cancellation);
        // Who joined or chose a password by a link is the actor then; what is kept names who made the link.
        var made = done.Where(row => actors.Contains(row.Actor) || Names(row.After, actors));
        var confirmed = await ConfirmedAsync(db, actors, subjects, since, cancellation);
        return
        [
            .. given
                .Concat(made.Select(row => row.At))
                .Concat(confirmed)
                .Select(at => new PersonTie(from.Id, to.Id, at)),
        ];
    }

    /// <summary>When one confirmed the other's link to a UEM account, at any integration: that is the subject then.</summary>
    private static async Task<IEnumerable<DateTimeOffset>> ConfirmedAsync(
        PicketDbContext db,
        IReadOnlyList<string> actors,
        IReadOnlyList<string> holders,
        DateTimeOffset since,
        CancellationToken cancellation
    )
    {
        var links = await db
            .Audit.Where(row => actors.Contains(row.Actor) && row.At > since && row.Action == LinkProof.Confirmed)
            .Select(row => new { row.After, row.At })
            .ToListAsync(cancellation);
        return links.Where(link => Names(link.After, holders)).Select(link => link.At);
    }

    private static bool Names(string? kept, IReadOnlyList<string> people) =>
        people.Any(person => kept?.Contains($"\"{person}\"", StringComparison.Ordinal) is true);

    /// <summary>As the audit names a person: by themselves, and by the tokens that act as them.</summary>
    private static async Task<IReadOnlyList<string>> NamesAsync(
        PicketDbContext db,
        Guid person,
        CancellationToken cancellation
    )
    {
        var tokens = await db
            .ApiTokens.Where(row => row.PersonId == person)
            .Select(row => row.Id)
            .ToListAsync(cancellation);
        return [await PersonClaims.ActorAsync(db, person, cancellation), .. tokens.Select(AuditLog.ActorOf)];
    }
}
