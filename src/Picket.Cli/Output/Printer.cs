using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Picket.Api;

namespace Picket.Cli.Output;

/// <summary>Data on standard output: as tables, as the API's JSON, or the ids alone. Remarks on standard error.</summary>
internal sealed class Printer(Terminal terminal, OutputFormat format)
{
    private static readonly PicketApiJson Readable = new(
        new JsonSerializerOptions(PicketApiJson.Default.Options)
        {
            WriteIndented = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }
    );

    /// <summary>Prints the value as JSON, or its ids, or lets <paramref name="people"/> print it.</summary>
    public void Value<T>(T value, Action<Screen> people)
    {
        if (format == OutputFormat.Table)
            people(terminal.OutScreen);
        else if (format == OutputFormat.Id && Ids(value) is { } ids)
            ids.ForEach(terminal.Out.WriteLine);
        else
            terminal.Out.WriteLine(ToJson(value));
    }

    public void Rows<T>(Page<T> page, IReadOnlyList<Column<T>> columns)
    {
        Value(page, screen => screen.Rows(page.Items, columns));
        if (page.Note is not null)
            Remark(page.Note);
        if (page.Items.Count == 0)
            Remark("Nothing to list.");
        if (page.Next is not null)
            Remark($"More rows follow: --all, or --cursor {page.Next}");
    }

    /// <summary>A remark for people; silent for programs, to which the value says it all.</summary>
    public void Remark(string text)
    {
        if (format == OutputFormat.Table)
            terminal.Error.WriteLine(Cell.Clean(text, keepLines: true));
    }

    /// <summary>Null when the value has none, as an overview.</summary>
    private static List<string>? Ids<T>(T value)
    {
        var json = JsonSerializer.SerializeToNode(value, (JsonTypeInfo<T>)Readable.GetTypeInfo(typeof(T))!)!.AsObject();
        if (json["items"] is JsonArray rows)
            return [.. rows.Select(row => row!["id"]).OfType<JsonNode>().Select(id => id.ToString())];
        return json["id"] is { } id ? [id.ToString()] : null;
    }

    public static string ToJson<T>(T value) =>
        JsonSerializer.Serialize(value, (JsonTypeInfo<T>)Readable.GetTypeInfo(typeof(T))!);
}
