using System.Text.Json;
using System.Text.Json.Serialization;

namespace Picket.WorkspaceOne.Wire;

/// <summary>Text; empty stands for unknown. Numbers and booleans are taken as their text.</summary>
internal sealed class WireText : JsonConverter<string?>
{
    public override bool HandleNull => true;

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Read(ref reader);

    public static string? Read(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.GetString() is { Length: > 0 } text ? text : null;
            case JsonTokenType.Number:
                return System.Text.Encoding.UTF8.GetString(reader.ValueSpan);
            case JsonTokenType.True:
                return "true";
            case JsonTokenType.False:
                return "false";
            default:
                reader.Skip();
                return null;
        }
    }

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}

/// <summary>Booleans, also as text or as 0 and 1.</summary>
internal sealed class WireBool : JsonConverter<bool?>
{
    public override bool HandleNull => true;

    public override bool? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.True:
                return true;
            case JsonTokenType.False:
                return false;
            case JsonTokenType.Number:
                return reader.TryGetInt32(out var number) && number is 0 or 1 ? number == 1 : null;
            case JsonTokenType.String:
                return FromText(reader.GetString());
            default:
                reader.Skip();
                return null;
        }
    }

    public override void Write(Utf8JsonWriter writer, bool? value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Booleans are only read.");

    private static bool? FromText(string? text) =>
        text?.Trim().ToUpperInvariant() switch
        {
            "TRUE" or "YES" or "Y" or "1" => true,
            "FALSE" or "NO" or "N" or "0" => false,
            _ => null,
        };
}

/// <summary>Unique ids; empty, all zeros and nonsense are unknown.</summary>
internal sealed class WireUuid : JsonConverter<Guid?>
{
    public override bool HandleNull => true;

    public override Guid? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return null;
        }

        var known = reader.TryGetGuid(out var uuid) || Guid.TryParse(reader.GetString(), out uuid);
        return known && uuid != Guid.Empty ? uuid : null;
    }

    public override void Write(Utf8JsonWriter writer, Guid? value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Unique ids are only read.");
}
