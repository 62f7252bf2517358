using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary><c>picket ledger</c>: every write to the UEM.</summary>
internal static class LedgerCommands
{
    private static readonly Column<LedgerSummary>[] Columns =
    [
        new("Id", row => row.Id.ToString(), Exact: true),
        new("Kind", row => row.Kind),
        new("Subject", row => row.Subject),
        new("State", row => row.State.ToString()),
        new("Devices", row => Cell.Number(row.Devices)),
        new("Failed", row => Cell.Number(row.Failed)),
    ];

    private static readonly Column<LedgerDevice>[] Devices =
    [
        new("Device", row => row.DeviceId?.ToString(), Exact: true),
        new("UEM number", row => row.UemId.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        new("Name", row => row.FriendlyName),
        new("State", row => row.State.ToString()),
        new("Message", row => row.Message),
    ];

    public static Command Create(Cli cli) =>
        new("ledger", "Every write to the UEM: wanted, sent, confirmed, undone.") { List(cli), Show(cli) };

    private static Command List(Cli cli)
    {
        var integration = Targets.IntegrationOption();
        var state = new Option<LedgerState?>("--state") { Description = "Only this state." };
        var device = new Option<string?>("--device") { Description = "Only writes that name this device." };
        return cli.List(
            "list",
            "List the writes, newest first.",
            async (session, cursor, limit, cancellationToken) =>
            {
                var id = await session.IntegrationOrAllAsync(integration, cancellationToken);
                Guid? deviceId = session.Get(device) is { } text
                    ? await session.DeviceAsync(text, cancellationToken)
                    : null;
                return session.Client.Ledger(new LedgerFilter(id, session.Get(state), deviceId, cursor, limit));
            },
            Columns,
            integration,
            state,
            device
        );
    }

    private static Command Show(Cli cli)
    {
        var id = Targets.IdArgument("write", "Id of the write.");
        return cli.Command(
            "show",
            "Show a write with its devices.",
            async (session, cancellationToken) =>
            {
                var view = await session.Client.LedgerEntryAsync(session.Get(id), cancellationToken);
                session.Printer.Value(
                    view,
                    console =>
                    {
                        console.Write(Tables.Pairs(Facts(view.Write)));
                        console.Heading("Devices");
                        console.Write(Tables.Of(view.Entries, Devices));
                    }
                );
                return ExitCodes.Ok;
            },
            id
        );
    }

    private static IEnumerable<(string, string?)> Facts(LedgerSummary write) =>
        [
            ("Write", write.Id.ToString()),
            ("Kind", $"{write.Kind} {write.Subject}"),
            ("State", write.State.ToString()),
            ("Wanted", Cell.Time(write.WantedAt)),
            ("Sent", Cell.Time(write.SentAt)),
            ("Settled", Cell.Time(write.SettledAt)),
            ("Tag run", write.TagRunId?.ToString()),
            ("HTTP status", Cell.Number(write.HttpStatus)),
            ("Error", Cell.Number(write.ErrorCode)),
            ("Message", write.Message),
        ];
}
