using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Picket.WorkspaceOne.Emulator.Tests.Conformance;

/// <summary>Our own answers, one file for each route and version, cut to the first row of every list.</summary>
internal static class AnswerSamples
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The first successful answer with a body of each route and version.</summary>
    public static IEnumerable<Step> Of(IEnumerable<Step> steps) =>
        steps.Where(step => step is { Status: < 300, Body: not null }).DistinctBy(step => (step.Route, step.Version));

    public static IEnumerable<string> Differences(Step step)
    {
        var file = Path.Combine(Folder(), Name(step));
        var answer = Shortened(JsonNode.Parse(step.Body!.Value.GetRawText()))!;
        if (Environment.GetEnvironmentVariable("PICKET_WRITE_SAMPLES") is not null)
        {
            Directory.CreateDirectory(Folder());
            File.WriteAllText(file, answer.ToJsonString(Readable) + "\n");
            return [];
        }

        return File.Exists(file)
            ? Compare(JsonNode.Parse(File.ReadAllText(file)), answer, "$").Select(text => $"{Name(step)}: {text}")
            : [$"{Name(step)}: no sample of this answer; write it with PICKET_WRITE_SAMPLES=1"];
    }

    private static string Name(Step step) =>
        $"{step.Method}_{step.Template.Replace('/', '_').Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal)}_v{step.Version}.json";

    private static IEnumerable<string> Compare(JsonNode? sample, JsonNode? ours, string at)
    {
        if (Kind(sample) != Kind(ours))
        {
            return [$"{at} was {Kind(sample)} and is {Kind(ours)}"];
        }

        return (sample, ours) switch
        {
            (JsonObject before, JsonObject after) => CompareMembers(before, after, at),
            (JsonArray { Count: > 0 } before, JsonArray { Count: > 0 } after) => Compare(
                before[0],
                after[0],
                at + "[0]"
            ),
            (JsonArray before, JsonArray after) when before.Count != after.Count =>
            [
                $"{at} was{(before.Count == 0 ? "" : " not")} empty",
            ],
            _ => [],
        };
    }

    private static IEnumerable<string> CompareMembers(JsonObject before, JsonObject after, string at) =>
        before
            .Where(member => !after.ContainsKey(member.Key))
            .Select(member => $"{at}.{member.Key} is gone")
            .Concat(
                after.Where(member => !before.ContainsKey(member.Key)).Select(member => $"{at}.{member.Key} is new")
            )
            .Concat(
                before
                    .Where(member => after.ContainsKey(member.Key))
                    .SelectMany(member => Compare(member.Value, after[member.Key], $"{at}.{member.Key}"))
            );

    private static JsonNode? Shortened(JsonNode? node) =>
        node switch
        {
            JsonArray array => new JsonArray([.. array.Take(1).Select(item => Shortened(item?.DeepClone()))]),
            JsonObject members => new JsonObject(
                members.Select(member => KeyValuePair.Create(member.Key, Shortened(Masked(member)?.DeepClone())))
            ),
            _ => node?.DeepClone(),
        };

    /// <summary>Keys of an emulator that is gone are worth nothing, and still look like secrets in a repository.</summary>
    private static JsonNode? Masked(KeyValuePair<string, JsonNode?> member) =>
        member.Key is "api_key" or "DefaultAdminApiKey" or "EnrollmentUserApiKey" ? "(a key)" : member.Value;

    private static string Kind(JsonNode? node) =>
        node?.GetValueKind() switch
        {
            null or JsonValueKind.Null => "null",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            { } kind => kind.ToString().ToLowerInvariant(),
        };

    private static string Folder() =>
        Path.Combine(Checkout(AppContext.BaseDirectory), "tests", "Picket.WorkspaceOne.Emulator.Tests", "Samples");

    private static string Checkout(string folder) =>
        Path.Exists(Path.Combine(folder, "Picket.slnx")) ? folder : Checkout(Directory.GetParent(folder)!.FullName);
}
