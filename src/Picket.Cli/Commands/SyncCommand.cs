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
        var losses = new Option<bool>("--accept-losses")
        {
            Description = "Believe listings (not of devices) that lack more rows than usual, after a run kept them.",
        };
        var wait = new Option<bool>("--wait")
        {
            Description = "Wait for the end, with a progress bar; also for a run that is under way already.",
        };
        return cli.Command(
            "sync",
            "Read the UEM into the inventory now.",
            "picket sync Acme --wait\npicket sync Acme --device C02ABCDEF --wait",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                var start = session.Get(device) is { } text
                    ? new StartRun(RunKind.Device, await session.DeviceAsync(text, cancellationToken))
                    : new StartRun(
                        session.Get(incremental) ? RunKind.Incremental : RunKind.Full,
                        AcceptLosses: session.Get(losses)
                    );
                var run = session.Get(wait)
                    ? await ToEndAsync(session, id, start, cancellationToken)
                    : await session.Client.StartRunAsync(id, start, cancellationToken);
                session.Printer.Value(run, screen => RunText.Write(run, screen));
                return RunText.ExitCode(run.State);
            },
            which,
            incremental,
            device,
            losses,
            wait
        );
    }

    /// <summary>
    /// One run at a time: one that is under way already is waited for, and counts when it reads what was asked for.
    /// </summary>
    private static async Task<RunView> ToEndAsync(
        Session session,
        Guid integration,
        StartRun start,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            try
            {
                var own = await session.Client.StartRunAsync(integration, start, cancellationToken);
                return await RunFollowing.ToEndAsync(session, own, cancellationToken);
            }
            catch (PicketApiException busy) when (busy.Problem.Run is { } open)
            {
                session.Printer.Remark(
                    $"Run {open.Id} ({open.Kind}, {open.State}) is under way already; waiting for it."
                );
                var other = await RunFollowing.ToEndAsync(session, open, cancellationToken);
                if (other.State == RunState.Held || Reads(other.Kind, start.Kind))
                    return other;
            }
        }
    }

    private static bool Reads(RunKind run, RunKind wanted) =>
        wanted switch
        {
            RunKind.Full => run == RunKind.Full,
            RunKind.Incremental => run is RunKind.Full or RunKind.Incremental,
            // It may have been read before the caller asked.
            _ => false,
        };
}
