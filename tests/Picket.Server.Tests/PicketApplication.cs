using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Picket.Api;
using Picket.Server.Audit;
using Picket.Server.Integrations;
using Picket.Server.People;
using Picket.Server.Storage;
using Picket.WorkspaceOne.Emulator;
using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Fleet;
using Role = Picket.Core.Identity.Role;

namespace Picket.Server.Tests;

/// <summary>How a <see cref="PicketApplication"/> is set up. Everything has a default.</summary>
public sealed record PicketApplicationOptions
{
    /// <summary>Fleet, role, faults, limits. Plain HTTP unless set otherwise; give <c>Http = false</c> for TLS.</summary>
    public EmulatorOptions Emulator { get; init; } = new() { Http = true, Devices = 200 };

    /// <summary>Clock of server and emulator, such as a FakeTimeProvider; null for the system's.</summary>
    public TimeProvider? Time { get; init; }

    /// <summary>Settings of the server, as <c>"Uem:MaxRetries" = "1"</c>; they win over the fixture's own.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>Whether there is an owner already, as almost every test takes for granted.</summary>
    public bool Owned { get; init; } = true;
}

/// <summary>
/// The whole server, as its <c>Program</c> builds it, on a real port of loopback, with an emulated UEM beside it.
/// SQLite in a temporary data folder, which goes with the fixture.
/// <code>
/// await using var picket = await PicketApplication.StartAsync();       // or with PicketApplicationOptions
/// var integration = await picket.CreateIntegrationAsync();             // connected, through the API and the doctor
/// picket.Emulator.Faults = FaultScript.Of(new FaultRule { … });        // bad days; see also Emulator.Access, .Fleet
/// var run = await picket.Client.StartRunAsync(integration.Id);         // typed client with the owner's personal token
/// var raw = await picket.Http.GetAsync(Routes.Devices);                // plain client, owner's token set
/// await using var db = picket.OpenDatabase();                          // looks at rows; picket.Service&lt;T&gt;() at services
/// await picket.RestartAsync();                                         // stops as SIGTERM does, starts on the same data
/// </code>
/// A server that is killed (-9) has to be a process of its own: <see cref="PicketProcess"/>. Retries wait 10 ms here.
/// <see cref="Logs"/> holds every line that the server logged, for canaries. One instance may serve all tests of a
/// class as <c>IClassFixture</c>: it starts on its own then.
/// </summary>
public sealed class PicketApplication : IAsyncLifetime
{
    private readonly PicketApplicationOptions options;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("picket-test-");
    private ServerFactory? server;
    private HttpClient? http;

    public PicketApplication()
        : this(new PicketApplicationOptions()) { }

    public PicketApplication(PicketApplicationOptions options) => this.options = options;

    public EmulatorHost Emulator { get; private set; } = null!;

    /// <summary>Has the owner's token and follows no redirects. Made anew by <see cref="RestartAsync"/>.</summary>
    public HttpClient Http => http!;

    /// <summary>The thin client with the owner's token.</summary>
    public PicketClient Client => new(Http);

    /// <summary>The first owner's personal token; empty while nobody owns the server.</summary>
    public string OwnerToken { get; private set; } = "";

    /// <summary>Whom the fixture makes the first owner, unless <see cref="PicketApplicationOptions.Owned"/> is off.</summary>
    public static SignIn Owner { get; } = new("owner", "correct horse battery");

    public string DataFolder => Path.Combine(folder.FullName, "server");

    public LogLines Logs { get; } = new();

    public static async Task<PicketApplication> StartAsync(PicketApplicationOptions? options = null)
    {
        var application = new PicketApplication(options ?? new PicketApplicationOptions());
        await application.InitializeAsync();
        return application;
    }

    public async ValueTask InitializeAsync()
    {
        Emulator = await EmulatorHost.StartAsync(options.Emulator, options.Time);
        await StartServerAsync();
    }

    public T Service<T>()
        where T : notnull => server!.Services.GetRequiredService<T>();

    /// <summary>Ends one of the server's standing works, by the name of its class, for a story that tells what it would do.</summary>
    public Task StopWorkAsync(string name) =>
        server!
            .Services.GetServices<IHostedService>()
            .Single(work => work.GetType().Name == name)
            .StopAsync(TestContext.Current.CancellationToken);

