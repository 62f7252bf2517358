using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Picket.WorkspaceOne.Emulator.Tests.Events;

internal sealed record Received(string Path, string? Authorization, string ContentType, string Body);

/// <summary>A subscriber's web server.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Channel<Received> received = Channel.CreateUnbounded<Received>();

    private Receiver(WebApplication app) => this.app = app;

    /// <summary>Answers of the next calls; 200 when it is empty.</summary>
    public Queue<int> Answers { get; } = new();

    public string Address => app.Urls.First();

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder([
            "--urls=http://127.0.0.1:0",
            "--Logging:LogLevel:Default=None",
        ]);
        var receiver = new Receiver(builder.Build());
        receiver.app.MapPost("/{**path}", (Delegate)receiver.TakeAsync);
        await receiver.app.StartAsync();
        return receiver;
    }

    public async Task<Received> NextAsync() =>
        await received
            .Reader.ReadAsync(TestContext.Current.CancellationToken)
            .AsTask()
            .WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

    public bool IsEmpty => !received.Reader.TryPeek(out _);

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(http.RequestAborted);
        var (path, type) = (http.Request.Path.Value ?? "", http.Request.ContentType ?? "");
        var status = Answers.TryDequeue(out var wanted) ? wanted : StatusCodes.Status200OK;
        await received.Writer.WriteAsync(new Received(path, http.Request.Headers.Authorization, type, body));
        return status is 302 ? Results.Redirect("/elsewhere", preserveMethod: false) : Results.StatusCode(status);
    }
}
