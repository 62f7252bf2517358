using System.Text.Json;

namespace Picket.WorkspaceOne.Emulator.Control;

/// <summary>Maps control routes: guard, JSON in, JSON out, and mistakes as 400 with their reason.</summary>
internal sealed class ControlTable(IEndpointRouteBuilder app, string token, JsonSerializerOptions json)
{
    // The second is where earlier versions had it.
    private static readonly string[] Prefixes = ["/_emulator/", "/emulator/control/"];

    public void Get(string path, Func<HttpContext, object?> read) => Map("GET", path, Answering(read));

    public void Delete(string path, Func<HttpContext, object?> act) => Map("DELETE", path, Answering(act));

    public void Put<T>(string path, Func<HttpContext, T, object?> act) => Map("PUT", path, Reading(act));

    public void Post<T>(string path, Func<HttpContext, T, object?> act) => Map("POST", path, Reading(act));

    private static Func<HttpContext, Task<object?>> Answering(Func<HttpContext, object?> act) =>
        http => Task.FromResult(act(http));

    private Func<HttpContext, Task<object?>> Reading<T>(Func<HttpContext, T, object?> act) =>
        async http =>
        {
            var body = await JsonSerializer.DeserializeAsync<T>(http.Request.Body, json, http.RequestAborted);
            return act(http, body ?? throw new JsonException("A JSON object is needed."));
        };

    private void Map(string method, string path, Func<HttpContext, Task<object?>> act)
    {
        foreach (var prefix in Prefixes)
        {
            app.MapMethods(prefix + path, [method], (RequestDelegate)(http => RunAsync(http, act)));
        }
    }

    private async Task RunAsync(HttpContext http, Func<HttpContext, Task<object?>> act)
    {
        if (!ControlRoutes.MayControl(http, token))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        object? answer;
        try
        {
            answer = await act(http);
        }
        catch (Exception mistake)
            when (mistake is JsonException or KeyNotFoundException or FormatException or ArgumentException)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            answer = new { error = mistake.Message };
        }

        http.Response.ContentType = "application/json";
        await JsonSerializer.SerializeAsync(http.Response.Body, answer ?? new { }, json, http.RequestAborted);
    }
}
