using Microsoft.AspNetCore.Http.HttpResults;
using Picket.Api;
using Picket.Server.Risk;

namespace Picket.Server.Inventory;

/// <summary>Filters that would be passed over in silence, and show more than was asked for, or nothing as if all were well.</summary>
internal static class DeviceFilterMistakes
{
    /// <returns>Null where there is none.</returns>
    public static ValidationProblem? Of(DeviceFilter filter) =>
        FindingKindNames.Refuse(filter.Finding, "finding")
        ?? OfFacts(filter)
        ?? (
            (filter.Feed is null) == string.IsNullOrEmpty(filter.FeedEntry)
                ? null
                : TypedResults.ValidationProblem(
                    new Dictionary<string, string[]>
                    {
                        [filter.Feed is null ? "feed" : "feedEntry"] =
                        [
                            "`feed` and `feedEntry` go together: the feed's id, and the value of one of its entries.",
                        ],
                    }
                )
        );

    private static ValidationProblem? OfFacts(DeviceFilter filter)
    {
        if (!string.IsNullOrEmpty(filter.Cause) && string.IsNullOrEmpty(filter.Lacks))
        {
            return Refuse("cause", "`cause` goes with `lacks`: the fact that is missing.");
        }

        if ((filter.FactAge is null) != string.IsNullOrEmpty(filter.Fact))
        {
            return Refuse(filter.FactAge is null ? "factAge" : "fact", "`fact` and `factAge` go together.");
        }

        return filter.FactAge is null || FactTimes.Named(filter.Fact) is not null
            ? null
            : Refuse("fact", $"Facts with an age are {string.Join(", ", FactTimes.Facts)}.");
    }

    private static ValidationProblem Refuse(string field, string reason) =>
        TypedResults.ValidationProblem(new Dictionary<string, string[]> { [field] = [reason] });
}
