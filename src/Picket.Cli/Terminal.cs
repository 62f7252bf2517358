using Spectre.Console;

namespace Picket.Cli;

/// <summary>Everything outside of the program that a command may touch, so that a test can stand in for it.</summary>
internal sealed record Terminal
{
    public required TextReader In { get; init; }
    public required TextWriter Out { get; init; }
    public required TextWriter Error { get; init; }
    public bool InputRedirected { get; init; } = true;
    public bool OutputRedirected { get; init; } = true;
    public bool ErrorRedirected { get; init; } = true;
    public required int Width { get; init; }
    public required Func<string, string?> Environment { get; init; }
    public required string ConfigFolder { get; init; }
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public bool CanAsk => !InputRedirected && !ErrorRedirected;

    public IAnsiConsole OutConsole => ConsoleOn(Out, OutputRedirected);

    public IAnsiConsole ErrorConsole => ConsoleOn(Error, ErrorRedirected);

    public static Terminal OfThisProcess() =>
        new()
        {
            In = Console.In,
            Out = Console.Out,
            Error = Console.Error,
            InputRedirected = Console.IsInputRedirected,
            OutputRedirected = Console.IsOutputRedirected,
            ErrorRedirected = Console.IsErrorRedirected,
            Width = WidthOfThisProcess(),
            Environment = System.Environment.GetEnvironmentVariable,
            ConfigFolder = Path.Combine(
                System.Environment.GetFolderPath(System.Environment.SpecialFolder.ApplicationData),
                "picket"
            ),
        };

    private static int WidthOfThisProcess()
    {
        if (int.TryParse(System.Environment.GetEnvironmentVariable("COLUMNS"), out var columns) && columns > 0)
            return columns;
        // A file has no width; wide enough that most rows stay on one line.
        return Console.IsOutputRedirected || Console.WindowWidth <= 0 ? 160 : Console.WindowWidth;
    }

    private IAnsiConsole ConsoleOn(TextWriter writer, bool redirected)
    {
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
                ColorSystem = redirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
                Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
                Out = new AnsiConsoleOutput(writer),
            }
        );
        console.Profile.Width = Width;
        return console;
    }
}
