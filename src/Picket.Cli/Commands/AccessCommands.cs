using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary><c>picket tokens</c> and <c>picket audit</c>.</summary>
internal static class AccessCommands
{
    private static readonly Column<TokenView>[] TokenColumns =
    [
        new("Id", row => row.Id.ToString(), Exact: true),
        new("Name", row => row.Name),
        new("May", row => row.Scope.ToString()),
        new("Until", row => row.RevokedAt is null ? Cell.Time(row.ExpiresAt) : "revoked"),
        new("Last used", row => Cell.Time(row.LastUsedAt)),
    ];

    private static readonly Column<AuditEntry>[] AuditColumns =
    [
        new("At", row => Cell.Time(row.At), Exact: true),
        new("Who", row => row.Actor),
        new("What", row => row.Action),
        new("To what", row => row.Subject),
        new("Outcome", row => row.Outcome),
        new("After", row => row.After ?? row.Before),
    ];

    public static Command Tokens(Cli cli) =>
        new("tokens", "The API tokens.")
        {
            Create(cli),
            cli.List(
                "list",
                "List the tokens, without their secrets.",
                (session, cursor, limit) => session.Client.Tokens(cursor, limit),
                TokenColumns
            ),
            Revoke(cli),
        };

    public static Command Audit(Cli cli)
    {
        var action = new Option<string?>("--action") { Description = "Only actions that start with this." };
        var from = TimeOption.Create("--from", "Since this time.");
        var to = TimeOption.Create("--to", "Until this time.");
        return cli.List(
            "audit",
            "List who did what, newest first.",
            (session, cursor, limit) =>
                session.Client.Audit(
                    new AuditFilter(session.Get(action), session.Get(from), session.Get(to), cursor, limit)
                ),
            AuditColumns,
            action,
            from,
            to
        );
    }

    private static Command Create(Cli cli)
    {
        var name = new Argument<string>("name") { Description = "What the token is for." };
        var scope = new Option<TokenScope>("--scope") { Description = "Read or Write." };
        var days = new Option<int>("--days")
        {
            Description = "Days until it ends, 1 to 366.",
            DefaultValueFactory = _ => 90,
        };
        return cli.Command(
            "create",
            "Make a token. The secret goes to standard output, this once.",
            async (session, cancellationToken) =>
            {
                var wanted = new CreateToken(session.Get(name), session.Get(scope), session.Get(days));
                var created = await session.Client.CreateTokenAsync(wanted, cancellationToken);
                // Alone on its line, so that it can be piped into where it belongs.
                session.Printer.Value(created, _ => session.Terminal.Out.WriteLine(Cell.Clean(created.Secret)));
                session.Printer.Remark(
                    $"Token '{created.Token.Name}' ({created.Token.Scope}) until {Cell.Time(created.Token.ExpiresAt)}; "
                        + "the secret is not shown again."
                );
                return ExitCodes.Ok;
            },
            name,
            scope,
            days
        );
    }

    private static Command Revoke(Cli cli)
    {
        var id = Targets.IdArgument("token", "Id of the token.");
        return cli.Command(
            "revoke",
            "Revoke a token at once.",
            async (session, cancellationToken) =>
            {
                await session.Client.RevokeTokenAsync(session.Get(id), cancellationToken);
                return ExitCodes.Ok;
            },
            id
        );
    }
}
