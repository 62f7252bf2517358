using System.CommandLine;

namespace Picket.Cli.Demo;

/// <summary>
/// The whole product on one machine: a UEM emulator and a server with fresh data folders, connected and working.
/// </summary>
internal static class DemoCommand
{
    public static Command Create(Terminal terminal)
    {
        var devices = new Option<int>("--devices")
        {
            Description = "Devices of the fleet.",
            DefaultValueFactory = _ => 2000,
        };
        var seed = new Option<int>("--seed") { Description = "Seed of the fleet.", DefaultValueFactory = _ => 1 };
        var port = new Option<int>("--port")
        {
            Description = "Port of the server; 0 takes a free one.",
            DefaultValueFactory = _ => 8480,
        };
        var once = new Option<bool>("--once")
        {
            Description = "Do it all, print the figures as one line of JSON, and end.",
        };
        var server = new Option<FileInfo>("--server-program") { Required = true, Hidden = true };
        var emulator = new Option<FileInfo>("--emulator-program") { Required = true, Hidden = true };
        var feeds = new Option<DirectoryInfo>("--feeds") { Required = true, Hidden = true };

        var command = new Command("demo", "Emulator and server together; started by ./run demo.")
        {
            devices,
            seed,
            port,
            once,
            server,
            emulator,
            feeds,
        };
        command.SetAction(
            (parsed, cancellation) =>
                RunAsync(
                    new DemoOptions(
                        parsed.GetValue(devices),
                        parsed.GetValue(seed),
                        parsed.GetValue(port),
                        parsed.GetValue(once),
                        parsed.GetValue(server)!,
                        parsed.GetValue(emulator)!,
                        parsed.GetValue(feeds)!
                    ),
                    terminal,
                    cancellation
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(DemoOptions options, Terminal terminal, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("picket-demo-");
        try
        {
            await using var site = await DemoSite.StartAsync(options, folder.FullName, terminal.Error, cancellation);
            var figures = await new DemoDay(site, options, terminal).LiveAsync(cancellation);
            if (!options.Once)
            {
                await StayUpAsync(site, terminal, cancellation);
            }

            terminal.Out.WriteLine(figures.ToJson());
            return figures.IsSound ? ExitCodes.Ok : ExitCodes.Problem;
        }
        catch (Exception problem)
        {
            return Failure.Report(problem, terminal, cancellation);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task StayUpAsync(DemoSite site, Terminal terminal, CancellationToken cancellation)
    {
        terminal.Error.WriteLine();
        terminal.Error.WriteLine($"Console   {site.ServerAddress}");
        terminal.Error.WriteLine($"Token     {site.OwnerToken}");
        terminal.Error.WriteLine(
            $"Try       PICKET_SERVER={site.ServerAddress} PICKET_TOKEN={site.OwnerToken} ./run picket devices list"
        );
        terminal.Error.WriteLine("Ctrl-C ends both and removes their data.");
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, terminal.Time, cancellation);
        }
        catch (OperationCanceledException)
        {
            terminal.Error.WriteLine("Ending.");
        }
    }
}

internal sealed record DemoOptions(
    int Devices,
    int Seed,
    int Port,
    bool Once,
    FileInfo ServerProgram,
    FileInfo EmulatorProgram,
    DirectoryInfo Feeds
);
