using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Picket.Api;

namespace Picket.Bench.Harness;

/// <summary>The server as a program of its own, driven through its API as anybody would.</summary>
internal sealed class ServerProgram : IAsyncDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RunLimit = TimeSpan.FromMinutes(15);
    private const string Details = "details";
    private readonly HttpClient http;

    private ServerProgram(ChildProgram child, HttpClient http, string folder, string token)
    {
        (Child, this.http, Folder) = (child, http, folder);
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        Client = new PicketClient(http, token);
    }

    public ChildProgram Child { get; }
    public PicketClient Client { get; }
    public HttpClient Http => http;
    public string Folder { get; }

    public static Task<ServerProgram> StartAsync(string folder) =>
        StartAsync(
            folder,
            address => ChildProgram.Start(Repository.Program("Picket.Server"), Arguments(folder, address))
        );

    /// <summary>The same server, which prints each statement that it sends to its database.</summary>
    public static Task<ServerProgram> StartWithSqlAsync(string folder) =>
        StartAsync(
            folder,
            address => ChildProgram.Start(SqlServer.Program, ["sql-server", .. Arguments(folder, address)])
        );

    private static async Task<ServerProgram> StartAsync(string folder, Func<string, ChildProgram> start)
    {
        var address = FreeAddress();
        var child = start(address);
        var http = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromMinutes(5) };
        try
        {
            await AnswersAsync(child, http, Routes.Ready, Poll);
            return new ServerProgram(child, http, folder, await ServerOwner.TokenAsync(child, http, folder));
        }
        catch
        {
            http.Dispose();
            await child.DisposeAsync();
            throw;
        }
    }

    public static IEnumerable<string> Arguments(string folder, string address) =>
        [
            $"--urls={address}",
            $"--Storage:DataFolder={folder}",
            "--Outbound:AllowLoopback=true",
            // Eight pages in flight, as the goals are stated: one fewer sign-in is on its way than would lock an account.
            "--Uem:LockThreshold=9",
            "--Logging:LogLevel:Default=Warning",
        ];

    public static string FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
    }

    /// <summary>Waits until an address answers with success.</summary>
    public static async Task AnswersAsync(ChildProgram child, HttpClient http, string path, TimeSpan pause)
    {
        while (!await IsAnsweringAsync(http, path))
        {
            if (child.HasExited)
            {
                throw child.Ended();
            }

            await Task.Delay(pause, TimeProvider.System, CancellationToken.None);
        }
    }

    /// <summary>Connects to an emulator as an administrator would, doctor included.</summary>
    public async Task<Guid> ConnectAsync(EmulatorProgram emulator, string name)
    {
        var site = emulator.Site;
        var made = await Client.CreateIntegrationAsync(
            new CreateIntegration
            {
                Name = name,
                Address = site.Address,
                OrganizationGroup = site.OrganizationGroupCode,
                Credential = new BasicCredential(site.Account, site.Password, site.ApiKey),
                Creator = new AdministratorProof(site.ConsoleAccount, site.ConsolePassword),
                CaCertificatePem = await File.ReadAllTextAsync(site.CaFile),
                QuotaSharePercent = 100,
                SyncIntervalMinutes = 10_080,
            }
        );
        return made.Id;
    }

    /// <summary>
    /// Starts a full run, or joins the one that the schedule has begun. It is cancelled where it comes to the details:
    /// these are calls per device, read within a budget, and no part of the inventory that is measured here.
    /// </summary>
    public async Task<RunView> SyncAsync(Guid integration)
    {
        var run = await StartRunAsync(integration);
        using var limit = new CancellationTokenSource(RunLimit);
        var cancelled = false;
        while (run.State is RunState.Queued or RunState.Running)
        {
            await Task.Delay(Poll, TimeProvider.System, limit.Token);
            run = await Client.RunAsync(run.Id, limit.Token);
            if (run.Stage == Details && !cancelled)
            {
                run = await Client.CancelRunAsync(run.Id, limit.Token);
                cancelled = true;
            }
        }

        return run.State is RunState.Completed or RunState.Cancelled && run.IncompleteReasons.Count == 0
            ? run
            : throw new InvalidOperationException(
                $"The run ended as {run.State}: {string.Join("; ", run.IncompleteReasons)}"
            );
    }

    /// <summary>Waits until nothing is left to judge, so that it does not run beside what is measured next.</summary>
    public async Task SettleAsync()
    {
        using var limit = new CancellationTokenSource(RunLimit);
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, "picket.db")};Mode=ReadOnly");
        await connection.OpenAsync(limit.Token);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT EXISTS (SELECT 1 FROM devices WHERE JudgingDue AND GoneAt IS NULL)";
        while ((long)(await command.ExecuteScalarAsync(limit.Token))! == 1)
        {
            await Task.Delay(Poll, TimeProvider.System, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Child.DisposeAsync();
    }

    private async Task<RunView> StartRunAsync(Guid integration)
    {
        try
        {
            return await Client.StartRunAsync(integration, new StartRun());
        }
        catch (PicketApiException refused) when (refused.Status == HttpStatusCode.Conflict)
        {
            await foreach (var run in Client.Runs(new RunFilter { IntegrationId = integration }))
            {
                return run;
            }

            throw;
        }
    }

    private static async Task<bool> IsAnsweringAsync(HttpClient http, string path)
    {
        try
        {
            using var answer = await http.GetAsync(path);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
