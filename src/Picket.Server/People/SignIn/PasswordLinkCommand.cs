using Microsoft.EntityFrameworkCore;
using Picket.Server.Audit;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.People;

/// <summary>
/// <c>password-link</c>, on the server's own host: a link by which somebody chooses a new password, for the last owner, to
/// whom nobody else can give one. It is in the audit.
/// </summary>
internal static class PasswordLinkCommand
{
    public const string Name = "password-link";
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(WebApplication app)
    {
        var given = app.Configuration;
        var (person, reason, factor) = (given["person"], given["reason"]?.Trim(), given["second-factor"] ?? "keep");
        return person is null || reason is not { Length: > 0 and <= 500 } || factor is not ("keep" or "remove")
            ? Task.FromResult(
                HostCommand.Say(
                    HostCommand.Misused,
                    $"Usage: {Name} --person NAME --reason \"WHY\" [--second-factor remove] [--Storage:DataFolder DIR]"
                )
            )
            : HostCommand.WithDatabaseAsync(
                app,
                db => MakeAsync(db, app.Services, person, reason, withoutFactor: factor == "remove")
            );
    }

    private static async Task<int> MakeAsync(
        PicketDbContext db,
        IServiceProvider services,
        string name,
        string reason,
        bool withoutFactor
    )
    {
        var wanted = name.Trim().ToUpperInvariant();
        var person = await db.Persons.SingleOrDefaultAsync(row =>
            row.NormalizedUserName == wanted && row.DeactivatedAt == null
        );
        if (person is null)
        {
            return HostCommand.Say(HostCommand.Misused, $"Nobody active is called '{name}'.");
        }

        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var (row, code) = NewLinks.ForPassword(person.Id, AuditLog.Host, now, Life);
        await using var transaction = await DurableTransaction.BeginAsync(db, CancellationToken.None);
        await db.OneTimeLinks.Where(link => link.PersonId == person.Id && link.UsedAt == null).ExecuteDeleteAsync();
        db.OneTimeLinks.Add(row);
        if (withoutFactor)
        {
            await SecondFactor.RemoveAsync(db, person.Id, CancellationToken.None);
        }

        services
            .GetRequiredService<AuditLog>()
            .Add(
                db,
                AuditLog.Host,
                "person.password-link-made",
                await PersonClaims.ActorAsync(db, person.Id, CancellationToken.None),
                after: new
                {
                    row.ExpiresAt,
                    Reason = reason,
                    SecondFactorRemoved = withoutFactor,
                }
            );
        await db.SaveChangesAsync();
        await transaction.CommitAsync(CancellationToken.None);
        return HostCommand.Say(
            0,
            $"Open {NewLinks.View(row, code).Path} on the server's address before {row.ExpiresAt.UtcDateTime:u}. It is good once; sessions, tokens and links to UEM accounts end when it is used. It is in the audit."
        );
    }
}
