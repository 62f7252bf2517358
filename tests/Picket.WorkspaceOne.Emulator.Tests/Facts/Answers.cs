using System.Text.Json;

namespace Picket.WorkspaceOne.Emulator.Tests.Facts;

/// <summary>Short ways to look at answers.</summary>
internal static class Answers
{
    public static IReadOnlyList<string> Names(this JsonElement json) =>
        [.. json.EnumerateObject().Select(member => member.Name)];

    public static string Header(this HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : "";

    public static async Task<HttpResponseMessage> SendAsync(
        this Visitor visitor,
        string method,
        string path,
        object? body = null,
        int version = 1
    ) => await visitor.SendAsync(visitor.Request(path, version, new HttpMethod(method), body));

    public static async Task<JsonElement> ReadAsync(
        this Visitor visitor,
        string method,
        string path,
        object? body = null,
        int version = 1
    )
    {
        using var response = await visitor.SendAsync(method, path, body, version);
        response.EnsureSuccessStatusCode();
        return await Visitor.BodyAsync(response);
    }
}
