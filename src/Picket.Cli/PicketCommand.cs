using System.CommandLine;
using System.CommandLine.Invocation;
using Picket.Cli.Commands;
using Picket.Cli.Demo;

namespace Picket.Cli;

/// <summary>The tree of commands and the one way to run it.</summary>
internal static class PicketCommand
{
    private const string About = """
        picket: the command line of a Picket server.

        Start here:
          picket sign-in ada --server https://picket.example.com sign in with name and password
          picket doctor --address https://as123.awmdm.com --og acme --account picket-api
          picket integrations add --address https://as123.awmdm.com --og acme --account picket-api
          picket sync --wait                                     read the fleet
          picket status                                          verdicts, findings, health
          picket devices list --level critical                   and `picket devices show` for the evidence
          picket hunt app com.example.spy                        who has it, who had it, from when to when
          picket tags preview                                    what would be written into the UEM
          picket imports add users.csv --kind users --wait       what would become of each line

        Environment:
          PICKET_SERVER, PICKET_TOKEN, PICKET_CA                 instead of signing in
          PICKET_PASSWORD, PICKET_LINK, PICKET_SECOND_FACTOR     for `picket sign-in` and `picket join`; else asked for
          PICKET_UEM_PASSWORD, PICKET_UEM_API_KEY, PICKET_UEM_CLIENT_SECRET, PICKET_UEM_PROXY_PASSWORD
                                                                 the UEM's secrets; else they are asked for
          PICKET_MAIL_PASSWORD                                   of the mail server, for `picket notices add`; else asked for
        No secret is ever an argument.

        """;

    public static RootCommand Create(Terminal terminal)
    {
        var cli = new Cli(terminal);
        var root = new RootCommand(About + "\n" + ExitCodes.Text)
        {
            cli.Server,
            cli.Output,
            cli.Ca,
            cli.TokenStdin,
            SignInCommands.SignIn(cli),
            SignInCommands.Join(cli),
            LoginCommands.Login(cli),
            LoginCommands.Logout(cli),
            StatusCommand.Create(cli),
            IntegrationCommands.Create(cli),
            DoctorCommand.Create(cli),
            SyncCommand.Create(cli),
            RunCommands.Create(cli),
            DeviceCommands.Create(cli),
            FindingCommands.Create(cli),
            WhatIfCommands.Create(cli),
            AppCommands.Create(cli),
            FeedCommands.Create(cli),
            PolicyCommands.Create(cli),
            IndicatorCommands.Create(cli),
            HuntCommands.Hunt(cli),
            SavedHuntCommands.Hunts(cli),
            EvidenceCommands.Create(cli),
            BlindSpotCommand.Create(cli),
            RetentionCommand.Create(cli),
            TagCommands.Create(cli),
            PublicationCommands.Create(cli),
            DeploymentCommands.Create(cli),
            LedgerCommands.Create(cli),
            UserCommands.Create(cli),
            EnrollmentCommands.Create(cli),
            ImportCommands.Create(cli),
            DirectoryCommands.Groups(cli),
            DirectoryCommands.Administrators(cli),
            AccessCommands.Tokens(cli),
            PeopleCommands.People(cli),
            PeopleCommands.Invitations(cli),
            CommandCommands.Create(cli),
            ApprovalCommands.Create(cli),
            BrakeCommands.Create(cli),
            DriftCommands.Create(cli),
            NoticeCommands.Create(cli),
            AuditCommands.Create(cli),
            DemoCommand.Create(terminal),
        };
        HelpWithExamples.AddTo(root);
        return root;
    }

    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellationToken)
    {
        var parsed = Create(terminal).Parse(args);
        // Who asks for help may leave out what is required.
        var wrong = parsed.Action is ParseErrorAction;
        if (parsed.Action is ParseErrorAction error)
            error.ShowHelp = parsed.CommandResult.Command.Action is null && parsed.UnmatchedTokens.Count == 0;
        var configuration = new InvocationConfiguration
        {
            // Standard output is for data alone.
            Output = wrong ? terminal.Error : terminal.Out,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
        };
        if (parsed.CommandResult.Command.Name == DemoCommand.Name)
            configuration.ProcessTerminationTimeout = DemoCommand.TimeToEnd;
        var code = await parsed.InvokeAsync(configuration, cancellationToken);
        return wrong ? ExitCodes.Usage : code;
    }
}
