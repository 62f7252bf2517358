using System.CommandLine;
using System.Text.RegularExpressions;

namespace Picket.Cli.Tests;

/// <summary>Arguments stand in process lists and shell histories: no secret may be one.</summary>
public sealed partial class SecretArgumentTests
{
    [Fact]
    public void No_option_and_no_argument_takes_a_secret()
    {
        var offences =
            from command in Tree(PicketCommand.Create(SomeTerminal()))
            from symbol in command.Options.Cast<Symbol>().Concat(command.Arguments)
            where SecretName().IsMatch(symbol.Name)
            where symbol is not Option { ValueType: var type } || type != typeof(bool)
            // The address of the token service, the day on which a credential ends, and the id of a token, are none.
            where
                symbol.Name is not ("--token-address" or "--credential-ends")
                && (command.Name, symbol.Name) != ("revoke", "token")
            select $"{command.Name} {symbol.Name}";

        Assert.Empty(offences);
    }

    [Fact]
    public void Every_command_and_every_option_says_what_it_does()
    {
        var silent =
            from command in Tree(PicketCommand.Create(SomeTerminal()))
            from symbol in command.Options.Cast<Symbol>().Concat(command.Arguments).Append(command)
            where string.IsNullOrWhiteSpace(symbol.Description) && !symbol.Hidden
            select $"{command.Name} {symbol.Name}";

        Assert.Empty(silent);
    }

    internal static Terminal SomeTerminal() =>
        new()
        {
            In = TextReader.Null,
            Out = TextWriter.Null,
            Error = TextWriter.Null,
            Width = 80,
            Environment = _ => null,
            ConfigFolder = Path.GetTempPath(),
        };

    private static IEnumerable<Command> Tree(Command command) => command.Subcommands.SelectMany(Tree).Append(command);

    [GeneratedRegex("password|secret|api-?key|token|credential", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();
}
