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
}
