using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary><c>picket tokens</c>.</summary>
internal static class AccessCommands
{
    private static readonly Column<TokenView>[] TokenColumns =
    [
        new("Id", row => row.Id, Exact: true),
        new("Name", row => row.Name),
        new("May", row => row.Scope, Exact: true),
        new("Acts as", row => row.PersonId is null ? "service" : "person"),
        new(
            "Until",
            row =>
                row.RevokedAt is not null ? "revoked"
                : row.ExpiresAt is { } end ? end
                : "no end"
        ),
        new("Last used", row => row.LastUsedAt),
    ];

    public static Command Tokens(Cli cli) =>
        new("tokens", "The API tokens.")
        {
            Create(cli),
            cli.List(
                "list",
                "List the tokens, without their secrets.",
                "picket tokens list",
                (session, cursor, limit) => session.Client.Tokens(cursor, limit),
                TokenColumns
            ),
            Revoke(cli),
        };

    private static Command Create(Cli cli)
    {
        var name = new Argument<string>("name") { Description = "What the token is for." };
        var scope = new Option<TokenScope>("--scope")
        {
            Description =
                "Read: everything but secrets. Write: also start runs and import feeds. "
                + "Full, with --personal: all that you may.",
            HelpName = "Read|Write|Full",
            DefaultValueFactory = _ => TokenScope.Read,
        };
        var personal = new Option<bool>("--personal")
        {
            Description = "It acts as you, with your rights of each moment; else it is a service's.",
        };
        var days = new Option<int>("--days")
        {
            Description = "Days until it ends, 1 to 366.",
            DefaultValueFactory = _ => 90,
        };
        return cli.Command(
            "create",
            "Make a token. The secret goes to standard output, this once.",
            "picket tokens create dashboard --scope Read --days 30\n"
                + "picket tokens create laptop --personal --scope Full --days 7",
            async (session, cancellationToken) =>
            {
                var wanted = new CreateToken(session.Get(name), session.Get(scope), session.Get(days))
                {
                    Personal = session.Get(personal),
                };
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
            days,
            personal
        );
    }

    private static Command Revoke(Cli cli)
    {
        var id = Targets.IdArgument("token", "Id of the token.");
        return cli.Command(
            "revoke",
            "Revoke a token at once.",
            "picket tokens revoke 0198c0de-0000-7000-8000-00000000000d",
            async (session, cancellationToken) =>
            {
                await session.Client.RevokeTokenAsync(session.Get(id), cancellationToken);
                return ExitCodes.Ok;
            },
            id
        );
    }
}
