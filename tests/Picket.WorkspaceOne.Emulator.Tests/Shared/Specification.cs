using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Tests.Conformance;

namespace Picket.WorkspaceOne.Emulator.Tests.Shared;

/// <summary>The vendor's OpenAPI files, one for each family and version, in the reference folder.</summary>
internal sealed class Specification
{
    private static readonly string[] Files =
    [
        "systemv1",
        "systemv2",
        "mdmv1",
        "mdmv2",
        "mdmv3",
        "mdmv4",
        "mamv1",
        "mamv2",
    ];

    private const string Uuid = " by uuid";

    private readonly Dictionary<string, SpecifiedOperation> operations = [];

    public static Specification Load()
    {
        var folder =
            Environment.GetEnvironmentVariable("PICKET_SHARED")
            ?? throw new InvalidOperationException("PICKET_SHARED must name the reference folder.");
        var specification = new Specification();
        foreach (var file in Files)
        {
            var json = File.ReadAllBytes(Path.Combine(folder, "uem", "specs", file + ".json"));
            specification.Add(file[..^2], file[^1] - '0', JsonDocument.Parse(json).RootElement);
        }

        return specification;
    }

    /// <summary>Null: the specification has no such path in that version.</summary>
    public SpecifiedOperation? Find(Step step)
    {
        var key = $"{step.Method} v{step.Version} {Plain(step.Template)}";
        var byUuid = step.Path.Split('?')[0].Split('/').Any(part => Guid.TryParse(part, out _));
        return operations.GetValueOrDefault(byUuid ? key + Uuid : key)
            ?? operations.GetValueOrDefault(byUuid ? key : key + Uuid);
    }

    private void Add(string family, int version, JsonElement document)
    {
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var method in path.Value.EnumerateObject().Where(member => member.Name != "parameters"))
            {
                // Some paths differ only in the kind of their id: one by number, one by uuid.
                var key = $"{method.Name.ToUpperInvariant()} v{version} {Plain(family + path.Name)}";
                operations[key + (TakesUuid(method.Value) ? Uuid : "")] = new(document, method.Value);
            }
        }
    }

    private static bool TakesUuid(JsonElement operation) =>
        operation.TryGetProperty("parameters", out var parameters)
        && parameters
            .EnumerateArray()
            .Any(one =>
                one.GetProperty("in").GetString() == "path"
                && one.GetProperty("schema").TryGetProperty("format", out var format)
                && format.GetString() == "uuid"
            );

    private static string Plain(string path) =>
        string.Join(
            '/',
            path.ToLowerInvariant().TrimEnd('/').Split('/').Select(part => part.StartsWith('{') ? "{}" : part)
        );
}
