using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Picket.Core.Identity;
using Picket.Server.Audit;
using Picket.Server.Storage;

namespace Picket.Server.Integrations;

/// <summary>
/// <c>recover-ownership</c>, on the server's own host: lets a person change one integration's settings without the UEM for
/// a while, on the day when the UEM is gone. Whoever can run it can read the database, so it asks for no password; it works
/// while the server runs and while it does not. It is in the audit, and in sight until somebody acknowledges it.
/// </summary>
internal static class RecoveryCommand
{
    private const string Name = "recover-ownership";
    private const int DefaultMinutes = 60;
    private const int MostMinutes = 240;

    /// <summary>Exit code of a call that cannot be understood (EX_USAGE).</summary>
    private const int Misused = 64;

    /// <summary>Exit code where the database does not answer (EX_UNAVAILABLE).</summary>
    private const int Unavailable = 69;

    public static bool IsAsked(string[] arguments) => arguments is [Name, ..];

    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(WebApplication app)
    {
        try
        {
            return await RunAsync(app.Services, app.Configuration);
        }
        catch (DbException failure)
        {
            return Say(Unavailable, $"The database does not answer: {failure.Message}");
        }
    }

    private static async Task<int> RunAsync(IServiceProvider services, IConfiguration given)
    {
        var (integration, person, reason) = (given["integration"], given["person"], given["reason"]?.Trim());
        if (!int.TryParse(given["minutes"] ?? $"{DefaultMinutes}", CultureInfo.InvariantCulture, out var minutes))
        {
            minutes = 0;
        }

        if (
            integration is null
            || person is null
            || reason is not { Length: > 0 and <= 500 }
            || minutes is < 1 or > MostMinutes
        )
        {
            return Say(
                Misused,
                $"Usage: {Name} --integration NAME --person NAME --reason \"WHY\" [--minutes 1 to {MostMinutes}, {DefaultMinutes}] "
                    + "[--Storage:DataFolder DIR]"
            );
        }

        var database = services.GetRequiredService<PicketDatabase>();
        if (!await DatabaseMigration.IsCurrentAsync(database, CancellationToken.None))
        {
            return Say(
                Misused,
                "There is no database of this version there. Name its Storage:DataFolder; start the server once."
            );
        }

        await using var db = database.Open();
        var (row, who, refusal) = await FindAsync(db, integration, person);
        return refusal is not null
            ? Say(Misused, refusal)
            : await LetInAsync(db, services, row!, who!.Value, reason, TimeSpan.FromMinutes(minutes));
    }

    private static async Task<(IntegrationRow? Integration, Guid? Person, string? Refusal)> FindAsync(
        PicketDbContext db,
        string integration,
        string person
    )
    {
        var id = Guid.TryParse(integration, out var parsed) ? parsed : Guid.Empty;
        var row = await db.Integrations.SingleOrDefaultAsync(row => row.Name == integration || row.Id == id);
        if (row is null)
        {
            var names = await db.Integrations.OrderBy(row => row.Name).Select(row => row.Name).ToListAsync();
            return (null, null, $"No integration is called '{integration}'. There are: {string.Join(", ", names)}.");
        }

        var wanted = person.Trim().ToUpperInvariant();
        var who = await db.Persons.SingleOrDefaultAsync(row =>
            row.NormalizedUserName == wanted && row.DeactivatedAt == null
        );
        if (who is null)
        {
            return (row, null, $"Nobody active is called '{person}'.");
        }

        var grants = await db.Memberships.AsNoTracking().Where(each => each.PersonId == who.Id).ToListAsync();
        return new Grants([.. grants.Select(each => each.Grant)]).May(Right.ChangeSettings, row.Id)
            ? (row, who.Id, null)
            : (row, null, $"'{person}' has no role that changes integrations. Name an owner or administrator.");
    }

    private static async Task<int> LetInAsync(
        PicketDbContext db,
        IServiceProvider services,
        IntegrationRow integration,
        Guid person,
        string reason,
        TimeSpan length
    )
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var row = new RecoveryRow
        {
            Id = Guid.CreateVersion7(now),
            IntegrationId = integration.Id,
            PersonId = person,
            Reason = reason,
            StartedAt = now,
            EndsAt = now + length,
        };
        db.Recoveries.Add(row);
        var audited = await People.PersonClaims.ActorAsync(db, person, CancellationToken.None);
        services
            .GetRequiredService<AuditLog>()
            .Add(
                db,
                AuditLog.Host,
                "recovery.started",
                $"{integration.Id}",
                after: new
                {
                    LetIn = audited,
                    Reason = reason,
                    row.EndsAt,
                }
            );
        await db.SaveChangesAsync();
        return Say(
            0,
            $"Until {row.EndsAt.UtcDateTime:u} this person may change '{integration.Name}' without the UEM. It is in the audit, and shown at the integration until somebody acknowledges it."
        );
    }

    private static int Say(int code, string text)
    {
        (code == 0 ? System.Console.Out : System.Console.Error).WriteLine(text);
        return code;
    }
}
