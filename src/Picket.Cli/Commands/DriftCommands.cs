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
        new("Tag", row => row.CompliancePolicy ?? row.Tag),
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

    private static readonly Column<CompliancePolicyView>[] OfUem =
    [
        new("Number", row => row.Id, Exact: true),
        new("Name", row => row.Name),
        new("Platform", row => row.Platform),
        new("Active", row => row.IsActive),
        new("Devices", row => row.AssignedDevices),
        new("Watched", row => row.Watched),
    ];

    private static readonly Column<TagReference>[] Named =
    [
        new("Smart group", row => row.SmartGroup),
        new("Number", row => row.SmartGroupId, Exact: true),
        new("Tag", row => row.Tag),
        new("Seen last", row => row.SeenAt),
        new("Missed", row => row.MissedAt),
    ];

    public static Command Create(Cli cli) =>
        new(
            "drift",
            "What others changed about Picket's tags in the UEM: tags on devices, their names, tags as a whole, smart groups."
        )
        {
            List(cli),
            OfDevices(cli),
            Repair(cli),
            Accept(cli),
            References(cli),
            CompliancePolicies(cli),
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
            "Have it made as it was: by a tag run, under its brakes, or by putting the tag back into the smart group.",
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
            "Let it stay: devices until their verdict changes, a name until it is changed again, a smart group until it names the tag.",
            "picket drift accept 0198c0de-0000-7000-8000-000000000013",
            async (session, cancellationToken) =>
            {
                Print(session, await session.Client.AcceptDriftAsync(session.Get(id), cancellationToken));
                return ExitCodes.Ok;
            },
            id
        );
    }

    private static Command References(Cli cli)
    {
        var integration = Targets.IntegrationArgument();
        var now = new Option<bool>("--now") { Description = "Look in the UEM now: a call for each smart group." };
        return cli.Command(
            "references",
            "Show which smart groups name Picket's tags, and when that was looked at.",
            "picket drift references Acme",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(integration), cancellationToken);
                var view = session.Get(now)
                    ? await session.Client.ReadTagReferencesAsync(id, cancellationToken)
                    : await session.Client.TagReferencesAsync(id, cancellationToken);
                session.Printer.Value(view, screen => Print(screen, view));
                return ExitCodes.Ok;
            },
            integration,
            now
        );
    }

    private static Command CompliancePolicies(Cli cli)
    {
        var integration = Targets.IntegrationArgument();
        var watch = new Option<int[]>("--watch")
        {
            Description = "Watch these, by the UEM's number, and no others.",
            HelpName = "NUMBER",
            AllowMultipleArgumentsPerToken = true,
        };
        var none = new Option<bool>("--watch-none") { Description = "Watch none any more." };
        return cli.Command(
            "policies",
            "List the UEM's compliance policies, or say which of them act on tags and are watched.",
            "picket drift policies Acme --watch 71 74",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(integration), cancellationToken);
                if (session.Get(watch) is { Length: > 0 } || session.Get(none))
                {
                    var wish = new WatchPolicies(session.Get(none) ? [] : session.Get(watch)!);
                    await session.Client.WatchPoliciesAsync(id, wish, cancellationToken);
                }

                var policies = await session.Client.CompliancePoliciesAsync(id, cancellationToken);
                session.Printer.Value(policies, screen => screen.Rows(policies, OfUem));
                return ExitCodes.Ok;
            },
            integration,
            watch,
            none
        );
    }

    private static void Print(Screen screen, TagReferencesView view)
    {
        screen.Pairs([
            ("Looked at", view.ReadAt),
            ("Next look", view.NextAt),
            ("Smart groups", $"{view.Read} of {view.SmartGroups} read"),
            (
                "Compliance policies",
                view.Policies.Count == 0
                    ? "none watched"
                    : string.Join(", ", view.Policies.Select(policy => policy.Name))
            ),
            ("Trouble", view.Trouble),
        ]);
        if (view.Named.Count > 0)
        {
            screen.Line();
            screen.Rows(view.Named, Named);
        }
    }

    private static Argument<Guid> Id() => Targets.IdArgument("change", "Id of the change, see `picket drift list`.");

    private static void Print(Session session, DriftView drift) =>
        session.Printer.Value(
            drift,
            screen =>
                screen.Pairs([
                    ("Tag", drift.CompliancePolicy ?? drift.Tag),
                    ("What", What(drift)),
                    ("Devices", drift.Devices > 0 ? drift.Lasting : null),
                    ("State", State(drift)),
                    ("Trouble", drift.Trouble),
                    ("Id", drift.Id),
                ])
        );

    private static string What(DriftView drift) =>
        drift.Kind switch
        {
            DriftKind.Lost => "taken off devices",
            DriftKind.Carried => "put on devices",
            DriftKind.Renamed => $"renamed to {drift.NewName}",
            DriftKind.NotNamed => $"not named by the smart group {drift.SmartGroup} any more",
            DriftKind.GroupGone => $"the smart group {drift.SmartGroup}, which named it, is gone",
            DriftKind.OldNumber => $"named by the smart group {drift.SmartGroup} by a number that it has no more",
            DriftKind.Unused => $"named by no smart group any more, carried by {drift.Count}",
            DriftKind.PolicyGone => "the compliance policy is gone",
            DriftKind.PolicyInactive => "the compliance policy is inactive",
            DriftKind.PolicyRenamed => $"the compliance policy is called {drift.NewName} now",
            DriftKind.PolicyUnassigned => "the compliance policy is assigned to no device",
            DriftKind.FewerAssignments =>
                $"the smart group {drift.SmartGroup}, which names it, has {drift.Count} assignments after {drift.Before}",
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
