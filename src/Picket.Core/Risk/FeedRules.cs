using Picket.Core.Devices;
using Picket.Core.Intelligence;

namespace Picket.Core.Risk;

/// <summary>A feed in force whose stored file cannot be read any more.</summary>
/// <param name="Format">Null when not even that is understood.</param>
public sealed record UnreadableFeed(string Name, FeedFormat? Format);

/// <summary>What an unreadable feed would say is not known: it clears nothing and calls nothing Secure.</summary>
internal static class FeedRules
{
    private static readonly string[] SystemKinds = [.. FindingKinds.OsKinds, FindingKinds.PatchOld.Id];
    private static readonly string[] IndicatorKinds = [.. FindingKinds.AppKinds, FindingKinds.RogueProfile.Id];

    public static void Apply(Judging judging)
    {
        foreach (var feed in judging.Context.Unreadable)
        {
            if (feed.Format is not (FeedFormat.StalkerwareIndicators or FeedFormat.Stix21))
            {
                Miss(judging, FactName.OsVersion, feed, SystemKinds);
            }

            if (feed.Format is null or FeedFormat.StalkerwareIndicators or FeedFormat.Stix21)
            {
                Miss(judging, FactName.Apps, feed, IndicatorKinds);
            }
        }
    }

    private static void Miss(Judging judging, FactName fact, UnreadableFeed feed, IReadOnlyList<string> blocks) =>
        judging.Miss(
            fact,
            MissingReason.FeedUnreadable,
            blocks,
            BlindSpotTexts.Unreadable(fact, feed.Name),
            required: true
        );
}
