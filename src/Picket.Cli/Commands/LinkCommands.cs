using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;
using Picket.Cli.Settings;

namespace Picket.Cli.Commands;

/// <summary><c>picket integrations link</c> and what belongs to it: who may change an integration's settings.</summary>
internal static class LinkCommands
{
    private static readonly Column<AdministratorLink>[] LinkColumns =
    [
        new("Person", row => row.PersonName),
        new("UEM account", row => row.UserName),
        new("May change", row => row.MayChange ? "yes" : $"no: {row.WhyNot}"),
        new("Read", row => row.ReadAt),
        new("Person id", row => row.PersonId, Exact: true, Wide: true),
    ];

    private static readonly Column<LinkRequest>[] RequestColumns =
    [
        new("Id", row => row.Id, Exact: true),
        new("Person", row => row.PersonName),
        new("UEM account", row => row.UserName),
        new("Asked", row => row.AskedAt),
        new("Until", row => row.ExpiresAt),
    ];

    private static readonly Column<RecoveryView>[] RecoveryColumns =
    [
        new("Id", row => row.Id, Exact: true),
        new("Person", row => row.PersonName),
        new("Reason", row => row.Reason),
        new("From", row => row.StartedAt),
        new("To", row => row.EndsAt),
        new(
            "Acknowledged",
            row =>
                row.AcknowledgedAt is { } at ? at
                : row.Active ? "lasts still"
                : "no"
        ),
    ];

    public static Command Link(Cli cli)
    {
        var which = Targets.IntegrationArgument();
        var proof = new ProofOptions();
        var stdin = new Option<bool>("--secrets-stdin")
        {
            Description = "Read {\"administratorPassword\", \"apiKey\"} as JSON from standard input.",
        };
        return cli.Command(
            "link",
            "Prove that you hold an administrator account of the UEM, so that you may change settings.",
            "picket integrations link Acme --administrator ada",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                var view = await session.Client.IntegrationAsync(id, cancellationToken);
                var secrets = new Secrets(session, session.Get(stdin));
                var given = proof.Read(session, secrets, withKey: view.CredentialKind == CredentialKind.OAuth);
                var link = await session.Client.LinkAsync(id, given, cancellationToken);
                session.Printer.Value(
                    link,
                    screen =>
                        screen.Pairs(
                            ("Integration", view.Name),
                            ("UEM account", link.UserName),
                            ("May change", link.MayChange ? "yes" : $"no: {link.WhyNot}")
                        )
                );
                return ExitCodes.Ok;
            },
            [which, .. proof.All, stdin]
        );
    }

    public static Command Unlink(Cli cli)
    {
        var which = Targets.IntegrationArgument();
        var person = new Option<Guid?>("--person")
        {
            Description = "End another person's link (their id, from `links`); for who manages people.",
            HelpName = "ID",
        };
        return cli.Command(
            "unlink",
            "End your link with the UEM administrator account.",
            "picket integrations unlink Acme",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                await (
                    session.Get(person) is { } other
                        ? session.Client.UnlinkAsync(id, other, cancellationToken)
                        : session.Client.UnlinkAsync(id, cancellationToken)
                );
                session.Printer.Remark("The link is ended. Settings need a new one.");
                return ExitCodes.Ok;
            },
            which,
            person
        );
    }

    public static Command Links(Cli cli) =>
        OfOne(
            cli,
            "links",
            "List who is linked to which UEM account.",
            "picket integrations links Acme",
            (client, id, cursor, limit) => client.Links(id, cursor, limit),
            LinkColumns
        );

    public static Command Requests(Cli cli) =>
        OfOne(
            cli,
            "link-requests",
            "List who asks to be linked, on the word of the OpenID Connect provider.",
            "picket integrations link-requests Acme",
            (client, id, cursor, limit) => client.LinkRequests(id, cursor, limit),
            RequestColumns
        );

    public static Command Confirm(Cli cli) =>
        OnRequest(
            cli,
            "confirm-link",
            "Link somebody who asks; for others who may change the integration.",
            async (session, id, request, cancellationToken) =>
            {
                var link = await session.Client.ConfirmLinkAsync(id, request, cancellationToken);
                session.Printer.Value(
                    link,
                    screen =>
                        screen.Pairs(
                            ("Person", link.PersonName),
                            ("UEM account", link.UserName),
                            ("May change", link.MayChange ? "yes" : $"no: {link.WhyNot}")
                        )
                );
            }
        );

    public static Command Decline(Cli cli) =>
        OnRequest(
            cli,
            "decline-link",
            "Decline a request to be linked, or take yours back.",
            (session, id, request, cancellationToken) => session.Client.DeclineLinkAsync(id, request, cancellationToken)
        );

    public static Command Recoveries(Cli cli) =>
        OfOne(
            cli,
            "recoveries",
            "List when the server's host let somebody change it without the UEM.",
            "picket integrations recoveries Acme",
            (client, id, cursor, limit) => client.Recoveries(id, cursor, limit),
            RecoveryColumns
        );

    public static Command Acknowledge(Cli cli)
    {
        var which = new Argument<string>("integration") { Description = "Name or id of the integration." };
        var recovery = Targets.IdArgument("recovery", "Id of the recovery.");
        return cli.Command(
            "acknowledge",
            "Say that a recovery was noticed, once it is over.",
            "picket integrations acknowledge Acme 0198c0de-0000-7000-8000-00000000000d",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                await session.Client.AcknowledgeRecoveryAsync(id, session.Get(recovery), cancellationToken);
                return ExitCodes.Ok;
            },
            which,
            recovery
        );
    }

    private static Command OnRequest(
        Cli cli,
        string name,
        string description,
        Func<Session, Guid, Guid, CancellationToken, Task> act
    )
    {
        var which = new Argument<string>("integration") { Description = "Name or id of the integration." };
        var request = Targets.IdArgument("request", "Id of the request, from `link-requests`.");
        return cli.Command(
            name,
            description,
            $"picket integrations {name} Acme 0198c0de-0000-7000-8000-00000000000d",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                await act(session, id, session.Get(request), cancellationToken);
                return ExitCodes.Ok;
            },
            which,
            request
        );
    }

    private static Command OfOne<T>(
        Cli cli,
        string name,
        string description,
        string example,
        Func<PicketClient, Guid, string?, int?, PagedList<T>> list,
        Column<T>[] columns
    )
    {
        var which = Targets.IntegrationArgument();
        return cli.List(
            name,
            description,
            example,
            async (session, cursor, limit, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                return list(session.Client, id, cursor, limit);
            },
            columns,
            which
        );
    }
}
