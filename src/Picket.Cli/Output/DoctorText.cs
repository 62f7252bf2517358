using Picket.Api;
using Spectre.Console;

namespace Picket.Cli.Output;

/// <summary>
/// The doctor's report for people: three groups in the order of the way to the UEM, in each what is wrong first; of
/// each check what was found, and where something is to do, what it breaks and the clicks that mend it.
/// </summary>
internal static class DoctorText
{
    private static readonly CheckState[] WorstFirst =
    [
        CheckState.Fail,
        CheckState.Warn,
        CheckState.Pass,
        CheckState.NotTested,
    ];

    public static void Write(DoctorReport report, Screen screen)
    {
        foreach (var (title, checks) in DoctorGroups.Of(report.Checks))
        {
            screen.Write(Heading(title, checks));
            foreach (var state in WorstFirst)
            {
                foreach (var check in checks.Where(check => check.State == state))
                    screen.Write(Of(check));
            }
            screen.Line();
        }
        NewRights(report, screen);
        screen.Write(Summary(report));
        screen.Line();
    }

    /// <summary>A role made by hand has to follow Picket: what it may lack since the last pass.</summary>
    private static void NewRights(DoctorReport report, Screen screen)
    {
        if (report.NewRights.Count == 0)
            return;
        screen.Line("New rights since this integration last passed", Palette.Strong);
        screen.Line("A role made by hand may lack them; what needs one stays off until it is granted.");
        foreach (var id in report.NewRights)
        {
            var check = report.Checks.FirstOrDefault(each => each.Id == id);
            screen.Line(check is null ? $"  {id}" : $"  {check.Title}: {CheckWord.Of(check.State).Word}");
        }
        screen.Line();
    }

    private static Paragraph Heading(string title, IReadOnlyList<DoctorCheck> checks)
    {
        var line = new Paragraph(title, Palette.Strong).Append("  ");
        Counts(line, WorstFirst.Select(state => (state, checks.Count(check => check.State == state))));
        return line.Append("\n");
    }

    private static void Counts(Paragraph line, IEnumerable<(CheckState State, int Count)> counts)
    {
        var separator = "";
        foreach (var (state, count) in counts.Where(each => each.Count > 0))
        {
            line.Append(separator).Append($"{count} {CheckWord.Counted(state)}", Palette.Of(state));
            separator = ", ";
        }
    }

    private static Grid Of(DoctorCheck check)
    {
        var grid = new Grid()
            .AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(2, 0, 2, 0) })
            .AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
        var (mark, word) = CheckWord.Of(check.State);
        grid.AddRow(new Text($"{mark} {word, -10}", Palette.Of(check.State)), Title(check));
        foreach (var line in DoctorAdvice.Of(check))
            grid.AddRow(Text.Empty, line);
        return grid;
    }

    private static Paragraph Title(DoctorCheck check)
    {
        var wrong = check.State is CheckState.Fail or CheckState.Warn;
        var line = new Paragraph(Cell.Clean(check.Title), wrong ? Palette.Strong : Palette.Plain);
        if (Cell.Clean(check.Finding) is { Length: > 0 } finding)
            line.Append(wrong ? "\n" : ": ").Append(finding, wrong ? Palette.Plain : Palette.Quiet);
        return line;
    }

    private static Paragraph Summary(DoctorReport report)
    {
        var line = new Paragraph();
        Counts(
            line,
            [
                (CheckState.Fail, report.Fail),
                (CheckState.Warn, report.Warn),
                (CheckState.Pass, report.Pass),
                (CheckState.NotTested, report.NotTested),
            ]
        );
        line.Append($"; {report.Calls} calls to the UEM, {Cell.Number(Math.Round(report.Seconds, 1))} s");
        return report.UemVersion is { } version ? line.Append($", UEM {Cell.Clean(version)}") : line;
    }
}

/// <summary>The state of a check as a mark and a word, so that colour is never alone.</summary>
internal static class CheckWord
{
    public static (string Mark, string Word) Of(CheckState state) =>
        state switch
        {
            CheckState.Pass => ("✓", "pass"),
            CheckState.Fail => ("✗", "FAIL"),
            CheckState.Warn => ("!", "warn"),
            _ => ("·", "not tested"),
        };

    public static string Counted(CheckState state) =>
        state switch
        {
            CheckState.Pass => "passed",
            CheckState.Fail => "failed",
            CheckState.Warn => "to look at",
            _ => "not tested",
        };
}
