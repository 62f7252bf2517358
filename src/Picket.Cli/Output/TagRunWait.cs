using Picket.Api;

namespace Picket.Cli.Output;

/// <summary>Waits for the end of a tag run.</summary>
internal static class TagRunWait
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public static async Task<TagRunView> ForEndAsync(
        Session session,
        TagRunView run,
        CancellationToken cancellationToken
    )
    {
        while (!RunProgressBar.IsOver(run.State))
        {
            await Task.Delay(Pause, session.Terminal.Time, cancellationToken);
            var tagging = await session.Client.TaggingAsync(run.IntegrationId, cancellationToken);
            var now = tagging.Held.Append(tagging.LastRun).FirstOrDefault(each => each?.Id == run.Id);
            run =
                now
                ?? throw new InvalidDataException(
                    $"Another tag run followed run {run.Id}. See `picket tags status` and `picket ledger list`."
                );
        }
        return run;
    }
}
