using System.CommandLine;
using System.Globalization;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary><c>picket ledger</c>: every write to the UEM.</summary>
internal static class LedgerCommands
{
    private static readonly Column<LedgerSummary>[] Columns =
    [
        new("Id", row => row.Id, Exact: true),
        new("Kind", row => row.Kind, Exact: true),
        new("Subject", row => row.Subject),
        new("State", row => row.State, Exact: true) { Style = row => Palette.Of(row.State) },
        new("Devices", row => row.Devices, Exact: true),
        new("Failed", row => row.Failed, Exact: true),
        new("Wanted", row => row.WantedAt, Exact: true, Wide: true),
        new("Message", row => row.Message, Wide: true),
    ];

    private static readonly Column<LedgerDevice>[] Devices =
    [
        new("Device", row => row.DeviceId, Exact: true),
        new("UEM number", row => row.UemId.ToString(CultureInfo.InvariantCulture)),
        new("Name", row => row.FriendlyName),
        new("State", row => row.State, Exact: true) { Style = row => Palette.Of(row.State) },
        new("Message", row => row.Message),
    ];

    public static Command Create(Cli cli) =>
        new("ledger", "Every write to the UEM: wanted, sent, confirmed, undone.") { List(cli), Show(cli) };

    private static Command List(Cli cli)
    {
        var integration = Targets.IntegrationOption();
        var state = new Option<LedgerState?>("--state") { Description = "Only this state." };
        var device = new Option<string?>("--device") { Description = "Only writes that name this device." };
        var user = new Option<string?>("--user")
        {
            Description = "Only writes that name a device of this enrolment user (sign-in name or id).",
            HelpName = "NAME",
        };
        var publication = new Option<Guid?>("--publication")
        {
            Description = "Only writes of this publication.",
            HelpName = "ID",
        };
        return cli.List(
            "list",
            "List the writes, newest first.",
            "picket ledger list --state failed",
            async (session, cursor, limit, cancellationToken) =>
            {
                var id = await session.IntegrationOrAllAsync(integration, cancellationToken);
                Guid? deviceId = session.Get(device) is { } text
                    ? await session.DeviceAsync(text, cancellationToken)
                    : null;
                return session.Client.Ledger(
                    new LedgerFilter
                    {
                        IntegrationId = id,
                        State = session.Get(state),
                        DeviceId = deviceId,
                        UserId = session.Get(user) is { } person
                            ? await session.UserAsync(person, cancellationToken)
                            : null,
                        PublicationId = session.Get(publication),
                        Cursor = cursor,
                        Limit = limit,
                    }
                );
            },
            Columns,
            integration,
            state,
            device,
            user,
            publication
        );
    }

    private static Command Show(Cli cli)
    {
        var id = Targets.IdArgument("write", "Id of the write.");
        return cli.Command(
            "show",
            "Show a write with its devices.",
            "picket ledger show 0198c0de-0000-7000-8000-00000000000e",
            async (session, cancellationToken) =>
            {
                var view = await session.Client.LedgerEntryAsync(session.Get(id), cancellationToken);
                session.Printer.Value(
                    view,
                    screen =>
                    {
                        screen.Pairs(Facts(view));
                        // The line of an import names no device of the inventory.
                        if (view.Write.ImportId is not null && view.Entries.Count == 0)
                            return;
                        screen.Heading("Devices");
                        screen.Rows(view.Entries, Devices);
                    }
                );
                return ExitCodes.Ok;
            },
            id
        );
    }

    private static IEnumerable<(string, object?)> Facts(LedgerView view)
    {
        var (write, trail) = (view.Write, view.Trail);
        return
        [
            ("Write", write.Id),
            ("Kind", $"{write.Kind} {write.Subject}"),
            ("State", write.State),
            ("Wanted", write.WantedAt),
            ("Wanted by", trail?.WantedBy),
            ("Held by", trail?.HeldBy),
            ("Approved by", trail?.ApprovedBy),
            ("Key", trail?.Key),
            ("Sent", write.SentAt),
            ("Settled", write.SettledAt),
            ("Tag run", write.TagRunId),
            ("Import", write.ImportId),
            ("Command", write.CommandId),
            ("HTTP status", write.HttpStatus?.ToString(CultureInfo.InvariantCulture)),
            ("Error", write.ErrorCode?.ToString(CultureInfo.InvariantCulture)),
            ("Message", write.Message),
        ];
    }
}
