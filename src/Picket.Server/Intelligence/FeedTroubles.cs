using Picket.Api;

namespace Picket.Server.Intelligence;

/// <summary>What is not as it should be with a feed, the worst first.</summary>
internal static class FeedTroubles
{
    /// <summary>One look that fails is mended by the next one, most often.</summary>
    private const int FailuresThatTell = 2;

    public static IEnumerable<FeedTrouble> Of(
        FeedRow feed,
        FeedVersionRow version,
        FeedSourceRow? source,
        TimeSpan oldAfter,
        Knowledge knowledge,
        DateTimeOffset now
    )
    {
        if (knowledge.Failed.TryGetValue(version.Id, out var unreadable))
        {
            yield return new(FeedTroubleKind.Unreadable, unreadable.ToString());
        }

        if (feed is { AsideVersionId: not null, AsideReason: { } reason })
        {
            yield return new(
                FeedTroubleKind.Aside,
                $"A new version waits for a decision. {reason} The version before stays in force.",
                feed.AsideSince
            );
        }

        if (feed is { FailedAt: { } failed, Failure: { } failure })
        {
            yield return new(
                FeedTroubleKind.Refused,
                $"The last file could not be read ({failure}). The version before it stayed in force.",
                failed
            );
        }

        if (source is { Failures: >= FailuresThatTell, Outcome: FeedSourceOutcome.Failed, Failure: { } silence })
        {
            yield return new(
                FeedTroubleKind.SourceSilent,
                $"Its source has brought nothing, {source.Failures:N0} times in a row: {silence}",
                source.LastSuccessAt ?? source.FailingSince
            );
        }

        foreach (var notice in knowledge.DisagreementsOf(feed))
        {
            yield return new(FeedTroubleKind.Disagreement, notice);
        }

        var said = version.FeedDate ?? version.ImportedAt;
        if (now - said > oldAfter)
        {
            yield return new(
                FeedTroubleKind.Old,
                $"It is {(now - said).TotalDays:0} days old; by its own rhythm it is late after {oldAfter.TotalDays:0}.",
                said
            );
        }
    }
}
