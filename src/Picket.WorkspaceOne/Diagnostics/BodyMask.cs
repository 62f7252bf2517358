using System.Text;
using System.Text.Json;

namespace Picket.WorkspaceOne.Diagnostics;

/// <summary>Masks a JSON body: what remains tells the form of the wire and nothing about the tenant.</summary>
internal static class BodyMask
{
    private const int MaxText = 80;
    private const int MaxRows = 5;

    // Closed vocabularies of the product, no data of the tenant.
    private static readonly HashSet<string> Kept = new(StringComparer.OrdinalIgnoreCase)
    {
        "Page",
        "PageSize",
        "Total",
        "TotalResults",
        "errorCode",
        "Platform",
        "Ownership",
        "EnrollmentStatus",
        "ComplianceStatus",
        "LocationGroupType",
        "ProductName",
        "ProductVersion",
        "installed_status",
        "assignment_status",
        "TotalItems",
        "AcceptedItems",
        "FailedItems",
        "Rel",
    };

    public static string Mask(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
        {
            return "";
        }

        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { AllowTrailingCommas = true });
            using var document = JsonDocument.ParseValue(ref reader);
            using var stream = new MemoryStream();
            using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
            {
                Write(writer, document.RootElement, keep: false);
            }

            return Encoding.UTF8.GetString(stream.ToArray());
        }
        catch (JsonException)
        {
            return $"(not JSON, {body.Length} bytes)";
        }
    }

    internal static string MaskText(string text)
    {
        var shown = text.Length > MaxText ? text[..MaxText] : text;
        var masked = string.Create(
            shown.Length,
            shown,
            (span, source) =>
            {
                for (var index = 0; index < span.Length; index++)
                {
                    span[index] = MaskLetter(source[index]);
                }
            }
        );
        return masked + (text.Length > MaxText ? "…" : "");
    }

    private static char MaskLetter(char letter) =>
        char.IsAsciiDigit(letter) ? '0'
        : char.IsAscii(letter) && !char.IsAsciiLetter(letter) ? letter
        : 'x';

    private static void Write(Utf8JsonWriter writer, JsonElement element, bool keep)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(writer, element);
                break;
            case JsonValueKind.Array:
                WriteArray(writer, element, keep);
                break;
            case JsonValueKind.String when !keep:
                writer.WriteStringValue(MaskText(element.GetString()!));
                break;
            case JsonValueKind.Number when !keep:
                writer.WriteNumberValue(0);
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private static void WriteObject(Utf8JsonWriter writer, JsonElement element)
    {
        writer.WriteStartObject();
        foreach (var property in element.EnumerateObject())
        {
            writer.WritePropertyName(property.Name);
            Write(writer, property.Value, Kept.Contains(property.Name));
        }

        writer.WriteEndObject();
    }

    private static void WriteArray(Utf8JsonWriter writer, JsonElement element, bool keep)
    {
        writer.WriteStartArray();
        foreach (var item in element.EnumerateArray().Take(MaxRows))
        {
            Write(writer, item, keep);
        }

        writer.WriteEndArray();
    }
}
