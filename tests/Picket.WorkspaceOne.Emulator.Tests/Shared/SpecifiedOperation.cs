using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Tests.Conformance;

namespace Picket.WorkspaceOne.Emulator.Tests.Shared;

/// <summary>One operation of the specification.</summary>
internal sealed class SpecifiedOperation(JsonElement document, JsonElement operation)
{
    private const int Deepest = 12;

    public IEnumerable<string> UnknownParameters(Step step)
    {
        var known = operation.TryGetProperty("parameters", out var parameters)
            ? parameters.EnumerateArray().Select(one => one.GetProperty("name").GetString()!).ToList()
            : [];
        return step
            .Path.Split('?')
            .Skip(1)
            .SelectMany(query => query.Split('&'))
            .Select(pair => pair.Split('=')[0])
            .Where(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase))
            .Select(name => $"parameter {name} is not in the specification");
    }

    public bool HasStatus(int status) => operation.GetProperty("responses").TryGetProperty($"{status}", out _);

    public IEnumerable<string> BodyProblems(int status, JsonElement body) =>
        Schema(status) is { } schema ? Problems(schema, body, "$", 0) : [];

    /// <summary>Null: the specification describes no body for that status.</summary>
    private JsonElement? Schema(int status)
    {
        if (
            !operation.GetProperty("responses").TryGetProperty($"{status}", out var response)
            || !response.TryGetProperty("content", out var content)
        )
        {
            return null;
        }

        return content
            .EnumerateObject()
            .Where(media => media.Name.Contains("json", StringComparison.OrdinalIgnoreCase))
            .Select(media => media.Value.TryGetProperty("schema", out var schema) ? schema : (JsonElement?)null)
            .FirstOrDefault();
    }

    private IEnumerable<string> Problems(JsonElement schema, JsonElement value, string at, int depth)
    {
        schema = Resolve(schema);
        if (depth > Deepest || value.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        var type = schema.TryGetProperty("type", out var named) ? named.GetString() : null;
        return (type, value.ValueKind) switch
        {
            (null or "object", JsonValueKind.Object) => OfMembers(schema, value, at, depth),
            (null, _) => [],
            ("array", JsonValueKind.Array) => value
                .EnumerateArray()
                .Take(3)
                .SelectMany(item => Problems(schema.GetProperty("items"), item, at + "[]", depth + 1))
                .Distinct(),
            ("string", JsonValueKind.String) => OfText(schema, value.GetString()!, at),
            ("boolean", JsonValueKind.True or JsonValueKind.False) => [],
            ("integer", JsonValueKind.Number) when value.TryGetInt64(out _) => [],
            ("number", JsonValueKind.Number) => [],
            ("string", JsonValueKind.Number) when schema.TryGetProperty("enum", out _) => [$"{at}: enum as number"],
            _ => [$"{at}: {value.ValueKind} where the specification has {type}"],
        };
    }

    private IEnumerable<string> OfMembers(JsonElement schema, JsonElement value, string at, int depth)
    {
        var open = schema.TryGetProperty("additionalProperties", out _);
        if (!schema.TryGetProperty("properties", out var properties))
        {
            return [];
        }

        return value
            .EnumerateObject()
            .SelectMany(member =>
                properties.TryGetProperty(member.Name, out var property)
                    ? Problems(property, member.Value, $"{at}.{member.Name}", depth + 1)
                : open ? []
                : [$"{at}.{member.Name} is not in the specification"]
            );
    }

    private static IEnumerable<string> OfText(JsonElement schema, string text, string at)
    {
        var format = schema.TryGetProperty("format", out var named) ? named.GetString() : null;
        if (format == "uuid" && !Guid.TryParse(text, out _))
        {
            return [$"{at}: no uuid"];
        }

        return
            schema.TryGetProperty("enum", out var names) && names.EnumerateArray().All(name => name.GetString() != text)
            ? [$"{at}: {text} is not among the names of the specification"]
            : [];
    }

    private JsonElement Resolve(JsonElement schema)
    {
        while (schema.TryGetProperty("$ref", out var reference))
        {
            var name = reference.GetString()!.Split('/')[^1];
            schema = document.GetProperty("components").GetProperty("schemas").GetProperty(name);
        }

        return schema;
    }
}
