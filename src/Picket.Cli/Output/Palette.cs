using Picket.Api;
using Spectre.Console;

namespace Picket.Cli.Output;

/// <summary>
/// The terminal's own sixteen colours, so that they suit its dark or light theme. A colour never says what no word
/// beside it says.
/// </summary>
internal static class Palette
{
    public static readonly Style Plain = Style.Plain;
    public static readonly Style Strong = new(decoration: Decoration.Bold);
    public static readonly Style Quiet = new(decoration: Decoration.Dim);
    public static readonly Style Good = new(Color.Green);
    public static readonly Style Doubtful = new(Color.Olive);
    public static readonly Style Bad = new(Color.Maroon);
    public static readonly Style Worst = new(Color.Maroon, decoration: Decoration.Bold);
    public static readonly Style Mild = new(Color.Teal);

    public static Style Of(Level level) =>
        level switch
        {
            Level.Critical => Worst,
            Level.High => Bad,
            Level.Medium => Doubtful,
            Level.Low => Mild,
            Level.Secure => Good,
            _ => Quiet,
        };

    public static Style Of(RunState state) =>
        state switch
        {
            RunState.Completed => Good,
            RunState.Incomplete or RunState.Held => Doubtful,
            RunState.Failed => Bad,
            RunState.Cancelled => Quiet,
            _ => Plain,
        };

    public static Style Of(IntegrationState state) =>
        state switch
        {
            IntegrationState.Active => Good,
            IntegrationState.Paused => Quiet,
            _ => Bad,
        };

    public static Style Of(LedgerState state) =>
        state switch
        {
            LedgerState.Confirmed => Good,
            LedgerState.PartlyFailed => Doubtful,
            LedgerState.Failed => Bad,
            LedgerState.Discarded or LedgerState.Undone => Quiet,
            _ => Plain,
        };

    public static Style Of(ImportState state) =>
        state switch
        {
            ImportState.Completed => Good,
            ImportState.Incomplete => Doubtful,
            ImportState.Failed => Bad,
            ImportState.Cancelled => Quiet,
            _ => Plain,
        };

    public static Style Of(ImportStep step) =>
        step switch
        {
            ImportStep.Refused => Bad,
            ImportStep.AlreadyThere or ImportStep.Unchecked => Quiet,
            _ => Plain,
        };

    public static Style Of(ImportLineState state) =>
        state switch
        {
            ImportLineState.Done => Good,
            ImportLineState.Unclear => Doubtful,
            ImportLineState.Failed => Bad,
            _ => Plain,
        };

    public static Style Of(CheckState state) =>
        state switch
        {
            CheckState.Pass => Good,
            CheckState.Fail => Worst,
            CheckState.Warn => Doubtful,
            _ => Quiet,
        };
}
