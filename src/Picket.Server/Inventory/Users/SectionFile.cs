using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Picket.Server.Inventory.Users;

/// <param name="ComesFrom">Where Picket has it from.</param>
/// <param name="Kept">How long.</param>
internal sealed record Section(
    string Name,
    string ComesFrom,
    string Kept,
    IAsyncEnumerable<IReadOnlyList<object>> Pages
);

/// <summary>One JSON file of several sections, each written as it is read. Who takes it slowly costs no memory.</summary>
internal static class SectionFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = Options.Encoder };

    public static async Task WriteAsync(
        Stream body,
        string about,
        DateTimeOffset madeAt,
        IEnumerable<Section> sections,
        CancellationToken cancellation
    )
    {
        // The serializer ends each row with a flush that does not wait: into the pipe's memory, and from there page by page.
        var file = PipeWriter.Create(body, new StreamPipeWriterOptions(leaveOpen: true));
        await using var json = new Utf8JsonWriter(file, Readable);
        json.WriteStartObject();
        json.WriteString("about", about);
        json.WriteString("madeAt", madeAt);
        foreach (var section in sections)
        {
            await WriteSectionAsync(json, file, section, cancellation);
        }

        json.WriteBoolean("complete", true); // A file that was broken off lacks it.
        json.WriteEndObject();
        await json.FlushAsync(cancellation);
        await file.CompleteAsync();
    }

    private static async Task WriteSectionAsync(
        Utf8JsonWriter json,
        PipeWriter file,
        Section section,
        CancellationToken cancellation
    )
    {
        json.WriteStartObject(section.Name);
        json.WriteString("comesFrom", section.ComesFrom);
        json.WriteString("kept", section.Kept);
        json.WriteStartArray("rows");
        await foreach (var page in section.Pages.WithCancellation(cancellation))
        {
            foreach (var row in page)
            {
                JsonSerializer.Serialize(json, row, Options);
            }

            await json.FlushAsync(cancellation);
            await file.FlushAsync(cancellation);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
