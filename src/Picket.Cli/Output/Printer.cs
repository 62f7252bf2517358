using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Picket.Api;
using Spectre.Console;

namespace Picket.Cli.Output;

/// <summary>One column of a table. An exact column is never wrapped or cut, so that its value can be copied.</summary>
internal sealed record Column<T>(string Title, Func<T, string?> Value, bool Exact = false);

/// <summary>Data on standard output, as tables or as the API's JSON; remarks on standard error.</summary>
internal sealed class Printer(Terminal terminal, OutputFormat format)
{
    private static readonly PicketApiJson Readable = new(
        new JsonSerializerOptions(PicketApiJson.Default.Options)
        {
            WriteIndented = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }
    );

    private readonly IAnsiConsole _console = terminal.OutConsole;

    /// <summary>Prints the value as JSON, or lets <paramref name="people"/> print it.</summary>
    public void Value<T>(T value, Action<IAnsiConsole> people)
    {
        if (format == OutputFormat.Json)
            terminal.Out.WriteLine(ToJson(value));
        else
            people(_console);
    }

    public void Rows<T>(Page<T> page, IReadOnlyList<Column<T>> columns)
    {
        Value(page, console => console.Write(Tables.Of(page.Items, columns)));
        if (page.Note is not null)
            Remark(page.Note);
        if (page.Next is not null && format == OutputFormat.Table)
            Remark($"More rows follow: --all, or --cursor {page.Next}");
    }

    /// <summary>A remark for people; silent in JSON, where the value says it all.</summary>
    public void Remark(string text)
    {
        if (format == OutputFormat.Table)
            terminal.Error.WriteLine(Cell.Clean(text, keepLines: true));
    }

    public static string ToJson<T>(T value) =>
        JsonSerializer.Serialize(value, (JsonTypeInfo<T>)Readable.GetTypeInfo(typeof(T))!);
}
