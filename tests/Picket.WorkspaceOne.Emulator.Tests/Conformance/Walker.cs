using System.Text.Json;

namespace Picket.WorkspaceOne.Emulator.Tests.Conformance;

/// <summary>Calls routes one after the other, and notes what each answers beside what it should.</summary>
internal sealed class Walker(Visitor visitor)
{
    private readonly List<Step> steps = [];
    private readonly List<string> surprises = [];

    public EmulatorHost Host => visitor.Host;

    public IReadOnlyList<Step> Steps => steps;

    /// <summary>Calls that answered with another status than they should.</summary>
    public IReadOnlyList<string> Surprises => surprises;

    /// <param name="route">Method and template: <c>GET mdm/devices/{id}</c>. What stands in braces is filled in order.</param>
    /// <param name="arguments">For the braces; the last one may be a query, with its question mark.</param>
    public Task<JsonElement> CallAsync(string route, int version, int status, params object[] arguments) =>
        SendAsync(route, version, status, null, arguments);

    public async Task<JsonElement> SendAsync(
        string route,
        int version,
        int status,
        object? body,
        params object[] arguments
    )
    {
        var path = Fill(route[(route.IndexOf(' ', StringComparison.Ordinal) + 1)..], arguments);
        using var request = visitor.Request(path, version, new HttpMethod(route.Split(' ')[0]), body);
        using var response = await visitor.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        if ((int)response.StatusCode != status)
        {
            surprises.Add($"{route} v{version} at {path}: {(int)response.StatusCode} instead of {status}: {text}");
        }

        var json = response.Content.Headers.ContentType?.MediaType == "application/json" && text.Length > 0;
        using var parsed = JsonDocument.Parse(json ? text : "null");
        var answer = parsed.RootElement.Clone();
        steps.Add(new Step(route, version, path, (int)response.StatusCode, json ? answer : null));
        return answer;
    }

    private static string Fill(string template, object[] arguments)
    {
        var left = new Queue<object>(arguments);
        var parts = template
            .Split('/')
            .Select(part => part.StartsWith('{') ? Uri.EscapeDataString($"{left.Dequeue()}") : part)
            .ToList();
        return string.Join('/', parts) + string.Concat(left);
    }
}
