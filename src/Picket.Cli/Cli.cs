using System.CommandLine;

namespace Picket.Cli;

/// <summary>What all commands share: the global options and the way in which an action is run.</summary>
internal sealed class Cli(Terminal terminal)
{
    public Terminal Terminal { get; } = terminal;

    public Option<string?> Server { get; } =
        new("--server")
        {
            Description = "Address of the Picket server (PICKET_SERVER).",
            HelpName = "URL",
            Recursive = true,
        };

    public Option<OutputFormat> Output { get; } =
        new("--output", "-o")
        {
            Description = "How results are printed: for people, for programs, or the ids alone.",
            HelpName = "table|json|id",
            Recursive = true,
        };

    public Option<FileInfo?> Ca { get; } =
        new("--ca")
        {
            Description = "Certificate (PEM) of the private CA of the Picket server (PICKET_CA).",
            HelpName = "FILE",
            Recursive = true,
        };

    public Option<bool> TokenStdin { get; } =
        new("--token-stdin") { Description = "Read the API token from standard input.", Recursive = true };

    /// <summary>A command that runs <paramref name="act"/>; whatever goes wrong becomes a message and an exit code.</summary>
    /// <param name="examples">Whole command lines for the help, one a line.</param>
    public Command Command(
        string name,
        string description,
        string examples,
        Func<Session, CancellationToken, Task<int>> act,
        params ReadOnlySpan<Symbol> symbols
    )
    {
        var command = new Verb(name, description, examples.Split('\n'));
        foreach (var symbol in symbols)
            Add(command, symbol);
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, act, cancellationToken));
        return command;
    }

    private static void Add(Command command, Symbol symbol)
    {
        if (symbol is Argument argument)
            command.Add(argument);
        else
            command.Add((Option)symbol);
    }

    private async Task<int> RunAsync(
        ParseResult parsed,
        Func<Session, CancellationToken, Task<int>> act,
        CancellationToken cancellationToken
    )
    {
        using var session = new Session(this, parsed, cancellationToken);
        try
        {
            return await act(session, cancellationToken);
        }
        catch (Exception e)
        {
            return Failure.Report(e, Terminal, cancellationToken, session.Spoken);
        }
    }
}

internal enum OutputFormat
{
    Table,
    Json,
    Id,
}
