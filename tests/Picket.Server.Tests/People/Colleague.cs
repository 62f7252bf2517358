using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Server.Access;
using Picket.Server.People;

namespace Picket.Server.Tests.People;

/// <summary>Somebody with the given roles, put straight into the database: in a browser and with a personal token.</summary>
public sealed class Colleague : IDisposable
{
    public const string Password = "horse staple correct battery";

    private static readonly PasswordHasher<PersonRow> Hasher = new(
        Options.Create(new PasswordHasherOptions { IterationCount = 1000 })
    );

    private Colleague(string name, HttpClient http, FormBrowser browser) =>
        (Name, Http, Browser) = (name, http, browser);

    public string Name { get; }

    /// <summary>With a token that reaches all that the roles allow.</summary>
    public HttpClient Http { get; }

    public PicketClient Client => new(Http);

    public FormBrowser Browser { get; }

    public static async Task<Colleague> JoinAsync(PicketApplication picket, params Grant[] roles)
    {
        var now = TimeProvider.System.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var name = $"colleague-{id:N}";
        var person = new PersonRow
        {
            Id = id,
            CreatedAt = now,
            UserName = name,
            NormalizedUserName = name.ToUpperInvariant(),
            Email = $"{name}@example.com",
            NormalizedEmail = $"{name}@example.com".ToUpperInvariant(),
            SecurityStamp = $"{Guid.NewGuid()}",
        };
        person.PasswordHash = Hasher.HashPassword(person, Password);
        var (token, secret) = TokenStore.Make(name, TokenScope.Full, now, TimeSpan.FromDays(1), id);
        await using (var db = picket.OpenDatabase())
        {
            db.Persons.Add(person);
            db.AuditPersons.Add(new AuditPersonRow { Id = Guid.NewGuid(), PersonId = id });
            db.ApiTokens.Add(token);
            db.Memberships.AddRange(
                roles.Select(role => new MembershipRow
                {
                    Id = Guid.CreateVersion7(),
                    PersonId = id,
                    Role = role.Role,
                    IntegrationId = role.Integration,
                    GivenBy = "test",
                    GivenAt = now,
                })
            );
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var browser = new FormBrowser(picket);
        await browser.SignInAsync(name, Password);
        return new(name, picket.NewHttp(secret), browser);
    }

    public void Dispose()
    {
        Http.Dispose();
        Browser.Dispose();
    }
}
