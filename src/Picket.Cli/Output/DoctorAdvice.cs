using Picket.Api;
using Spectre.Console;

namespace Picket.Cli.Output;

/// <summary>Below a check that is to be mended or looked at by hand: evidence, consequence, console path, clicks.</summary>
internal static class DoctorAdvice
{
    public static IEnumerable<Paragraph> Of(DoctorCheck check)
    {
        if (check.Evidence is { } evidence && check.State != CheckState.Pass && Seen(evidence) is { Length: > 0 } seen)
            yield return Named("The UEM said", seen);
        if (check.Breaks is { Length: > 0 } breaks && check.State != CheckState.Pass)
            yield return check.State == CheckState.NotTested ? Untested(check, breaks) : Named("Without it", breaks);
        // Where several causes are possible, one of them often leads to the check's own place.
        if (check.Causes.All(cause => cause.ConsolePath != check.ConsolePath))
        {
            foreach (var line in Mend(check.ConsolePath, check.Clicks, ""))
                yield return line;
        }
        for (var i = 0; i < check.Causes.Count; i++)
        {
            var cause = check.Causes[i];
            var name = check.Causes.Count == 1 ? "Cause" : $"Possible cause {i + 1} of {check.Causes.Count}";
            yield return Named(name, cause.Title);
            foreach (var line in Mend(cause.ConsolePath, cause.Clicks, "  "))
                yield return line;
        }
    }

    private static Paragraph Untested(DoctorCheck check, string breaks) =>
        new Paragraph("Could not be tested; ", Palette.Quiet).Append(
            $"if it is {(DoctorGroups.IsRight(check) ? "missing" : "not so")}, "
                + Cell.Clean(char.ToLowerInvariant(breaks[0]) + breaks[1..])
        );

    private static Paragraph Named(string name, string text, string indent = "") =>
        new Paragraph($"{indent}{name}: ", Palette.Quiet).Append(Cell.Clean(text));

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

    private static IEnumerable<Paragraph> Mend(string? path, IReadOnlyList<string> clicks, string indent)
    {
        if (path is not null)
            yield return Named("In the UEM console", path, indent);
        for (var i = 0; i < clicks.Count; i++)
            yield return new Paragraph($"{indent}  {i + 1}. ", Palette.Quiet).Append(Cell.Clean(clicks[i]));
    }
}
