using Microsoft.AspNetCore.Http.HttpResults;
using Picket.Server.Hosting;

namespace Picket.Server.People;

/// <summary>Why a person was not changed, and what to do.</summary>
internal static class PersonProblems
{
    public static ProblemHttpResult NotFound(Guid id) =>
        Problems.Make(
            404,
            "No such person",
            $"There is no person {id} whom you may see.",
            "List the people: `picket people list`."
        );

    public static ProblemHttpResult NotAllowed(string why) =>
        Problems.Make(403, "You may not do that", why, "Ask an owner, or somebody who manages people there.");

    public static ProblemHttpResult LastOwner() =>
        Problems.Make(
            409,
            "This is the last owner",
            "Without an owner nobody could manage people and owners any more. Nothing was changed.",
            "Make somebody else an owner first."
        );

    public static ProblemHttpResult NoRole() =>
        Problems.Make(
            404,
            "No such role",
            "The person has no role there.",
            "Look at their roles: `picket people list`."
        );

    public static ProblemHttpResult NoSecondFactor() =>
        Problems.Make(
            409,
            "There is no second factor",
            "None is on for this person. Nothing was changed.",
            "Reload what you see."
        );
}
