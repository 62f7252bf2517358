using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;
using Picket.Cli.Settings;
using Spectre.Console;

namespace Picket.Cli;

/// <summary>One run of one command: its arguments, its output, and the server once it is needed.</summary>
internal sealed class Session(Cli cli, ParseResult parsed, CancellationToken cancellation) : IDisposable
{
    private HttpClient? _http;
    private PicketClient? _client;

    public Terminal Terminal => cli.Terminal;

    public CancellationToken Cancellation { get; } = cancellation;

    public Printer Printer { get; } = new(cli.Terminal, parsed.GetValue(cli.Output));

    public string? Server => parsed.GetValue(cli.Server);

    public string? Ca => parsed.GetValue(cli.Ca)?.FullName;

    public bool TokenStdin => parsed.GetValue(cli.TokenStdin);

    public PicketClient Client => _client ??= Open(Connection.Resolve(this));

    public T? Get<T>(Option<T> option) => parsed.GetValue(option);

    public string Needed(Option<string?> option) =>
        Connection.Given(Get(option)) ?? throw new UsageException($"{option.Name} is missing.");

    public T Get<T>(Argument<T> argument) => parsed.GetValue(argument)!;

    public bool Has(Option option) => parsed.GetResult(option) is { Implicit: false };

    /// <summary>The server that is spoken to; null before.</summary>
    public Uri? Spoken => _http?.BaseAddress;

    public PicketClient Open(Connection connection)
    {
        _http = connection.CreateHttpClient();
        return _client = new PicketClient(_http, connection.Token);
    }

    /// <summary>Asks on the terminal; Ctrl-C ends the question, which the console's own blocking prompt would not notice.</summary>
    public T Ask<T>(IPrompt<T> prompt) =>
        prompt.ShowAsync(Terminal.ErrorConsole, Cancellation).GetAwaiter().GetResult();

    public string AskSecret(string question) => Ask(new TextPrompt<string>($"{Markup.Escape(question)}:").Secret(null));

    public void Dispose() => _http?.Dispose();
}
