using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary>Of <c>picket publications</c>: messages to the people whose devices lag behind.</summary>
internal static class NudgeCommands
{
    private const string SomeId = "0198c0de-0000-7000-8000-000000000011";

    private static readonly Column<NudgeView>[] Columns =
    [
        new("Id", row => row.Id, Exact: true),
        new("Made", row => row.MadeAt, Exact: true, Wide: true),
        new("Gap", row => row.Gap, Exact: true),
        new("Channel", row => row.Channel, Exact: true),
        new("State", row => row.State, Exact: true),
        new("Devices", row => row.Devices, Exact: true),
        new("Sent", row => row.Sent, Exact: true),
        new("Refused", row => row.Refused, Exact: true),
        new("Unclear", row => row.Unclear, Exact: true),
        new("Skipped", row => row.Skipped, Exact: true),
        new("Because", row => row.Reason, Wide: true),
        new("Text", row => row.Text, Wide: true),
    ];

    private static readonly Column<NudgeDeviceView>[] DeviceColumns =
    [
        new("Device", row => row.DeviceId, Exact: true),
        new("Number", row => row.UemId, Exact: true),
        new("Name", row => row.FriendlyName),
        new("Message", row => row.State, Exact: true),
        new("Sent", row => row.SentAt, Exact: true, Wide: true),
        new("Because", row => row.Reason),
    ];

    public static IEnumerable<Command> All(Cli cli) => [Nudge(cli), Nudges(cli), Nudged(cli), Stop(cli)];

    private static Command Nudge(Cli cli)
    {
        var id = Targets.IdArgument("publication", "Id of the publication.");
        var gap = new Option<DeploymentGap>("--gap")
        {
            Description = "To devices with this reason in the funnel: NotSeen, Pending, Failed, Removed.",
            Required = true,
        };
        var stage = new Option<DeploymentStage?>("--stage") { Description = "Only devices that are at this stage." };
        var text = new Option<string>("--text")
        {
            Description = "What it says: up to 256 characters, of a mail up to 2000.",
            HelpName = "TEXT",
            Required = true,
        };
        var mail = new Option<bool>("--mail") { Description = "By mail; without it the device shows it." };
        var subject = new Option<string?>("--subject") { Description = "Subject of the mail.", HelpName = "TEXT" };
        var yes = Confirmation.Yes();
        return cli.Command(
            "nudge",
            "Send a message to the people whose devices are at a gap of the funnel. It cannot be taken back.",
            $"picket publications nudge {SomeId} --gap pending --text \"Please open the Hub and install Guard.\"\n"
                + $"picket publications nudge {SomeId} --gap removed --mail --subject Guard --text \"Please install it again.\" --yes",
            async (session, cancellationToken) =>
            {
                var wish = new CreateNudge
                {
                    Gap = session.Get(gap),
                    Stage = session.Get(stage),
                    Channel = session.Get(mail) ? NudgeChannel.Mail : NudgeChannel.Push,
                    Subject = session.Get(subject),
                    Text = session.Get(text)!,
                };
                var funnel = await session.Client.PublicationFunnelAsync(session.Get(id), cancellationToken);
                var devices = funnel
                    .Gaps.Where(each => each.Gap == wish.Gap && (wish.Stage ?? each.Stage) == each.Stage)
                    .Sum(each => each.Devices);
                session.Confirm(
                    yes,
                    $"Send this message to the people of {devices} {(devices == 1 ? "device" : "devices")}? It cannot be taken back."
                );
                var nudge = await session.Client.NudgeAsync(session.Get(id), wish, cancellationToken);
                session.Printer.Value(nudge, screen => Write(nudge, screen));
                return ExitCodes.Ok;
            },
            id,
            gap,
            stage,
            text,
            mail,
            subject,
            yes
        );
    }

    private static Command Nudges(Cli cli)
    {
        var id = Targets.IdArgument("publication", "Id of the publication.");
        return cli.List(
            "nudges",
            "List the messages about one publication, newest first, and what became of them.",
            $"picket publications nudges {SomeId}",
            (session, cursor, limit) =>
                session.Client.Nudges(session.Get(id), new NudgeFilter { Cursor = cursor, Limit = limit }),
            Columns,
            id
        );
    }

    private static Command Nudged(Cli cli)
    {
        var id = Targets.IdArgument("nudge", "Id of the nudge.");
        var state = new Option<NudgeDeviceState?>("--state") { Description = "Only devices whose message stands so." };
        return cli.List(
            "nudged",
            "List the devices of one nudge, and what became of their messages.",
            $"picket publications nudged {SomeId} --state unclear",
            (session, cursor, limit) =>
                session.Client.NudgeDevices(
                    session.Get(id),
                    new NudgeDeviceFilter
                    {
                        State = session.Get(state),
                        Cursor = cursor,
                        Limit = limit,
                    }
                ),
            DeviceColumns,
            id,
            state
        );
    }

    private static Command Stop(Cli cli)
    {
        var id = Targets.IdArgument("nudge", "Id of the nudge.");
        return cli.Command(
            "stop-nudge",
            "Let no further message of a nudge go out; what was sent is sent.",
            $"picket publications stop-nudge {SomeId}",
            async (session, cancellationToken) =>
            {
                var nudge = await session.Client.StopNudgeAsync(session.Get(id), cancellationToken);
                session.Printer.Value(nudge, screen => Write(nudge, screen));
                return ExitCodes.Ok;
            },
            id
        );
    }

    private static void Write(NudgeView nudge, Screen screen) =>
        screen.Pairs(
            ("State", nudge.State),
            ("Because", nudge.Reason),
            ("Nudge", nudge.Id),
            ("Gap", nudge.Gap),
            ("Channel", nudge.Channel),
            ("Subject", nudge.Subject),
            ("Text", nudge.Text),
            ("Devices", nudge.Devices),
            ("Waiting", nudge.Waiting),
            ("Sent", nudge.Sent),
            ("Refused", nudge.Refused),
            ("Unclear", nudge.Unclear),
            ("Skipped", nudge.Skipped),
            ("Why", string.Join('\n', nudge.Skips.Select(skip => $"{skip.Devices}: {skip.Reason}"))),
            ("Goes on", nudge.GoesOnAt),
            ("Next", $"`picket publications nudges {nudge.PublicationId}`")
        );
}
