using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Picket.Api;

namespace Picket.Cli.Tests;

/// <summary>A server that gives contract records over real HTTP: what it was told to answer, per method and path.</summary>
public sealed class PicketStub : IAsyncDisposable
{
    public const string Token = "pk_test";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> _answers = new();

    private PicketStub(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    public ConcurrentQueue<SeenRequest> Requests { get; } = new();

    public static async Task<PicketStub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var stub = new PicketStub(builder.Build());
        stub._app.Run(stub.ServeAsync);
        await stub._app.StartAsync(TestContext.Current.CancellationToken);
        return stub;
    }

    public PicketStub Answer<T>(string method, string path, T record, int status = 200) =>
        Do(method, path, context => WriteAsync(context, record, status));

    public PicketStub Refuse(string method, string path, Problem problem) =>
        Do(
            method,
            path,
            async context =>
            {
                context.Response.ContentType = "application/problem+json";
                await WriteAsync(context, problem, problem.Status!.Value);
            }
        );

    public PicketStub Do(string method, string path, Func<HttpContext, Task> answer)
    {
        _answers[$"{method} {path}"] = answer;
        return this;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        var request = context.Request;
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        Requests.Enqueue(
            new SeenRequest(
                request.Method,
                request.Path + request.QueryString.ToString(),
                request.Headers.IfMatch,
                body
            )
        );
        var signingIn = request.Path == Routes.SignIn || request.Path == Routes.ClaimLink;
        if (!signingIn && request.Headers.Authorization != $"Bearer {Token}")
            await WriteAsync(context, new Problem { Title = "Not signed in", Status = 401 }, 401);
        else if (_answers.TryGetValue($"{request.Method} {request.Path}", out var answer))
            await answer(context);
        else
            await WriteAsync(context, new Problem { Title = "Not found", Status = 404 }, 404);
    }

    public static async Task WriteAsync<T>(HttpContext context, T record, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType ??= "application/json";
        var type = (JsonTypeInfo<T>)PicketApiJson.Default.GetTypeInfo(typeof(T))!;
        await context.Response.WriteAsync(JsonSerializer.Serialize(record, type), context.RequestAborted);
    }
}

public sealed record SeenRequest(string Method, string Address, string? IfMatch, string Body);
