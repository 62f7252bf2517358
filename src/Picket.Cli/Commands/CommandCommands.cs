using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary><c>picket commands</c>: what devices are told to do, and what became of it.</summary>
internal static class CommandCommands
{
    private const string SomeId = "0198c0de-0000-7000-8000-000000000011";

    private static readonly Column<CommandView>[] Columns =
    [
        new("Id", row => row.Id, Exact: true),
        new("Command", row => row.Command, Exact: true),
        new("Device", row => row.FriendlyName),
        new("State", row => row.State, Exact: true),
        new("Wanted", row => row.WantedAt),
        new("By", row => row.WantedBy),
        new("Because", row => row.Reason),
        new("Approved by", row => row.ApprovedBy, Wide: true),
        new("Sent", row => row.SentAt, Wide: true),
        new("Device id", row => row.DeviceId, Exact: true, Wide: true),
    ];

    public static Command Create(Cli cli) =>
        new("commands", "What devices are told to do, at most once each, and what became of it.")
        {
            List(cli),
            Show(cli),
            Send(cli, "sync", "Have a device report, and take what waits for it.", DeviceCommand.Sync),
            Send(cli, "query", "Have a device report everything.", DeviceCommand.Query),
            Send(
                cli,
                "apps",
                "Have a device report its apps; the UEM asks it for everything.",
                DeviceCommand.RequestApps
            ),
            Lock(cli),
            MessageCommand.Create(cli),
            WipeCommands.Preview(cli),
            WipeCommands.Wipe(cli),
            OnOne(
                cli,
                "cancel",
                "Take back what was not sent yet.",
                (session, id, cancellationToken) => session.Client.CancelCommandAsync(id, cancellationToken)
            ),
            Settle(cli),
            CommandSettingsCommands.Status(cli),
            CommandSettingsCommands.Set(cli),
            CommandSettingsCommands.WipeAccount(cli),
        };

    /// <summary>A command of the server about one command.</summary>
    public static Command OnOne(
        Cli cli,
        string name,
        string description,
        Func<Session, Guid, CancellationToken, Task<CommandView>> ask,
        string parent = "commands"
    )
    {
        var id = Targets.IdArgument("command", "Id of the command.");
        return cli.Command(
            name,
            description,
            $"picket {parent} {name} {SomeId}",
            async (session, cancellationToken) =>
                Print(session, await ask(session, session.Get(id), cancellationToken)),
            id
        );
    }

    public static int Print(Session session, CommandView command)
    {
        session.Printer.Value(command, screen => Write(command, screen));
        return ExitCodes.Ok;
    }

    private static void Write(CommandView command, Screen screen) =>
        screen.Pairs([
            ("Command", command.Id),
            ("What", command.Command),
            ("Device", command.FriendlyName ?? $"{command.DeviceId}"),
            ("State", command.State),
            ("Because", command.Reason),
            ("Brake", command.Brake == DeviceCommandBrake.None ? null : command.Brake),
            ("Wanted", command.WantedAt),
            ("By", command.WantedBy),
            ("Why", command.Cause),
            ("Message by", command.Message?.By),
            ("Text", command.Message?.Text),
            ("Insisted", command.Message is { Insisted: true } ? "an administrator insisted" : null),
            ("Approved by", command.ApprovedBy),
            ("Not before", command.NotBefore),
            ("Expires", command.EndedAt is null && command.SentAt is null ? command.ExpiresAt : null),
            ("Sent", command.SentAt),
            ("Ended", command.EndedAt),
            ("Ended by", command.EndedBy),
            ("Ledger", command.LedgerEntryId),
        ]);

    private static Command List(Cli cli)
    {
        var integration = Targets.IntegrationOption();
        var state = new Option<DeviceCommandState?>("--state") { Description = "Only in this state." };
        var device = new Option<string?>("--device") { Description = "Only to this device." };
        return cli.List(
            "list",
            "List commands, newest first.",
            "picket commands list --state waiting",
            async (session, cursor, limit, cancellationToken) =>
                session.Client.Commands(
                    new CommandFilter
                    {
                        IntegrationId = await session.IntegrationOrAllAsync(integration, cancellationToken),
                        DeviceId = session.Get(device) is { } text
                            ? await session.DeviceAsync(text, cancellationToken)
                            : null,
                        State = session.Get(state),
                        Cursor = cursor,
                        Limit = limit,
                    }
                ),
            Columns,
            integration,
            state,
            device
        );
    }

    private static Command Show(Cli cli) =>
        OnOne(
            cli,
            "show",
            "Show a command, and what became of it.",
            (session, id, cancellationToken) => session.Client.CommandAsync(id, cancellationToken)
        );

    private static Command Send(Cli cli, string name, string description, DeviceCommand command)
    {
        var device = Targets.DeviceArgument();
        return cli.Command(
            name,
            description,
            $"picket commands {name} C02XK1",
            async (session, cancellationToken) =>
            {
                var id = await session.DeviceAsync(session.Get(device), cancellationToken);
                var wish = new CreateCommand { Command = command };
                return Print(session, await session.Client.CommandAsync(id, wish, cancellationToken));
            },
            device
        );
    }

    private static Command Lock(Cli cli)
    {
        var (device, reason, yes) = (Targets.DeviceArgument(), Reason(), Confirmation.Yes());
        return cli.Command(
            "lock",
            "Lock a device's screen; its user opens it with the passcode.",
            "picket commands lock C02XK1 --reason \"Left in a taxi\" --yes",
            async (session, cancellationToken) =>
            {
                var id = await session.DeviceAsync(session.Get(device), cancellationToken);
                session.Confirm(yes, $"Lock {session.Get(device)}?");
                var wish = new CreateCommand { Command = DeviceCommand.Lock, Reason = session.Get(reason) };
                return Print(session, await session.Client.CommandAsync(id, wish, cancellationToken));
            },
            device,
            reason,
            yes
        );
    }

    private static Command Settle(Cli cli)
    {
        var id = Targets.IdArgument("command", "Id of the command.");
        var outcome = new Option<string>("--outcome")
        {
            Description = "happened or not: what you saw on the device.",
            HelpName = "WHAT",
            Required = true,
        };
        outcome.AcceptOnlyFromAmong("happened", "not");
        return cli.Command(
            "settle",
            "Say what became of a command whose answer is lost. It is never sent again.",
            $"picket commands settle {SomeId} --outcome not",
            async (session, cancellationToken) =>
                Print(
                    session,
                    await session.Client.SettleCommandAsync(
                        session.Get(id),
                        session.Get(outcome) == "happened",
                        cancellationToken
                    )
                ),
            id,
            outcome
        );
    }

    public static Option<string> Reason() =>
        new("--reason")
        {
            Description = "Why; kept with the command.",
            HelpName = "TEXT",
            Required = true,
        };
}
