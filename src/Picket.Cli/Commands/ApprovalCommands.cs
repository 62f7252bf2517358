using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary><c>picket approvals</c>: what waits for a person's word.</summary>
internal static class ApprovalCommands
{
    private static readonly Column<ApprovalView>[] Columns =
    [
        new("Id", row => row.Id, Exact: true),
        new("What", row => row.Kind, Exact: true),
        new(
            "Device",
            row =>
                row.FriendlyName
                ?? (row.Kind == ApprovalKind.Messages ? $"{row.Devices} messages" : $"{row.Devices} devices")
        ),
        new("Since", row => row.Since),
        new("Expires", row => row.ExpiresAt),
        new("Wanted by", row => row.WantedBy),
        new("Why", row => row.Cause),
        new("You may not, since", row => row.WhyNotYou),
    ];

    public static Command Create(Cli cli) =>
        new(
            "approvals",
            "What waits for a person's word: wipes, tag runs that the brake held, and the first messages of a policy."
        )
        {
            List(cli),
            Approve(cli),
            Decline(cli),
        };

    private static Command List(Cli cli) =>
        cli.Command(
            "list",
            "List what waits, the oldest first.",
            "picket approvals list",
            async (session, cancellationToken) =>
            {
                var now = await session.Client.ApprovalsAsync(cancellationToken);
                session.Printer.Value(now, screen => screen.Rows(now.Items, Columns));
                return ExitCodes.Ok;
            }
        );

    private static Command Approve(Cli cli)
    {
        var (id, yes) = (Id(), Confirmation.Yes());
        return cli.Command(
            "approve",
            "Approve what waits. A wipe asks for a code of your second factor, at the terminal.",
            "picket approvals approve 0198c0de-0000-7000-8000-000000000011",
            async (session, cancellationToken) =>
            {
                var item = await ItemAsync(session, session.Get(id), cancellationToken);
                if (item.Kind == ApprovalKind.TagRun)
                {
                    session.Confirm(yes, $"Let the tags of {Cell.Number(item.Devices)} devices change?");
                    var run = await session.Client.ApproveTagsAsync(item.Id, item.Showing, cancellationToken);
                    session.Printer.Value(run, screen => screen.Pairs([("Tag run", run.Id), ("State", run.State)]));
                    return ExitCodes.Ok;
                }

                if (item.Kind == ApprovalKind.Messages)
                {
                    session.Confirm(
                        yes,
                        $"Send {Cell.Number(item.Devices)} messages to users, and under version {item.PolicyVersion} of the policy those that follow? See `picket commands list --state waiting`, and `picket commands show` for what they say."
                    );
                    return await DecideAsync(session, item, true, cancellationToken);
                }

                if (item.Kind == ApprovalKind.AppGroupRun)
                {
                    session.Confirm(
                        yes,
                        $"Let {Cell.Number(item.Apps)} apps be added to the lists of denied apps, or taken out?"
                    );
                    var run = await session.Client.ApproveAppGroupsAsync(item.Id, cancellationToken);
                    session.Printer.Value(run, screen => screen.Pairs([("Run", run.Id), ("State", run.State)]));
                    return ExitCodes.Ok;
                }

                session.Confirm(yes, $"Wipe the organization's part of {item.FriendlyName}? It cannot be undone.");
                var code = WipeCommands.Code(session);
                return CommandCommands.Print(
                    session,
                    await session.Client.ApproveCommandAsync(
                        item.Id,
                        new ApproveCommand { SecondFactor = code },
                        cancellationToken
                    )
                );
            },
            id,
            yes
        );
    }

    private static Command Decline(Cli cli)
    {
        var id = Id();
        return cli.Command(
            "decline",
            "Decline what waits: nothing is written.",
            "picket approvals decline 0198c0de-0000-7000-8000-000000000011",
            async (session, cancellationToken) =>
            {
                var item = await ItemAsync(session, session.Get(id), cancellationToken);
                if (item.Kind == ApprovalKind.TagRun)
                {
                    var run = await session.Client.DiscardTagsAsync(item.Id, cancellationToken);
                    session.Printer.Value(run, screen => screen.Pairs([("Tag run", run.Id), ("State", run.State)]));
                    return ExitCodes.Ok;
                }

                if (item.Kind == ApprovalKind.Messages)
                    return await DecideAsync(session, item, false, cancellationToken);

                if (item.Kind == ApprovalKind.AppGroupRun)
                {
                    var run = await session.Client.DiscardAppGroupsAsync(item.Id, cancellationToken);
                    session.Printer.Value(run, screen => screen.Pairs([("Run", run.Id), ("State", run.State)]));
                    return ExitCodes.Ok;
                }

                return CommandCommands.Print(
                    session,
                    await session.Client.DeclineCommandAsync(item.Id, cancellationToken)
                );
            },
            id
        );
    }

    private static async Task<int> DecideAsync(
        Session session,
        ApprovalView item,
        bool approve,
        CancellationToken cancellationToken
    )
    {
        var decision = new DecideMessages(item.PolicyVersion!.Value, item.Devices, approve);
        await session.Client.DecideMessagesAsync(item.IntegrationId, decision, cancellationToken);
        session.Printer.Value(
            item,
            screen => screen.Pairs([("Messages", item.Devices), ("Decided", approve ? "approved" : "declined")])
        );
        return ExitCodes.Ok;
    }

    private static Argument<Guid> Id() => Targets.IdArgument("approval", "Id of what waits.");

    private static async Task<ApprovalView> ItemAsync(Session session, Guid id, CancellationToken cancellationToken) =>
        (await session.Client.ApprovalsAsync(cancellationToken)).Items.FirstOrDefault(item => item.Id == id)
        ?? throw new NotFoundException($"Nothing that waits has the id {id}. See `picket approvals list`.");
}
