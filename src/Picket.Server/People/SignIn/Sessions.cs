using System.Globalization;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Storage;

namespace Picket.Server.People;

/// <summary>The browsers in which people are signed in.</summary>
public sealed class Sessions(PicketDatabase database, TimeProvider time)
{
    /// <summary>A working day, whatever is done in it.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(8);

    private static readonly TimeSpan SeenResolution = TimeSpan.FromMinutes(1);
    private const int LongestBrowser = 200;

    /// <summary>Adds a session to the unit of work of the sign-in.</summary>
    public SessionRow Add(PicketDbContext db, Guid person, HttpContext http, bool secondFactor)
    {
        var now = time.GetUtcNow();
        var browser = http.Request.Headers.UserAgent.ToString();
        var row = new SessionRow
        {
            Id = Guid.CreateVersion7(now),
            PersonId = person,
            CreatedAt = now,
            LastSeenAt = now,
            ExpiresAt = now + Life,
            SecondFactorAt = secondFactor ? now : null,
            Address = http.Connection.RemoteIpAddress?.ToString() ?? "",
            Browser = browser.Length > LongestBrowser ? browser[..LongestBrowser] : browser,
        };
        db.Sessions.Add(row);
        return row;
    }

    /// <summary>Who is signed in, with what they may do at this moment; null where the session is over.</summary>
    public async Task<ClaimsPrincipal?> PrincipalAsync(Guid session, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var now = time.GetUtcNow();
        var found = await (
            from row in db.Sessions.AsNoTracking()
            join person in db.Persons on row.PersonId equals person.Id
            join audit in db.AuditPersons on person.Id equals audit.PersonId into audits
            from audit in audits.DefaultIfEmpty()
            where row.Id == session && row.EndedAt == null && row.ExpiresAt > now
            select new
            {
                Row = row,
                person.UserName,
                AuditId = (Guid?)audit.Id,
            }
        ).SingleOrDefaultAsync(cancellation);
        if (found is null || await PersonClaims.OfAsync(db, found.Row.PersonId, cancellation) is not { } roles)
        {
            return null;
        }

        if (now - found.Row.LastSeenAt > SeenResolution)
        {
            await NoteSeenAsync(db, session, now, cancellation);
        }

        List<Claim> claims =
        [
            new(ClaimTypes.Name, found.UserName ?? ""),
            new(PicketClaims.Actor, AuditLog.ActorOfPerson(found.AuditId)),
            new(PicketClaims.SessionId, session.ToString()),
            new(PicketClaims.Scope, nameof(TokenScope.Full)),
            .. roles,
        ];
        if (found.Row.SecondFactorAt is { } at)
        {
            claims.Add(new(PicketClaims.SecondFactorAt, at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
        }

        return new ClaimsPrincipal(new ClaimsIdentity(claims, ConsoleSession.Scheme));
    }

    public static Task<int> NoteSignInAsync(
        PicketDbContext db,
        Guid person,
        DateTimeOffset at,
        CancellationToken cancellation
    ) =>
        db
            .Persons.Where(row => row.Id == person)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastSignInAt, at), cancellation);

    /// <summary>Ends sessions of a person: one, or all but one.</summary>
    public Task<int> EndAsync(
        PicketDbContext db,
        Guid person,
        Guid? session,
        Guid? except,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        return db
            .Sessions.Where(row => row.PersonId == person && row.EndedAt == null)
            .Where(row => (session == null || row.Id == session) && (except == null || row.Id != except))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.EndedAt, now), cancellation);
    }

    /// <summary>On a full disk the note is left out: whoever frees it must be able to read what is wrong.</summary>
    private static async Task NoteSeenAsync(
        PicketDbContext db,
        Guid session,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        try
        {
            await db
                .Sessions.Where(row => row.Id == session)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastSeenAt, now), cancellation);
        }
        catch (Exception full) when (full.IsDiskFull())
        {
            // Readiness says it.
        }
    }
}
