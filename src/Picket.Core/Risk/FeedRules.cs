using Picket.Core.Devices;
using Picket.Core.Intelligence;

namespace Picket.Core.Risk;

/// <summary>A feed in force whose stored file cannot be read any more.</summary>
/// <param name="Format">Null when not even that is understood.</param>
public sealed record UnreadableFeed(string Name, FeedFormat? Format);

/// <summary>What an unreadable feed would say is not known: it clears nothing and calls nothing Secure.</summary>
internal static class FeedRules
{
    private static readonly string[] SystemKinds =
    [
        .. FindingKinds.OsKinds,
        FindingKinds.PatchOld.Id,
        FindingKinds.OsListed.Id,
        FindingKinds.ModelListed.Id,
    ];
    private static readonly string[] IndicatorKinds = [.. FindingKinds.AppKinds, FindingKinds.RogueProfile.Id];

    public static void Apply(Judging judging)
    {
        foreach (var feed in judging.Context.Unreadable)
        {
            var indicates = feed.Format is FeedFormat.StalkerwareIndicators or FeedFormat.Stix21 or FeedFormat.Csv;
            if (!indicates || feed.Format is FeedFormat.Csv)
            {
                Miss(judging, FactName.OsVersion, feed, SystemKinds);
            }

            if (indicates || feed.Format is null)
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
