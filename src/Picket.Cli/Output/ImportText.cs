using Picket.Api;

namespace Picket.Cli.Output;

/// <summary>Imports, and whether anything is registered at all, for people.</summary>
internal static class ImportText
{
    public static void Write(EnrollmentView enrollment, Screen screen)
    {
        screen.Pairs(
            ("Registering", enrollment.Enabled ? "on" : "off: `picket enrollment on` switches it on"),
            ("Stopped by", enrollment.WhyNot),
            ("Needs", string.Join('\n', enrollment.Needs))
        );
    }

    public static void Write(ImportView import, Screen screen)
    {
        screen.Pairs(
            ("State", new Styled(import.State, Palette.Of(import.State))),
            ("Because", string.Join('\n', import.Reasons)),
            ("Goes on", import.GoesOnAt is { } at && !ImportFollowing.IsOver(import.State) ? Cell.Time(at) : null),
            ("Import", import.Id),
            ("Name", import.Name),
            ("Kind", Commands.ImportKinds.Word(import.Kind)),
            ("Lines", import.Lines),
            ("To make", import.Creates),
            ("To change", import.Changes),
            ("Already there", import.AlreadyThere),
            ("Refused", Refused(import)),
            ("Done", Sent(import, import.Done)),
            ("Failed", Sent(import, import.Failed)),
            ("Unclear", Sent(import, import.Unclear)),
            ("Waiting", Sent(import, import.Waiting)),
            ("UEM calls", import.UemCalls),
            ("Brought", import.MadeAt),
            ("Started", import.StartedAt),
            ("Ended", import.EndedAt),
            ("Lines forgotten", import.ForgottenAt),
            (
                "Approval",
                import is { NeedsApproval: true } and ({ StartedAt: null } or { State: ImportState.Checked })
                    ? Approval
                    : null
            ),
            ("Next", Next(import))
        );
    }

    /// <summary>One that is under way is no problem; one that ended short is.</summary>
    public static int ExitCode(ImportState state) =>
        state is ImportState.Failed or ImportState.Incomplete or ImportState.Cancelled
            ? ExitCodes.Problem
            : ExitCodes.Ok;

    public static string Note(ImportNote note) => note.Column is { } column ? $"{column}: {note.Text}" : note.Text;

    /// <summary>Of lines that are to be sent alone: the others stay as they are.</summary>
    public static string? Outcome(ImportLineView line) =>
        line.Step is ImportStep.Create or ImportStep.Change ? line.State.ToString() : null;

    private const string Approval =
        "more lines than go without it: whoever starts this needs the right to approve what is held";

    private static string Refused(ImportView import) =>
        import is { Refused: > 0, ForgottenAt: null }
            ? $"{Cell.Number(import.Refused)}: `picket imports lines {import.Id} --step refused` says why"
            : Cell.Number(import.Refused);

    private static int? Sent(ImportView import, int lines) => import.StartedAt is null ? null : lines;

    private static string? Next(ImportView import) =>
        import switch
        {
            { ForgottenAt: not null } => null,
            { State: ImportState.Checked, Waiting: > 0 } =>
                $"`picket imports start {import.Id} --wait` sends {Lines(import.Waiting)} to the UEM",
            { State: ImportState.Checked } =>
                $"nothing is to be sent; `picket imports remove {import.Id}` forgets the file",
            { State: ImportState.Failed, StartedAt: null } =>
                $"`picket imports retry {import.Id} --wait` checks it again",
            { State: ImportState.Failed or ImportState.Incomplete or ImportState.Cancelled, Unclear: > 0 } =>
                $"look in the UEM for what `picket imports lines {import.Id} --state unclear` lists; then {Again(import)}",
            { State: ImportState.Incomplete or ImportState.Cancelled or ImportState.Failed } => Again(import),
            { State: ImportState.Completed } => $"`picket imports result {import.Id}` has each line's outcome",
            _ => $"`picket imports show {import.Id}` tells how far it is",
        };

    private static string Again(ImportView import) =>
        $"`picket imports retry {import.Id} --wait` looks up what is not done, and sends what is not there";

    private static string Lines(int lines) => lines == 1 ? "1 line" : $"{Cell.Number(lines)} lines";
}
