using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary><c>picket publications</c>: apps on their way to the devices. One is begun by <see cref="PublishCommand"/>.</summary>
internal static class PublicationCommands
{
    private const string SomeId = "0198c0de-0000-7000-8000-000000000011";

    private static readonly Column<PublicationView>[] Columns =
    [
        new("Id", row => row.Id, Exact: true),
        new("Name", row => row.Name),
        new("App", row => row.AppName),
        new("State", row => row.State, Exact: true),
        new("Ring", row => row.Rings.LastOrDefault(ring => ring.State != RingState.Waiting)?.Name),
        new("Because", row => row.Reason, Wide: true),
    ];

    private static readonly Column<PublicationDeviceView>[] DeviceColumns =
    [
        new("Device", row => row.DeviceId, Exact: true),
        new("Number", row => row.UemId, Exact: true),
        new("Name", row => row.FriendlyName),
        new("Ring", row => row.Ring),
        new("Stage", row => row.Stage, Exact: true),
        new("Gap", row => row.Gap, Exact: true),
        new("UEM", row => row.UemReason, Wide: true),
    ];

    public static Command Create(Cli cli)
    {
        var publications = new Command("publications", "Apps on their way to the devices, ring by ring.")
        {
            List(cli),
            OnOne(cli, "show", "Show one publication.", (client, id, token) => client.PublicationAsync(id, token)),
            Preview(cli),
            OnOne(
                cli,
                "start",
                "Begin with the first ring.",
                (client, id, token) => client.StartPublicationAsync(id, token)
            ),
            OnOne(
                cli,
                "pause",
                "Let no further ring begin; what is assigned stays.",
                (client, id, token) => client.PausePublicationAsync(id, token)
            ),
            Resume(cli),
            Undo(cli),
            Remove(cli),
            Funnel(cli),
            Devices(cli),
            ConfigurationCommands.Template(cli),
            ConfigurationCommands.Check(cli),
        };
        foreach (var nudging in NudgeCommands.All(cli))
        {
            publications.Add(nudging);
        }

        return publications;
    }

    private static Command List(Cli cli)
    {
        var integration = Targets.IntegrationOption();
        var state = new Option<PublicationState?>("--state") { Description = "Only this state." };
        return cli.List(
            "list",
            "List the publications, newest first.",
            "picket publications list --state paused",
            async (session, cursor, limit, cancellationToken) =>
            {
                var id = await session.IntegrationOrAllAsync(integration, cancellationToken);
                return session.Client.Publications(
                    new PublicationFilter
                    {
                        IntegrationId = id,
                        State = session.Get(state),
                        Cursor = cursor,
                        Limit = limit,
                    }
                );
            },
            Columns,
            integration,
            state
        );
    }

    private static Command Preview(Cli cli)
    {
        var id = IdArgument();
        return cli.Command(
            "preview",
            "Say what it would do in the UEM as it is now; writes nothing.",
            $"picket publications preview {SomeId}",
            async (session, cancellationToken) =>
            {
                var preview = await session.Client.PreviewPublicationAsync(session.Get(id), cancellationToken);
                session.Printer.Value(preview, screen => PublicationText.Write(preview, screen));
                return ExitCodes.Ok;
            },
            id
        );
    }

    private static Command Resume(Cli cli)
    {
        var touched = TouchedOption();
        var next = new Option<bool>("--next-ring") { Description = "Begin the next ring now." };
        return OnOne(
            cli,
            "resume",
            "Go on with one that is paused.",
            (session, id, token) =>
                session.Client.ResumePublicationAsync(
                    id,
                    new ResumePublication { Touched = session.Get(touched), NextRing = session.Get(next) },
                    token
                ),
            touched,
            next
        );
    }

    private static Command Undo(Cli cli)
    {
        var touched = TouchedOption();
        var yes = Confirmation.Yes();
        return OnOne(
            cli,
            "undo",
            "Take out of the UEM what Picket added; devices may lose the app.",
            (session, id, token) =>
            {
                session.Confirm(yes, "Take the app back from the devices that have it by this publication?");
                return session.Client.UndoPublicationAsync(id, session.Get(touched), token);
            },
            touched,
            yes
        );
    }

    private static Command Remove(Cli cli)
    {
        var id = IdArgument();
        return cli.Command(
            "remove",
            "Forget one that never started or was taken back.",
            $"picket publications remove {SomeId}",
            async (session, cancellationToken) =>
            {
                await session.Client.RemovePublicationAsync(session.Get(id), cancellationToken);
                return ExitCodes.Ok;
            },
            id
        );
    }

    private static Command Funnel(Cli cli)
    {
        var id = IdArgument();
        return cli.Command(
            "funnel",
            "Say how far the devices have come, and why some are no further.",
            $"picket publications funnel {SomeId}",
            async (session, cancellationToken) =>
            {
                var funnel = await session.Client.PublicationFunnelAsync(session.Get(id), cancellationToken);
                session.Printer.Value(funnel, screen => PublicationText.Write(funnel, screen));
                return ExitCodes.Ok;
            },
            id
        );
    }

    private static Command Devices(Cli cli)
    {
        var id = IdArgument();
        var stage = new Option<DeploymentStage?>("--stage") { Description = "Only devices that are at this stage." };
        var reached = new Option<DeploymentStage?>("--reached")
        {
            Description = "Only devices that are at this stage or beyond.",
        };
        var gap = new Option<DeploymentGap?>("--gap") { Description = "Only devices with this reason." };
        var ring = new Option<string?>("--ring") { Description = "Only devices of this ring.", HelpName = "NAME" };
        var worsened = new Option<bool>("--worsened")
        {
            Description = "Only devices whose verdict is worse than when their ring began.",
        };
        return cli.List(
            "devices",
            "List the devices behind a number of the funnel.",
            $"picket publications devices {SomeId} --gap failed",
            (session, cursor, limit) =>
                session.Client.PublicationDevices(
                    session.Get(id),
                    new PublicationDeviceFilter
                    {
                        Stage = session.Get(stage),
                        Reached = session.Get(reached),
                        Gap = session.Get(gap),
                        Ring = session.Get(ring),
                        Worsened = session.Get(worsened) ? true : null,
                        Cursor = cursor,
                        Limit = limit,
                    }
                ),
            DeviceColumns,
            id,
            stage,
            reached,
            gap,
            ring,
            worsened
        );
    }

    private static Option<TouchedByOthers> TouchedOption() =>
        new("--touched") { Description = "What to do where somebody changed what Picket added (Stop)." };

    private static Argument<Guid> IdArgument() => Targets.IdArgument("publication", "Id of the publication.");

    private static Command OnOne(
        Cli cli,
        string name,
        string description,
        Func<PicketClient, Guid, CancellationToken, Task<PublicationView>> act
    ) => OnOne(cli, name, description, (session, id, token) => act(session.Client, id, token), []);

    private static Command OnOne(
        Cli cli,
        string name,
        string description,
        Func<Session, Guid, CancellationToken, Task<PublicationView>> act,
        params Symbol[] options
    )
    {
        var id = IdArgument();
        return cli.Command(
            name,
            description,
            $"picket publications {name} {SomeId}",
            async (session, cancellationToken) =>
            {
                var publication = await act(session, session.Get(id), cancellationToken);
                session.Printer.Value(publication, screen => PublicationText.Write(publication, screen));
                return ExitCodes.Ok;
            },
            [id, .. options]
        );
    }
}
