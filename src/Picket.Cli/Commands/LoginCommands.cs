using System.CommandLine;
using Picket.Cli.Output;
using Picket.Cli.Settings;

namespace Picket.Cli.Commands;

/// <summary>Remembers a server and a token, or forgets them.</summary>
internal static class LoginCommands
{
    public static Command Login(Cli cli) =>
        cli.Command(
            "login",
            "Try a token and remember it for this account (mode 600).",
            "picket login --server https://picket.example.com\n"
                + "picket login --server https://picket.example.com --token-stdin < token",
            LoginAsync
        );

    public static Command Logout(Cli cli) =>
        cli.Command(
            "logout",
            "Forget the remembered token.",
            "picket logout",
            (session, _) =>
            {
                File.Delete(ConfigFile.PathIn(session.Terminal.ConfigFolder));
                return Task.FromResult(ExitCodes.Ok);
            }
        );

    private static async Task<int> LoginAsync(Session session, CancellationToken cancellationToken)
    {
        var terminal = session.Terminal;
        var resolved = Connection.Resolve(session);
        // An earlier login must not stand in for the token that is to be entered now.
        var token = session.TokenStdin
            ? resolved.Token!
            : Connection.Given(terminal.Environment("PICKET_TOKEN")) ?? AskToken(session, resolved.Server);
        var me = await session.Open(resolved with { Token = token }).MeAsync(cancellationToken);
        var ca = resolved.CaFile is { } file ? Path.GetFullPath(file) : null;
        new ConfigFile(resolved.Server.ToString(), token, ca).Write(terminal.ConfigFolder);
        session.Printer.Value(
            me,
            screen =>
                screen.Pairs(
                    ("Server", resolved.Server),
                    ("Version", me.ServerVersion),
                    ("Token", me.Name),
                    ("May", me.Scope),
                    ("Until", me.ExpiresAt),
                    ("Kept in", ConfigFile.PathIn(terminal.ConfigFolder))
                )
        );
        return ExitCodes.Ok;
    }

    private static string AskToken(Session session, Uri server) =>
        session.Terminal.CanAsk
            ? session.AskSecret($"API token for {server}")
            : throw new UsageException(
                "No token is given. Set PICKET_TOKEN, or write it to standard input with --token-stdin."
            );
}
