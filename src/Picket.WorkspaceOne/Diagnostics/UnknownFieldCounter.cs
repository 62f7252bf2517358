using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Picket.WorkspaceOne.Diagnostics;

/// <summary>
/// Counts fields of answers that the client leaves on the wire, by route and name. Values are not looked at. Give it to
/// a <see cref="Pacing.CallMeter"/>. Looking at an answer costs as much as parsing it, so it takes a sample.
/// </summary>
/// <param name="answersPerRoute">Answers of each route that are looked at, the first ones. A page holds up to 500 rows.</param>
public sealed class UnknownFieldCounter(int answersPerRoute = 1)
{
    private readonly ConcurrentDictionary<string, int> counts = new();
    private readonly ConcurrentDictionary<string, int> looked = new();

    /// <summary>How often each unread field came in the sample, keyed by <c>route field</c>.</summary>
    public IReadOnlyDictionary<string, int> Counts => counts;

    internal void Count(string route, ReadOnlySpan<byte> body, JsonTypeInfo type)
    {
        if (looked.AddOrUpdate(route, 1, (_, count) => count + 1) > answersPerRoute)
        {
            return;
        }

        var reader = new Utf8JsonReader(body, new JsonReaderOptions { AllowTrailingCommas = true });
        using var document = JsonDocument.ParseValue(ref reader);
        Visit(route, document.RootElement, type);
    }

    private void Visit(string route, JsonElement element, JsonTypeInfo type)
    {
        if (element.ValueKind == JsonValueKind.Array && type.ElementType is { } rowType)
        {
            foreach (var row in element.EnumerateArray())
            {
                Visit(route, row, type.Options.GetTypeInfo(rowType));
            }
        }
        else if (element.ValueKind == JsonValueKind.Object && type.Kind == JsonTypeInfoKind.Object)
        {
            foreach (var field in element.EnumerateObject())
            {
                VisitField(route, field, type);
            }
        }
    }

    private void VisitField(string route, JsonProperty field, JsonTypeInfo type)
    {
        var known = type.Properties.FirstOrDefault(property =>
            property.Name.Equals(field.Name, StringComparison.OrdinalIgnoreCase)
        );
        if (known is null)
        {
            counts.AddOrUpdate($"{route} {field.Name}", 1, (_, count) => count + 1);
        }
        else
        {
            Visit(route, field.Value, type.Options.GetTypeInfo(known.PropertyType));
        }
    }
}
