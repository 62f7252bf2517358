using Picket.Api;

namespace Picket.Server.Intelligence.Sources;

/// <summary>Lets a source be looked at, for a page that shows what came of it.</summary>
internal static class SourceLook
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(300);

    public static async Task FollowAsync(PicketClient api, FeedSourceDraft draft) =>
        await WaitAsync(api, await api.FollowFeedAsync(draft));

    public static async Task CheckAsync(PicketClient api, Guid id) =>
        await WaitAsync(api, await api.CheckFeedSourceAsync(id));

    /// <summary>Returns when the look has ended, or when the page has waited long enough: it goes on then.</summary>
    private static async Task WaitAsync(PicketClient api, FeedSourceView before)
    {
        for (var waited = TimeSpan.Zero; waited < Longest; waited += Between)
        {
            await Task.Delay(Between, TimeProvider.System);
            if ((await api.FeedSourceAsync(before.Id)).LastTryAt != before.LastTryAt)
            {
                return;
            }
        }
    }
}
