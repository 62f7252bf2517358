using Picket.Api;
using static Picket.Server.Console.Texts;

namespace Picket.Server.Intelligence;

/// <summary>Sources and health of feeds as people read them.</summary>
internal static class FeedWords
{
    public static string Of(FeedSourceView source) =>
        source switch
        {
            { Checking: true } => T("being looked at"),
            { Outcome: null } => T("not looked at yet"),
            { Outcome: FeedSourceOutcome.Imported } => T("brought a new version"),
            { Outcome: FeedSourceOutcome.Unchanged } => T("nothing new"),
            { Outcome: FeedSourceOutcome.SetAside } => T("brought a version that waits"),
            { Outcome: FeedSourceOutcome.Rejected } => T("brings the rejected version"),
            { Outcome: FeedSourceOutcome.Unreadable } => T("brought an unreadable file"),
            _ => T("failed"),
        };

    public static string ClassOf(FeedSourceView source) =>
        source switch
        {
            { Failure: not null } => "state-bad",
            { Outcome: FeedSourceOutcome.SetAside or FeedSourceOutcome.Rejected } => "state-waits",
            { Outcome: FeedSourceOutcome.Imported or FeedSourceOutcome.Unchanged } => "state-good",
            _ => "",
        };

    public static string Of(FeedTroubleKind kind) =>
        kind switch
        {
            FeedTroubleKind.Unreadable => T("stored file unreadable"),
            FeedTroubleKind.Aside => T("a version waits"),
            FeedTroubleKind.Refused => T("The last import failed"),
            FeedTroubleKind.SourceSilent => T("source silent"),
            FeedTroubleKind.Disagreement => T("feeds disagree"),
            _ => T("old"),
        };

    public static string ClassOf(FeedTroubleKind kind) =>
        kind is FeedTroubleKind.Unreadable or FeedTroubleKind.Refused or FeedTroubleKind.SourceSilent
            ? "state-bad"
            : "state-waits";

    public static string Every(int minutes) =>
        minutes switch
        {
            1440 => T("once a day"),
            60 => T("once an hour"),
            _ when minutes % 1440 == 0 => T("every {0} days", minutes / 1440),
            _ when minutes % 60 == 0 => T("every {0} hours", minutes / 60),
            1 => T("every minute"),
            _ => T("every {0} minutes", minutes),
        };
}
