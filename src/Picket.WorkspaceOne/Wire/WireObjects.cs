using System.Text.Json;
using System.Text.Json.Serialization;

namespace Picket.WorkspaceOne.Wire;

/// <summary>References: <c>{Id:{Value}, Name, Uuid}</c>, any part missing, the id also as number or text.</summary>
internal sealed class WireEntityRef : JsonConverter<EntityRef>
{
    public override bool HandleNull => true;

    public override EntityRef Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return new EntityRef(WireNumber.ReadInt(ref reader), null, null);
        }

        var found = default(EntityRef);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            found = ReadPart(ref reader, found);
        }

        return found;
    }

    public override void Write(Utf8JsonWriter writer, EntityRef value, JsonSerializerOptions options) =>
        throw new NotSupportedException("References are only read.");

    private static EntityRef ReadPart(ref Utf8JsonReader reader, EntityRef found)
    {
        if (reader.ValueTextEquals("Id"u8) || reader.ValueTextEquals("id"u8) || reader.ValueTextEquals("Value"u8))
        {
            reader.Read();
            return found with { Id = WireNumber.ReadInt(ref reader) };
        }

        if (reader.ValueTextEquals("Name"u8) || reader.ValueTextEquals("name"u8))
        {
            reader.Read();
            return found with
            {
                Name = reader.TokenType == JsonTokenType.String ? RepeatingText.Read(ref reader) : null,
            };
        }

        if (reader.ValueTextEquals("Uuid"u8) || reader.ValueTextEquals("uuid"u8))
        {
            reader.Read();
            var uuid = Guid.Empty;
            var known = reader.TokenType == JsonTokenType.String && reader.TryGetGuid(out uuid) && uuid != Guid.Empty;
            return known ? found with { Uuid = uuid } : found;
        }

        reader.Read();
        reader.Skip();
        return found;
    }
}

/// <summary>Enumerations: number or name, on some fields both.</summary>
internal sealed class WireCodeConverter : JsonConverter<WireCode>
{
    public override bool HandleNull => true;

    public override WireCode Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return new WireCode(reader.TryGetInt32(out var number) ? number : null, null);
            case JsonTokenType.String:
                var text = reader.GetString();
                return int.TryParse(text, out var code) ? new WireCode(code, null) : new WireCode(null, text);
            default:
                reader.Skip();
                return default;
        }
    }

    public override void Write(Utf8JsonWriter writer, WireCode value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Enumerations are only read.");
}

/// <summary><c>Faults:{Fault:[…]}</c>, missing when everything was accepted; a bare list is taken too.</summary>
internal sealed class FaultsConverter : JsonConverter<IReadOnlyList<BulkFault>>
{
    public override bool HandleNull => true;

    public override IReadOnlyList<BulkFault> Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    )
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            return JsonSerializer.Deserialize(ref reader, WireContext.Default.ListBulkFault).WithoutNulls();
        }

        if (reader.TokenType == JsonTokenType.StartObject)
        {
            return (JsonSerializer.Deserialize(ref reader, WireContext.Default.FaultList)?.Fault).WithoutNulls();
        }

        reader.Skip();
        return [];
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<BulkFault> value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Faults are only read.");
}

internal sealed record FaultList(List<BulkFault>? Fault);
