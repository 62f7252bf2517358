using System.Buffers;
using System.Text.Json;

namespace Picket.Core.Deployment;

/// <summary>Writes JSON into an element that lives by itself.</summary>
internal static class AssignmentJson
{
    public static JsonElement Object(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }
}
