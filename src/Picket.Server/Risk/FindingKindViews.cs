using Picket.Api;
using Picket.Core.Risk;

namespace Picket.Server.Risk;

/// <summary>The catalogue of findings as the API shows it.</summary>
internal static class FindingKindViews
{
    public static FindingKindView Of(FindingKind kind)
    {
        var about = kind.Description;
        return new FindingKindView(kind.Id, kind.Title, kind.AttackIds)
        {
            RuleVersion = kind.RuleVersion,
            Meaning = about.Meaning,
            ForUser = about.ForUser,
            Needs = [.. about.Needs.Select(fact => $"{fact}")],
            NeedsFeed = about.NeedsFeed,
            CannotSee = about.CannotSee,
            Level = FindingViews.LevelOf(DefaultPolicy.Levels[kind.Id]),
        };
    }
}
