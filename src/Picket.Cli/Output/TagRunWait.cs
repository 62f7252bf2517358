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
            run = await session.Client.TagRunAsync(run.Id, cancellationToken);
        }
        return run;
    }
}
