using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Picket.Core.Identity;
using Picket.Server.Audit;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Integrations;

/// <summary>
/// <c>recover-ownership</c>, on the server's own host: lets a person change one integration's settings without the UEM for
/// a while, on the day when the UEM is gone. It is in the audit, and in sight until somebody acknowledges it.
/// </summary>
internal static class RecoveryCommand
{
    public const string Name = "recover-ownership";
    private const int DefaultMinutes = 60;
    private const int MostMinutes = 240;

    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(WebApplication app)
    {
        var given = app.Configuration;
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
            return Task.FromResult(
                HostCommand.Say(
                    HostCommand.Misused,
                    $"Usage: {Name} --integration NAME --person NAME --reason \"WHY\" [--minutes 1 to {MostMinutes}, {DefaultMinutes}] "
                        + "[--Storage:DataFolder DIR]"
                )
            );
        }

        return HostCommand.WithDatabaseAsync(
            app,
            async db =>
            {
                var (row, who, refusal) = await FindAsync(db, integration, person);
                return refusal is not null
                    ? HostCommand.Say(HostCommand.Misused, refusal)
                    : await LetInAsync(db, app.Services, row!, who!.Value, reason, TimeSpan.FromMinutes(minutes));
            }
        );
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
        return HostCommand.Say(
            0,
            $"Until {row.EndsAt.UtcDateTime:u} this person may change '{integration.Name}' without the UEM. It is in the audit, and shown at the integration until somebody acknowledges it."
        );
    }
}
