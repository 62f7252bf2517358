using Microsoft.AspNetCore.Http.HttpResults;
using Picket.Core.Risk;

namespace Picket.Server.Risk;

/// <summary>Kinds of findings in queries: one that does not exist would find nothing, as if all were well.</summary>
internal static class FindingKindNames
{
    public static ValidationProblem? Refuse(string? kind, string field) =>
        string.IsNullOrEmpty(kind) || FindingKinds.All.Any(known => known.Id == kind)
            ? null
            : TypedResults.ValidationProblem(
                new Dictionary<string, string[]>
                {
                    [field] =
                    [
                        "There is no such kind of finding. The kinds are "
                            + string.Join(", ", FindingKinds.All.Select(known => known.Id))
                            + ".",
                    ],
                }
            );
}
