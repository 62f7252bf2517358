using Picket.Cli.Output;
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
    public int ErrorWidth { get; init; } = 80;
    public required Func<string, string?> Environment { get; init; }
    public required string ConfigFolder { get; init; }
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public bool CanAsk => !InputRedirected && !ErrorRedirected;

    public Screen OutScreen => new(ConsoleOn(Out, OutputRedirected, Width), Time);

    public Screen ErrorScreen => new(ErrorConsole, Time);

    public IAnsiConsole ErrorConsole => ConsoleOn(Error, ErrorRedirected, ErrorWidth);

    public static Terminal OfThisProcess() =>
        new()
        {
            In = Console.In,
            Out = Console.Out,
            Error = Console.Error,
            InputRedirected = Console.IsInputRedirected,
            OutputRedirected = Console.IsOutputRedirected,
            ErrorRedirected = Console.IsErrorRedirected,
            Width = WidthOfThisProcess(Console.IsOutputRedirected),
            ErrorWidth = WidthOfThisProcess(Console.IsErrorRedirected),
            Environment = System.Environment.GetEnvironmentVariable,
            ConfigFolder = Path.Combine(
                // Unverified: verified it is empty where the folder does not exist yet, and a token would land in
                // the present folder.
                System.Environment.GetFolderPath(
                    System.Environment.SpecialFolder.ApplicationData,
                    System.Environment.SpecialFolderOption.DoNotVerify
                ),
                "picket"
            ),
        };

    private static int WidthOfThisProcess(bool redirected)
    {
        if (int.TryParse(System.Environment.GetEnvironmentVariable("COLUMNS"), out var columns) && columns > 0)
            return columns;
        // A file has no width: nothing is cut or wrapped there.
        if (redirected)
            return 4000;
        return Console.WindowWidth > 0 ? Console.WindowWidth : 80;
    }

    private static IAnsiConsole ConsoleOn(TextWriter writer, bool redirected, int width)
    {
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
                ColorSystem = redirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
                Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
                Out = new AnsiConsoleOutput(redirected ? new PlainWriter(writer) : writer),
            }
        );
        console.Profile.Width = width;
        return console;
    }
}
