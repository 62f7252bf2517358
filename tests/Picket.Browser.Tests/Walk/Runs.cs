using Picket.Api;

namespace Picket.Browser.Tests.Walk;

/// <summary>Waits for what the server does by itself.</summary>
internal static class Runs
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The fleet was read once, and every device of it was judged.</summary>
    public static async Task JudgedAsync(PicketClient client, Guid integration)
    {
        var run = await StartOrFindAsync(client, integration);
        while (run.State is RunState.Queued or RunState.Running)
        {
            await Task.Delay(Pause, TimeProvider.System, Cancellation);
            run = await client.RunAsync(run.Id, Cancellation);
        }

        Assert.True(run.State == RunState.Completed, $"{run.State}: {string.Join("; ", run.IncompleteReasons)}");
        while ((await client.OverviewAsync(Cancellation)).JudgingDue > 0)
        {
            await Task.Delay(Pause, TimeProvider.System, Cancellation);
        }
    }

    /// <summary>Looks at a preview, accepts it, and waits until it is written or refused.</summary>
    public static async Task TagAsync(PicketClient client, Guid integration)
    {
        var preview = await client.PreviewTagsAsync(integration, Cancellation);
        var run = await client.AcceptTagsAsync(integration, preview.Id, Cancellation);
        while (run.EndedAt is null)
        {
            Assert.NotEqual(RunState.Held, run.State);
            await Task.Delay(Pause, TimeProvider.System, Cancellation);
            run = (await client.TaggingAsync(integration, Cancellation)).LastRun ?? run;
        }
    }

    /// <summary>The schedule may have been first.</summary>
    private static async Task<RunView> StartOrFindAsync(PicketClient client, Guid integration)
    {
        try
        {
            return await client.StartRunAsync(integration, new StartRun(), Cancellation);
        }
        catch (PicketApiException open) when (open.Problem.Run is { } run)
        {
            return run;
        }
    }
}
