using Picket.Api;

namespace Picket.Server.Intelligence.Sources;

/// <summary>Lets a source be looked at, for a page that shows what came of it.</summary>
internal static class SourceLook
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(300);

    /// <summary>Returns when the look has ended, or when the page has waited long enough: it goes on then.</summary>
    public static async Task WaitAsync(PicketClient api, Guid id)
    {
        var before = await api.CheckFeedSourceAsync(id);
        for (var waited = TimeSpan.Zero; waited < Longest; waited += Between)
        {
            await Task.Delay(Between, TimeProvider.System);
            if ((await api.FeedSourceAsync(id)).LastTryAt != before.LastTryAt)
            {
                return;
            }
        }
    }
}
