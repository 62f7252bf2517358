using Picket.Api;

namespace Picket.Cli.Output;

/// <summary>Problem details as lines: what happened, to what, what to do next.</summary>
internal static class ProblemText
{
    public static IEnumerable<string> Lines(Problem problem) => Raw(problem).Select(line => Cell.Clean(line));

    private static IEnumerable<string> Raw(Problem problem)
    {
        yield return problem switch
        {
            { Title: { } title, Detail: { } detail } => $"{title.TrimEnd('.')}: {detail}",
            _ => problem.Detail ?? problem.Title ?? $"The server answered {problem.Status}.",
        };
        foreach (var (field, messages) in problem.Errors ?? new Dictionary<string, string[]>())
            yield return $"  {field}: {string.Join(" ", messages)}";
        foreach (var error in problem.FeedErrors ?? [])
            yield return $"  line {error.Line?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?"}"
                + (error.Column is { } column ? $", column {column}" : "")
                + $": {error.Message}";
        if (problem.Run is { } run)
            yield return $"Under way: run {run.Id} ({run.Kind}, {run.State}). See `picket runs show {run.Id}`.";
        if ((problem.Next ?? Hint(problem.Status)) is { } next)
            yield return $"Next: {next}";
        if (problem.TraceId is { } trace)
            yield return $"Trace: {trace}";
    }

    private static string? Hint(int? status) =>
        status switch
        {
            401 => "Set PICKET_TOKEN or run `picket login`.",
            403 => "Use a token that may do this; `picket login` shows what yours may.",
            404 => "Check the id; the list commands show the valid ones.",
            412 => "Somebody changed it meanwhile. Look at it and try again.",
            429 => "Wait a little and try again.",
            >= 500 => "Look into the server's log for the trace.",
            _ => null,
        };
}
