using System.Text.Json;

namespace Picket.Bench.Harness;

/// <summary>Collects the figures, prints them as a table and writes bench/results.json.</summary>
internal sealed class Report
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private readonly List<Figure> figures = [];

    public void Add(Figure figure)
    {
        figures.Add(figure);
        Console.Error.WriteLine($"  {figure.Name}: {figure.Value} {figure.Goal} {Verdict(figure)}");
    }

    /// <summary>Takes a measurement; one that cannot be taken is a figure too, and no reason to skip the others.</summary>
    public async Task RunAsync(string name, Func<Task> measure)
    {
        Console.Error.WriteLine(name);
        try
        {
            await measure();
        }
        catch (Exception problem)
        {
            Console.Error.WriteLine(problem);
            Add(new Figure(name, "measured", "not measured", Met: false, Law: true, problem.Message));
        }
    }

    /// <summary>0, or 1 when a law was broken or a figure is missing.</summary>
    public async Task<int> FinishAsync(BenchOptions options)
    {
        Print();
        var file = Path.Combine(Repository.Root, "bench", "results.json");
        var results = new
        {
            machine = MachineFacts.Read(),
            options.Quick,
            options.Devices,
            options.Rounds,
            figures,
        };
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(results, Json) + "\n");
        Console.WriteLine($"Written to {Path.GetRelativePath(Repository.Root, file)}.");
        return figures.Any(figure => figure is { Law: true, Met: false }) ? 1 : 0;
    }

    private void Print()
    {
        var name = figures.Select(figure => figure.Name.Length).DefaultIfEmpty(0).Max();
        Console.WriteLine($"{"figure".PadRight(name)}  {"goal", -10} {"value", -14} {"met", -4} note");
        foreach (var figure in figures)
        {
            var note = figure.Note.ReplaceLineEndings(" ");
            Console.WriteLine(
                $"{figure.Name.PadRight(name)}  {figure.Goal, -10} {figure.Value, -14} {Verdict(figure), -4} {note}"
            );
        }
    }

    private static string Verdict(Figure figure) =>
        figure.Met switch
        {
            true => "yes",
            false => "NO",
            null => "",
        };
}
