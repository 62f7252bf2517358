using System.CommandLine;
using Picket.Cli.Output;

namespace Picket.Cli.Demo;

/// <summary>
/// The whole product on one machine: a UEM emulator and a server with fresh data folders, connected and working.
/// </summary>
internal static class DemoCommand
{
    public const string Name = "demo";

    /// <summary>Both programs end in order, each within ten seconds.</summary>
    public static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(25);

    public static Command Create(Terminal terminal)
    {
        var devices = new Option<int>("--devices")
        {
            Description = "Devices of the fleet.",
            DefaultValueFactory = _ => 2000,
        };
        var seed = new Option<int>("--seed") { Description = "Seed of the fleet.", DefaultValueFactory = _ => 1 };
        devices.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 1_000_000)
                result.AddError("--devices is from 1 to 1000000.");
        });
        var port = new Option<int?>("--port")
        {
            Description = "Port of the server; 0 takes a free one. Without it 8480, or a free one where that is taken.",
        };
        var once = new Option<bool>("--once")
        {
            Description = "Do it all, print the figures as one line of JSON, and end.",
        };
        var server = new Option<FileInfo>("--server-program") { Required = true, Hidden = true };
        var emulator = new Option<FileInfo>("--emulator-program") { Required = true, Hidden = true };
        var samples = new Option<DirectoryInfo>("--samples") { Required = true, Hidden = true };
        var environment = new Option<FileInfo?>("--environment") { Hidden = true };

        var command = new Verb(
            Name,
            "Emulator and server together; started by ./run demo.",
            ["./run demo --devices 500"]
        )
        {
            devices,
            seed,
            port,
            once,
            server,
            emulator,
            samples,
            environment,
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
                        parsed.GetValue(samples)!,
                        parsed.GetValue(environment)
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
                await StayUpAsync(site, options, terminal, cancellation);
            terminal.Out.WriteLine(figures.ToJson());
            return figures.IsSound ? ExitCodes.Ok : ExitCodes.Problem;
        }
        // Ctrl-C reaches the two programs as well, and their end may be seen before the cancellation.
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            terminal.Error.WriteLine("Cancelled.");
            return ExitCodes.Cancelled;
        }
        catch (DemoFailedException failed)
        {
            terminal.Error.WriteLine(Cell.Clean(failed.Message, keepLines: true));
            return ExitCodes.Problem;
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

    private static async Task StayUpAsync(
        DemoSite site,
        DemoOptions options,
        Terminal terminal,
        CancellationToken cancellation
    )
    {
        using var environment = options.Environment is { } file ? DemoEnvironment.Write(file, site) : null;
        DemoWelcome.Write(site, environment, terminal.ErrorScreen);
        try
        {
            _ = DemoWipe.FollowAsync(site, terminal, cancellation);
            await site.UntilOneEndsAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            terminal.Error.WriteLine("Ending.");
        }
    }
}
