using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;
using Picket.Cli.Settings;

namespace Picket.Cli.Commands;

/// <summary><c>picket notices</c>: who is told what, and what was told.</summary>
internal static class NoticeCommands
{
    private const string SomeId = "0198c0de-0000-7000-8000-000000000012";
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private static readonly Column<NoticeChannelView>[] Channels =
    [
        new("Id", row => row.Id, Exact: true),
        new("Name", row => row.Name),
        new("Kind", row => row.Kind, Exact: true),
        new("On", row => row.On),
        new("Waiting", row => row.Waiting),
        new("Given up", row => row.Dead),
        new("Last arrival", row => row.LastDeliveredAt),
        new("To", row => To(row), Wide: true),
        new("Off because", row => row.OffReason, Wide: true),
    ];

    private static readonly Column<NoticeDeliveryView>[] Deliveries =
    [
        new("Id", row => row.Id, Exact: true),
        new("Channel", row => row.Channel),
        new("Type", row => row.Type, Exact: true),
        new("State", row => row.State, Exact: true),
        new("Tries", row => row.Tries),
        new("Made", row => row.CreatedAt),
        new("Title", row => row.Title),
        new("Last answer", row => row.LastAnswer, Wide: true),
    ];

    public static Command Create(Cli cli) =>
        new("notices", "Who is told what goes wrong, by e-mail or webhook, and what was told.")
        {
            cli.List(
                "channels",
                "List the channels.",
                "picket notices channels",
                (session, cursor, limit) => session.Client.NoticeChannels(cursor, limit),
                Channels
            ),
            NoticeAddCommand.Create(cli),
            OnOne(
                cli,
                "test",
                "Send a test notice and wait for what comes of it.",
                "picket notices test security",
                TestAsync
            ),
            OnOne(
                cli,
                "rotate",
                "Give a webhook a new secret; the old one is good for 24 hours more.",
                "picket notices rotate siem",
                async (session, id, cancellationToken) =>
                    NoticeAddCommand.Show(session, await session.Client.RotateNoticeSecretAsync(id, cancellationToken))
            ),
            OnOne(cli, "on", "Send through a channel again.", "picket notices on security", SwitchTo(true)),
            OnOne(cli, "off", "Send nothing through a channel.", "picket notices off security", SwitchTo(false)),
            Remove(cli),
            List(cli),
            Replay(cli),
        };

    private static string To(NoticeChannelView channel) =>
        channel.Mail is { } mail ? string.Join(", ", mail.Recipients) : channel.Address ?? "";

    private static async Task<int> TestAsync(Session session, Guid id, CancellationToken cancellationToken)
    {
        var delivery = await session.Client.TestNoticeChannelAsync(id, cancellationToken);
        for (var waited = TimeSpan.Zero; delivery.Tries == 0 && waited < Longest; waited += BetweenLooks)
        {
            await Task.Delay(BetweenLooks, TimeProvider.System, cancellationToken);
            delivery = await session.Client.NoticeDeliveryAsync(delivery.Id, cancellationToken);
        }
        return Show(session, delivery);
    }

    private static int Show(Session session, NoticeDeliveryView delivery)
    {
        session.Printer.Value(
            delivery,
            screen =>
                screen.Pairs([
                    ("Notice", delivery.Title),
                    ("Id", delivery.Id),
                    ("Channel", delivery.Channel),
                    ("State", delivery.State),
                    ("Tries", delivery.Tries),
                    ("Answer", delivery.LastAnswer),
                    ("Next try", delivery.NextTryAt),
                ])
        );
        return delivery.State == NoticeDeliveryState.Delivered || delivery.Tries == 0
            ? ExitCodes.Ok
            : ExitCodes.Problem;
    }

    private static Func<Session, Guid, CancellationToken, Task<int>> SwitchTo(bool on) =>
        async (session, id, cancellationToken) =>
        {
            var now = await session.Client.NoticeChannelAsync(id, cancellationToken);
            var draft = new NoticeChannelDraft
            {
                Name = now.Name,
                Kind = now.Kind,
                IntegrationId = now.IntegrationId,
                Kinds = now.Kinds,
                SmallestLevel = now.SmallestLevel,
                DigestHour = now.DigestHour,
                On = on,
                Address = now.Address,
                Mail = now.Mail,
                CaCertificatePem = now.CaCertificatePem,
            };
            return NoticeAddCommand.Show(
                session,
                await session.Client.ChangeNoticeChannelAsync(id, draft, cancellationToken)
            );
        };

    private static Command OnOne(
        Cli cli,
        string name,
        string description,
        string example,
        Func<Session, Guid, CancellationToken, Task<int>> act
    )
    {
        var which = ChannelArgument();
        return cli.Command(
            name,
            description,
            example,
            async (session, cancellationToken) =>
                await act(
                    session,
                    await ChannelAsync(session, session.Get(which), cancellationToken),
                    cancellationToken
                ),
            which
        );
    }

    private static Command Remove(Cli cli)
    {
        var which = ChannelArgument();
        var yes = Confirmation.Yes();
        return cli.Command(
            "remove",
            "Remove a channel, and the list of what it told.",
            "picket notices remove security --yes",
            async (session, cancellationToken) =>
            {
                var text = session.Get(which);
                var id = await ChannelAsync(session, text, cancellationToken);
                session.Confirm(yes, $"Remove channel '{text}' and the list of what it told?");
                await session.Client.RemoveNoticeChannelAsync(id, cancellationToken);
                session.Printer.Remark($"Channel '{text}' is removed.");
                return ExitCodes.Ok;
            },
            which,
            yes
        );
    }

    private static Command List(Cli cli)
    {
        var channel = new Option<string?>("--channel") { Description = "Only through this one.", HelpName = "NAME" };
        var state = new Option<NoticeDeliveryState?>("--state") { Description = "Only those in this state." };
        return cli.List(
            "list",
            "List what was and is to be told, newest first.",
            "picket notices list\npicket notices list --state dead",
            async (session, cursor, limit, cancellationToken) =>
                session.Client.NoticeDeliveries(
                    session.Get(channel) is { } text ? await ChannelAsync(session, text, cancellationToken) : null,
                    session.Get(state),
                    cursor,
                    limit
                ),
            Deliveries,
            channel,
            state
        );
    }

    private static Command Replay(Cli cli)
    {
        var id = Targets.IdArgument("notice", "Id of the notice, see `picket notices list`.");
        return cli.Command(
            "replay",
            "Send a notice again that arrived or was given up; receivers know it by its id.",
            $"picket notices replay {SomeId}",
            async (session, cancellationToken) =>
                Show(session, await session.Client.ReplayNoticeAsync(session.Get(id), cancellationToken)),
            id
        );
    }

    private static Argument<string> ChannelArgument() => new("channel") { Description = "Name or id of the channel." };

    private static async Task<Guid> ChannelAsync(Session session, string text, CancellationToken cancellationToken)
    {
        if (Guid.TryParse(text, out var id))
            return id;
        await foreach (var channel in session.Client.NoticeChannels().WithCancellation(cancellationToken))
        {
            if (string.Equals(channel.Name, text, StringComparison.OrdinalIgnoreCase))
                return channel.Id;
        }
        throw new NotFoundException($"No channel is called '{text}'. See `picket notices channels`.");
    }
}
