using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Picket.Api;
using Picket.Server.Tests.Intelligence;

namespace Picket.Server.Tests.Notices;

/// <summary>
/// Whoever takes webhooks, over real TLS with a CA of its own. It checks each with the verifier that Picket gives to
/// receivers, and keeps what came.
/// </summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication app;

    private WebhookReceiver(WebApplication app, string ca) => (this.app, CaPem) = (app, ca);

    /// <summary>One webhook as it came.</summary>
    public sealed record Came(string Id, WebhookCheck Check, string Body, KeyValuePair<string, string>[] Headers)
    {
        public JsonNode Json => JsonNode.Parse(Body)!;

        public string Type => (string)Json["type"]!;
    }

    public string CaPem { get; }

    public string Address => $"https://localhost:{new Uri(app.Urls.First()).Port}/hook";

    public ConcurrentBag<string> Secrets { get; } = [];

    public ConcurrentQueue<Came> All { get; } = [];

    /// <summary>How it answers; 204 when null.</summary>
    public RequestDelegate? Answer { get; set; }

    public static async Task<WebhookReceiver> StartAsync()
    {
        var (ca, certificate) = FeedServer.Certificates();
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate))
        );
        var app = builder.Build();
        var receiver = new WebhookReceiver(app, ca);
        app.Run(receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        KeyValuePair<string, string>[] headers =
        [
            .. http.Request.Headers.Select(header => KeyValuePair.Create(header.Key, $"{header.Value}")),
        ];
        var bytes = body.ToArray();
        var check = WebhookSignature.Verify(headers, bytes, [.. Secrets], TimeProvider.System.GetUtcNow());
        var id = $"{http.Request.Headers[WebhookSignature.IdHeader]}";
        All.Enqueue(new(id, check, System.Text.Encoding.UTF8.GetString(bytes), headers));
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        if (Answer is { } answer)
        {
            await answer(http);
        }
    }
}
