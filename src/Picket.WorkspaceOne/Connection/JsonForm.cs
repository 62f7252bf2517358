using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Picket.WorkspaceOne.Connection;

/// <summary>The outermost form of a body: routes say "nothing" in each other's forms.</summary>
internal static class JsonForm
{
    private static readonly JsonReaderOptions Tolerant = new() { AllowTrailingCommas = true };

    public static bool Fits(ReadOnlySpan<byte> body, JsonTypeInfo type)
    {
        var reader = new Utf8JsonReader(body, Tolerant);
        reader.Read();
        return reader.TokenType
            == (type.Kind == JsonTypeInfoKind.Enumerable ? JsonTokenType.StartArray : JsonTokenType.StartObject);
    }

    /// <summary>An empty list or object, or null.</summary>
    public static bool IsNothing(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, Tolerant);
        reader.Read();
        if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
        {
            reader.Read();
        }

        return reader.TokenType is JsonTokenType.Null or JsonTokenType.EndArray or JsonTokenType.EndObject;
    }

    public static void ReadToEnd(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, Tolerant);
        while (reader.Read()) { }
    }
}