    public PicketDbContext OpenDatabase() => Service<PicketDatabase>().Open();

    /// <summary>A plain client; without a token unless one is given.</summary>
    public HttpClient NewHttp(string? token = null)
    {
        // Not the factory's own client: its handler keeps cookies, and the address of options is not the server's.
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = server!.ClientOptions.BaseAddress,
        };
        if (token is not null)
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        }

        return client;
    }

    /// <summary>A client with a token of the given scope, made by the owner.</summary>
    public async Task<HttpClient> NewHttpAsync(TokenScope scope)
    {
        var made = await Client.CreateTokenAsync(new CreateToken($"test {scope} {Guid.NewGuid():N}", scope, 1));
        return NewHttp(made.Secret);
    }

    /// <summary>What the emulator's prepared administrator would type in; change it with <c>with</c>.</summary>
    public CreateIntegration Draft(string name = "Test") =>
        new()
        {
            Name = name,
            Address = Emulator.Address.ToString(),
            OrganizationGroup = Emulator.OrganizationGroup.GroupId,
            Credential = BasicCredential(),
            Creator = Proof(),
            CaCertificatePem = options.Emulator.Http ? null : Emulator.CaCertificate.ExportCertificatePem(),
        };

    /// <summary>The UEM administrator account that the owner holds and is linked to.</summary>
    public AdministratorProof Proof() => new(Emulator.Credentials.ConsoleAccount, Emulator.Credentials.ConsolePassword);

    /// <summary>That account in the UEM.</summary>
    public Account Administrator => Emulator.Access.Account(Emulator.Credentials.ConsoleAccount);

    /// <summary>Gives that account its role at another organization group, too.</summary>
    public void LetAdministratorManage(OrganizationGroup group) =>
        Administrator.Change(had =>
            had with
            {
                Assignments = had.Assignments.Add(new RoleAssignment(Administrator.Role, group.Index)),
            }
        );

    /// <summary>A person with a role at all integrations, who is linked to no UEM account, and that person's token.</summary>
    public async Task<string> NewPersonAsync(string name, Role role = Role.Administrator)
    {
        var code = $"invitation of {name}";
        await using var db = OpenDatabase();
        db.OneTimeLinks.Add(
            new OneTimeLinkRow
            {
                Id = Guid.CreateVersion7(),
                CodeHash = SHA256.HashData(Encoding.UTF8.GetBytes(code)),
                CreatedAt = TimeProvider.System.GetUtcNow(),
                ExpiresAt = TimeProvider.System.GetUtcNow().AddYears(10),
                Role = role,
                InvitedBy = AuditLog.Host,
            }
        );
        await db.SaveChangesAsync();
        using var nobody = NewHttp();
        var wish = new ClaimLink(code, name, $"{name}@example.com", Owner.Password, TokenDays: 366);
        return (await new PicketClient(nobody).ClaimLinkAsync(wish)).Token.Secret;
    }

    /// <summary>As if the owner had proven that account at an integration.</summary>
    public async Task LinkOwnerAsync(Guid integration)
    {
        await using var db = OpenDatabase();
        var owner = await db.Persons.SingleAsync(person => person.UserName == Owner.Name);
        db.AdminLinks.Add(
            new AdminLinkRow
            {
                Id = Guid.CreateVersion7(),
                IntegrationId = integration,
                PersonId = owner.Id,
                AdminUuid = Administrator.Uuid,
                UserName = Administrator.Name,
                LinkedAt = TimeProvider.System.GetUtcNow(),
                ReadAt = TimeProvider.System.GetUtcNow(),
            }
        );
        await db.SaveChangesAsync();
    }

    /// <summary>As if the server's host let the owner change an integration without the UEM for an hour.</summary>
    public async Task RecoverOwnerAsync(Guid integration)
    {
        await using var db = OpenDatabase();
        var owner = await db.Persons.SingleAsync(person => person.UserName == Owner.Name);
        var now = TimeProvider.System.GetUtcNow();
        db.Recoveries.Add(
            new RecoveryRow
            {
                Id = Guid.CreateVersion7(),
                IntegrationId = integration,
                PersonId = owner.Id,
                Reason = "test",
                StartedAt = now,
                EndsAt = now.AddHours(1),
            }
        );
        await db.SaveChangesAsync();
    }

    public BasicCredential BasicCredential() =>
        new(Emulator.Credentials.Account, Emulator.Credentials.Password, Emulator.Credentials.ApiKey);

    public OAuthCredential OAuthCredential() =>
        new(
            Emulator.TokenAddress.ToString(),
            Emulator.Credentials.ClientId,
            Emulator.Credentials.ClientSecret,
            Emulator.Credentials.ApiKey
        );

    /// <summary>A working integration, made through the API.</summary>
    public Task<IntegrationView> CreateIntegrationAsync(CreateIntegration? draft = null) =>
        Client.CreateIntegrationAsync(draft ?? Draft(), TestContext.Current.CancellationToken);

    /// <summary>Stops the server as SIGTERM does and starts it on the same data; the emulator goes on.</summary>
    public async Task RestartAsync()
    {
        await StopServerAsync();
        await StartServerAsync();
    }

    public async Task StopServerAsync()
    {
        http?.Dispose();
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        server = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopServerAsync();
        if (Emulator is not null)
        {
            await Emulator.DisposeAsync();
        }

        await DeleteAsync();
    }

    /// <summary>A page that was open may ask its last question while the server is gone already, and opens files for it.</summary>
    private async Task DeleteAsync()
    {
        for (var left = 50; ; left--)
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            try
            {
                folder.Delete(recursive: true);
                return;
            }
            catch (IOException) when (left > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        }
    }

    private async Task StartServerAsync()
    {
        var links = Logs.Count("Nobody owns this server yet");
        await EmptyDatabase.PutAsync(DataFolder);
        server = new ServerFactory(this);
        server.UseKestrel(0);
        server.StartServer();
        await FirstLinkAsync(links);
        if (options.Owned && OwnerToken.Length == 0)
        {
            OwnerToken = await ClaimAsync();
            // For a server that goes on with this data as a process of its own.
            await File.WriteAllTextAsync(Path.Combine(DataFolder, PicketProcess.TokenFile), OwnerToken);
        }

        http = NewHttp(OwnerToken.Length == 0 ? null : OwnerToken);
    }

    /// <summary>The server prints its first owner's link once it listens, and ends those that were made before.</summary>
    private async Task FirstLinkAsync(int before)
    {
        await using var db = OpenDatabase();
        while (Logs.Count("Nobody owns this server yet") == before && !await db.Persons.AnyAsync())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }

    /// <summary>As whoever reads what the server prints at its first start.</summary>
    private async Task<string> ClaimAsync()
    {
        using var nobody = NewHttp();
        var link = await Service<FirstOwnerLink>().IssueAsync(CancellationToken.None);
        var wish = new ClaimLink(link!.Value.Code, Owner.Name, "owner@example.com", Owner.Password, TokenDays: 366);
        return (await new PicketClient(nobody).ClaimLinkAsync(wish)).Token.Secret;
    }

    private sealed class ServerFactory(PicketApplication application) : WebApplicationFactory<StorageOptions>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Production");
            foreach (var (name, value) in Settings())
            {
                builder.UseSetting(name, value);
            }

            builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(application.Logs));
            builder.ConfigureTestServices(services =>
            {
                // What a password costs is a constant of the product; here it would be most of a test's time.
                services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 1000);
                // How soon a server ends is tested with processes; a busy machine must not fail every other test by it.
                services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(60));
                if (application.options.Time is { } time)
                {
                    services.Replace(ServiceDescriptor.Singleton(time));
                }
            });
        }

        private Dictionary<string, string?> Settings()
        {
            var settings = new Dictionary<string, string?>
            {
                ["Storage:DataFolder"] = application.DataFolder,
                ["Outbound:AllowLoopback"] = "true",
                ["Uem:RetryDelayMilliseconds"] = "10",
                ["Uem:DraftsPerMinute"] = "1000",
                ["Access:SignInsPerMinute"] = "10000",
            };
            foreach (var (name, value) in application.options.Settings)
            {
                settings[name] = value;
            }

            return settings;
        }
    }
}
