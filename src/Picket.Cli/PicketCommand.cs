using System.CommandLine;
using System.CommandLine.Invocation;
using Picket.Cli.Commands;
using Picket.Cli.Demo;

namespace Picket.Cli;

/// <summary>The tree of commands and the one way to run it.</summary>
internal static class PicketCommand
{
    private const string About = """
        picket: commands for a Picket server.

        The token comes from PICKET_TOKEN, --token-stdin or `picket login`; never from an argument.
        Environment: PICKET_SERVER, PICKET_TOKEN, PICKET_CA; for the UEM's secrets PICKET_UEM_PASSWORD,
        PICKET_UEM_API_KEY, PICKET_UEM_CLIENT_SECRET, PICKET_UEM_PROXY_PASSWORD.

        """;

    public static RootCommand Create(Terminal terminal)
    {
        var cli = new Cli(terminal);
        return new RootCommand(About + "\n" + ExitCodes.Text)
        {
            cli.Server,
            cli.Output,
            cli.Ca,
            cli.TokenStdin,
            LoginCommands.Login(cli),
            LoginCommands.Logout(cli),
            StatusCommand.Create(cli),
            IntegrationCommands.Create(cli),
            DoctorCommand.Create(cli),
            SyncCommand.Create(cli),
            RunCommands.Create(cli),
            DeviceCommands.Create(cli),
            FindingCommands.Create(cli),
            AppCommands.Create(cli),
            FeedCommands.Create(cli),
            TagCommands.Create(cli),
            LedgerCommands.Create(cli),
            DirectoryCommands.Users(cli),
            DirectoryCommands.Groups(cli),
            DirectoryCommands.Administrators(cli),
            AccessCommands.Tokens(cli),
            AccessCommands.Audit(cli),
            DemoCommand.Create(terminal),
        };
    }

    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellationToken)
    {
        var parsed = Create(terminal).Parse(args);
        var wrong = parsed.Errors.Count > 0;
        if (parsed.Action is ParseErrorAction error)
            error.ShowHelp = parsed.CommandResult.Command.Subcommands.Count > 0 && parsed.UnmatchedTokens.Count == 0;
        var configuration = new InvocationConfiguration
        {
            // Standard output is for data alone.
            Output = wrong ? terminal.Error : terminal.Out,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
        };
        var code = await parsed.InvokeAsync(configuration, cancellationToken);
        return wrong ? ExitCodes.Usage : code;
    }
}
