using Picket.Api;
using Spectre.Console;

namespace Picket.Cli.Output;

/// <summary>The doctor's report for people: each check on a line, and below it what mends it.</summary>
internal static class DoctorText
{
    public static void Write(DoctorReport report, IAnsiConsole console)
    {
        foreach (var check in report.Checks)
            Write(check, console);
        console.WriteLine();
        console.WriteLine(
            $"{report.Pass} passed, {report.Fail} failed, {report.Warn} warnings, {report.NotTested} not tested; "
                + $"{report.Calls} calls, {Cell.Number(report.Seconds)} s"
                + (report.UemVersion is { } version ? $", UEM {Cell.Clean(version)}" : "")
        );
    }

    private static void Write(DoctorCheck check, IAnsiConsole console)
    {
        var (word, color) = Mark(check.State);
        console.Write(new Text($"{word, -10}", new Style(color)));
        console.WriteLine(Cell.Clean(check.Title));
        if (check.State == CheckState.Pass)
            return;
        foreach (var line in Explanation(check))
            console.WriteLine("          " + Cell.Clean(line));
    }

    private static (string Word, Color Color) Mark(CheckState state) =>
        state switch
        {
            CheckState.Pass => ("pass", Color.Green),
            CheckState.Fail => ("FAIL", Color.Red),
            CheckState.Warn => ("warn", Color.Yellow),
            _ => ("not tested", Color.Grey),
        };

    private static IEnumerable<string> Explanation(DoctorCheck check)
    {
        if (check.Evidence is { } evidence)
            yield return "Seen: " + Seen(evidence);
        if (check.Breaks is { } breaks)
            yield return $"Without it: {breaks}";
        foreach (var line in Mend(check.ConsolePath, check.Clicks))
            yield return line;
        foreach (var cause in check.Causes)
        {
            yield return $"Possible cause: {cause.Title}";
            foreach (var line in Mend(cause.ConsolePath, cause.Clicks))
                yield return "  " + line;
        }
    }

    private static string Seen(CheckEvidence evidence) =>
        string.Join(
            ", ",
            new[]
            {
                evidence.HttpStatus is { } status ? $"HTTP {status}" : null,
                evidence.ErrorCode is { } code ? $"code {code}" : null,
                evidence.Message,
            }.OfType<string>()
        );

    private static IEnumerable<string> Mend(string? path, IReadOnlyList<string> clicks)
    {
        if (path is not null)
            yield return $"In the UEM console: {path}";
        for (var i = 0; i < clicks.Count; i++)
            yield return $"  {i + 1}. {clicks[i]}";
    }
}
