using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Picket.WorkspaceOne.Wire;

/// <summary>Ids and counts: <c>{"Value":1}</c>, <c>1</c> or <c>"1"</c>. Anything else is unknown, not an error.</summary>
internal sealed class WireInt : JsonConverter<int?>
{
    public override bool HandleNull => true;

    public override int? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        WireNumber.ReadInt(ref reader);

    public override void Write(Utf8JsonWriter writer, int? value, JsonSerializerOptions options)
    {
        if (value is { } number)
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}

/// <summary>As <see cref="WireInt"/> for fields that every row has; unknown becomes 0, which no id is.</summary>
internal sealed class WireRequiredInt : JsonConverter<int>
{
    public override bool HandleNull => true;

    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        WireNumber.ReadInt(ref reader) ?? 0;

    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value);
}

/// <summary>As <see cref="WireInt"/> for sizes.</summary>
internal sealed class WireLong : JsonConverter<long?>
{
    public override bool HandleNull => true;

    public override long? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        WireNumber.Read(ref reader);

    public override void Write(Utf8JsonWriter writer, long? value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Sizes are only read.");
}

internal static class WireNumber
{
    public static int? ReadInt(ref Utf8JsonReader reader) =>
        Read(ref reader) is { } number and >= int.MinValue and <= int.MaxValue ? (int)number : null;

    public static long? Read(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return reader.TryGetInt64(out var number) ? number : null;
            case JsonTokenType.String:
                return FromText(ref reader);
            case JsonTokenType.StartObject:
                return FromObject(ref reader);
            default:
                reader.Skip();
                return null;
        }
    }

    private static long? FromText(ref Utf8JsonReader reader)
    {
        if (reader.HasValueSequence || reader.ValueIsEscaped)
        {
            return long.TryParse(reader.GetString(), System.Globalization.CultureInfo.InvariantCulture, out var slow)
                ? slow
                : null;
        }

        var text = reader.ValueSpan;
        return Utf8Parser.TryParse(text, out long number, out var used) && used == text.Length ? number : null;
    }

    private static long? FromObject(ref Utf8JsonReader reader)
    {
        long? found = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var isValue = reader.ValueTextEquals("Value"u8) || reader.ValueTextEquals("value"u8);
            reader.Read();
            if (isValue)
            {
                found = Read(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return found;
    }
}
