using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary><c>picket sync</c>: asks for a run, and waits for its end when told.</summary>
internal static class SyncCommand
{
    public static Command Create(Cli cli)
    {
        var which = Targets.IntegrationArgument();
        var incremental = new Option<bool>("--incremental")
        {
            Description = "Read only what changed since the last run.",
        };
        var device = new Option<string?>("--device")
        {
            Description = "Read one device (id, serial number or friendly name).",
            HelpName = "DEVICE",
        };
        var wait = new Option<bool>("--wait") { Description = "Wait for the end, with a progress bar." };
        return cli.Command(
            "sync",
            "Read the UEM into the inventory now.",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                var start = session.Get(device) is { } text
                    ? new StartRun(RunKind.Device, await session.DeviceAsync(text, cancellationToken))
                    : new StartRun(session.Get(incremental) ? RunKind.Incremental : RunKind.Full);
                var run = await session.Client.StartRunAsync(id, start, cancellationToken);
                if (session.Get(wait))
                    run = await RunProgressBar.FollowAsync(session, run, cancellationToken);
                session.Printer.Value(run, console => RunText.Write(run, console));
                return RunText.ExitCode(run.State);
            },
            which,
            incremental,
            device,
            wait
        );
    }
}
