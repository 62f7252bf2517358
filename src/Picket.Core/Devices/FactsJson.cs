using System.Text.Json;
using System.Text.Json.Serialization;

namespace Picket.Core.Devices;

/// <summary>
/// Facts as JSON, so that a device can be judged again away from the database: a known fact is <c>{"value", "at"}</c>, a
/// missing one <c>{"missing"}</c> with its cause. A fact that joins <see cref="DeviceFacts"/> is in it by itself.
/// </summary>
public static class FactsJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new FactConverters(), new VersionConverter(), new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static JsonElement Write(DeviceFacts facts) => JsonSerializer.SerializeToElement(facts, Options);

    /// <exception cref="JsonException">They cannot be read, or are not facts.</exception>
    public static DeviceFacts Read(JsonElement json) =>
        json.Deserialize<DeviceFacts>(Options) is { DeviceId: not null } facts
            ? facts
            : throw new JsonException("These are no facts of a device.");

    private sealed class FactConverters : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) =>
            typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Fact<>);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)
                Activator.CreateInstance(typeof(FactConverter<>).MakeGenericType(typeToConvert.GenericTypeArguments))!;
    }

    private sealed class FactConverter<T> : JsonConverter<Fact<T>>
    {
        public override Fact<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var json = JsonDocument.ParseValue(ref reader);
            var fact = json.RootElement;
            if (fact.TryGetProperty("missing", out var cause))
            {
                return Fact.Missing<T>(cause.Deserialize<MissingReason>(options));
            }

            if (!fact.TryGetProperty("value", out var value) || value.Deserialize<T>(options) is not { } known)
            {
                throw new JsonException("A fact has a value, or says why it is missing.");
            }

            return Fact.Known(
                known,
                fact.TryGetProperty("at", out var at) ? at.Deserialize<DateTimeOffset?>(options) : null
            );
        }

        public override void Write(Utf8JsonWriter writer, Fact<T> value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            if (value.TryGet(out var known))
            {
                writer.WritePropertyName("value");
                JsonSerializer.Serialize(writer, known, options);
                if (value.CollectedAt is { } at)
                {
                    writer.WriteString("at", at);
                }
            }
            else
            {
                writer.WriteString("missing", value.Reason.ToString());
            }

            writer.WriteEndObject();
        }
    }

    private sealed class VersionConverter : JsonConverter<OsVersion>
    {
        public override OsVersion Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            OsVersion.TryParse(reader.GetString(), out var version)
                ? version
                : throw new JsonException("A version of an operating system cannot be read.");

        public override void Write(Utf8JsonWriter writer, OsVersion value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
