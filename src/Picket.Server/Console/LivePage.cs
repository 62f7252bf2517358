using System.Net;
using Microsoft.AspNetCore.Components;
using Picket.Api;
using static Picket.Server.Console.Texts;

namespace Picket.Server.Console;

/// <summary>A page that follows what goes on while it is open. A reading that fails is told, and tried again.</summary>
public abstract class LivePage : ComponentBase, IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource leaving = new();

    /// <summary>Why the figures are not being refreshed; null while they are.</summary>
    protected string? failure { get; private set; }

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private ILogger<LivePage> Log { get; set; } = default!;

    protected LivePage() => Leaving = leaving.Token;

    /// <summary>Ends when the page is left. Good to ask for also afterwards: what was pressed before may only now end.</summary>
    protected CancellationToken Leaving { get; }

    /// <summary>How often it reads anew; null while nothing moves.</summary>
    protected virtual TimeSpan? Refresh => null;

    protected virtual Task FollowAsync() => Task.CompletedTask;

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _ = InvokeAsync(WatchAsync);
        }
    }

    private async Task WatchAsync()
    {
        var read = Time.GetTimestamp();
        using var timer = new PeriodicTimer(Look, Time);
        try
        {
            while (await timer.WaitForNextTickAsync(Leaving))
            {
                if (Refresh is { } often && Time.GetElapsedTime(read) >= often)
                {
                    await TryAsync(FollowAsync);
                    read = Time.GetTimestamp();
                    StateHasChanged();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }

    /// <summary>A reading beside the page's own: what is shown stays when it fails, and the page says so.</summary>
    protected async Task TryAsync(Func<Task> read)
    {
        try
        {
            await read();
            failure = null;
        }
        catch (PicketApiException refused) when (refused.Status == HttpStatusCode.Forbidden)
        {
            await DispatchExceptionAsync(refused); // The layout says what it says of every refused page.
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            ConsoleLog.NotFollowed(Log, GetType().Name, broken);
            failure = T(
                "What is shown here is not being refreshed: the database does not answer. The server's log holds the cause."
            );
        }
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            leaving.Cancel();
            leaving.Dispose();
        }
    }
}

internal static partial class ConsoleLog
{
    [LoggerMessage(1, LogLevel.Warning, "{Page} could not be refreshed.")]
    public static partial void NotFollowed(ILogger log, string page, Exception broken);
}
