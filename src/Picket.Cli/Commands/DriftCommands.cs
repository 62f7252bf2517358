using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary><c>picket drift</c>: what others changed about Picket's tags in the UEM.</summary>
internal static class DriftCommands
{
    private static readonly Column<DriftView>[] Columns =
    [
        new("Id", row => row.Id, Exact: true),
        new("Tag", row => row.Tag),
        new("What", What),
        new("Devices", row => row.Devices > 0 ? row.Devices : null),
        new("State", State),
        new("Since", row => row.Since),
        new("Seen last", row => row.LastSeenAt, Wide: true),
        new("Decided by", row => row.DecidedBy, Wide: true),
        new("Integration", row => row.IntegrationId, Wide: true),
    ];

    private static readonly Column<DriftDevice>[] Devices =
    [
        new("Device", row => row.DeviceId, Exact: true),
        new("Number", row => row.UemId, Exact: true),
        new("Name", row => row.FriendlyName),
        new("State", row => row.Became, Exact: true),
        new("Seen", row => row.SeenAt),
        new("Over", row => row.EndedAt),
    ];

    public static Command Create(Cli cli) =>
        new(
            "drift",
            "What others changed about Picket's tags in the UEM: tags on devices, their names, tags as a whole."
        )
        {
            List(cli),
            OfDevices(cli),
            Repair(cli),
            Accept(cli),
        };

    private static Command List(Cli cli)
    {
        var integration = Targets.IntegrationOption();
        var lasting = new Option<bool?>("--lasting")
        {
            Description = "True for what lasts, false for what is over; all when absent.",
            HelpName = "true|false",
        };
        return cli.List(
            "list",
            "List what others changed, newest first.",
            "picket drift list --lasting true",
            async (session, cursor, limit, cancellationToken) =>
                session.Client.Drift(
                    new DriftFilter
                    {
                        IntegrationId = await session.IntegrationOrAllAsync(integration, cancellationToken),
                        Lasting = session.Get(lasting),
                        Cursor = cursor,
                        Limit = limit,
                    }
                ),
            Columns,
            integration,
            lasting
        );
    }

    private static Command OfDevices(Cli cli)
    {
        var id = Id();
        return cli.List(
            "devices",
            "List the devices of a change, with what became of each.",
            "picket drift devices 0198c0de-0000-7000-8000-000000000013",
            (session, cursor, limit) => session.Client.DriftDevices(session.Get(id), cursor, limit),
            Devices,
            id
        );
    }

    private static Command Repair(Cli cli)
    {
        var (id, yes) = (Id(), Confirmation.Yes());
        return cli.Command(
            "repair",
            "Have a tag run make it as it was, under its brakes.",
            "picket drift repair 0198c0de-0000-7000-8000-000000000013 --yes",
            async (session, cancellationToken) =>
            {
                session.Confirm(yes, "Have it made as it was? What hangs on the tag in the UEM follows.");
                Print(session, await session.Client.RepairDriftAsync(session.Get(id), cancellationToken));
                return ExitCodes.Ok;
            },
            id,
            yes
        );
    }

    private static Command Accept(Cli cli)
    {
        var id = Id();
        return cli.Command(
            "accept",
            "Let it stay: devices until their verdict changes, a name until it is changed again.",
            "picket drift accept 0198c0de-0000-7000-8000-000000000013",
            async (session, cancellationToken) =>
            {
                Print(session, await session.Client.AcceptDriftAsync(session.Get(id), cancellationToken));
                return ExitCodes.Ok;
            },
            id
        );
    }

    private static Argument<Guid> Id() => Targets.IdArgument("change", "Id of the change, see `picket drift list`.");

    private static void Print(Session session, DriftView drift) =>
        session.Printer.Value(
            drift,
            screen =>
                screen.Pairs([
                    ("Tag", drift.Tag),
                    ("What", What(drift)),
                    ("Devices", drift.Devices > 0 ? drift.Lasting : null),
                    ("State", State(drift)),
                    ("Id", drift.Id),
                ])
        );

    private static string What(DriftView drift) =>
        drift.Kind switch
        {
            DriftKind.Lost => "taken off devices",
            DriftKind.Carried => "put on devices",
            DriftKind.Renamed => $"renamed to {drift.NewName}",
            _ => "deleted",
        };

    private static string State(DriftView drift) =>
        drift switch
        {
            { State: DriftState.Open, Fought: true } =>
                "waits for a word: repaired three times in a day, and changed again",
            { State: DriftState.Open, Asks: true } => "waits for a word",
            { State: DriftState.Open, Kind: DriftKind.Deleted } =>
                "made anew; accept it once what named the old one names it",
            { State: DriftState.Open } => "being repaired",
            { State: DriftState.Accepted } => "stays so",
            { State: DriftState.Repaired } => "repaired",
            _ => "over by itself",
        };
}
