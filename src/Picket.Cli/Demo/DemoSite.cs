using System.Text.Json;
using Picket.Api;

namespace Picket.Cli.Demo;

/// <summary>The two running programs of the demo, on loopback, with random credentials.</summary>
internal sealed class DemoSite : IAsyncDisposable
{
    // A program that ends by itself is noticed at once; a busy machine may take its time.
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);
    private readonly DemoProcess emulator;
    private readonly DemoProcess server;
    private readonly HttpClient http;

    private DemoSite(DemoProcess emulator, DemoProcess server, EmulatorSite uem, HttpClient http, DemoOwner owner)
    {
        (this.emulator, this.server, this.http) = (emulator, server, http);
        (Uem, Owner) = (uem, owner);
        Client = new PicketClient(http, owner.Token);
    }

    public EmulatorSite Uem { get; }
    public PicketClient Client { get; }
    public DemoOwner Owner { get; }

    /// <summary>Who can approve the wipe that waits; null before, and where no device can be wiped.</summary>
    public DemoApprover? Approver { get; set; }

    /// <summary>The brake holds a tag run.</summary>
    public bool HasHeldRun { get; set; }
    public Uri ServerAddress => http.BaseAddress!;

    public static async Task<DemoSite> StartAsync(
        DemoOptions options,
        string folder,
        TextWriter progress,
        CancellationToken cancellation
    )
    {
        progress.WriteLine($"Starting a Workspace ONE UEM emulator with {options.Devices} devices …");
        var emulator = DemoProcess.Start(
            options.EmulatorProgram,
            [
                "--port",
                "0",
                "--devices",
                $"{options.Devices}",
                "--seed",
                $"{options.Seed}",
                "--data",
                Path.Combine(folder, "emulator"),
                // For the one right that the seeded role lacks; and who tries things by hand may let them go wrong.
                "--control",
            ],
            Path.Combine(folder, "emulator.log")
        );
        DemoProcess? server = null;
        try
        {
            var uem = JsonSerializer.Deserialize(
                await emulator.FirstLineAsync(StartLimit, cancellation),
                DemoJson.Default.EmulatorSite
            )!;

            progress.WriteLine("Starting the server …");
            var port = DemoPorts.Choose(options);
            var data = Path.Combine(folder, "server");
            server = DemoProcess.Start(
                options.ServerProgram,
                [
                    "--urls",
                    $"http://127.0.0.1:{port}",
                    "--Storage:DataFolder",
                    data,
                    "--Outbound:AllowLoopback",
                    "true",
                    "--Feeds:Folder",
                    options.Feeds.FullName,
                    // Whoever looks on sees the app arrive; in the field an hour does.
                    "--Deployment:ReadEveryMilliseconds",
                    "3000",
                    "--Deployment:LookEveryMilliseconds",
                    "1000",
                    "--Commands:FollowEveryMilliseconds",
                    "3000",
                    "--Commands:LookEveryMilliseconds",
                    "1000",
                ],
                Path.Combine(folder, "server.log")
            );
            var http = new HttpClient
            {
                BaseAddress = new Uri($"http://127.0.0.1:{port}"),
                Timeout = TimeSpan.FromMinutes(2),
            };
            await server.WaitUntilAsync(() => IsReadyAsync(http, cancellation), StartLimit, cancellation);
            var code = await server.FirstOwnerCodeAsync(StartLimit, cancellation);
            var owner = await DemoOwner.ClaimAsync(http, code, cancellation);
            return new DemoSite(emulator, server, uem, http, owner);
        }
        catch
        {
            await emulator.DisposeAsync();
            await (server?.DisposeAsync() ?? ValueTask.CompletedTask);
            throw;
        }
    }

    /// <summary>Returns only by cancellation or with the failure of a program that ended by itself.</summary>
    public async Task UntilOneEndsAsync(CancellationToken cancellation) =>
        await await Task.WhenAny(server.UntilEndAsync(cancellation), emulator.UntilEndAsync(cancellation));

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
        await emulator.DisposeAsync();
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, CancellationToken cancellation)
    {
        try
        {
            using var answer = await http.GetAsync(Routes.Ready, cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
