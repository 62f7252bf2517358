using Microsoft.AspNetCore.Http.HttpResults;
using Picket.Api;
using Picket.Server.Hosting;
using Picket.WorkspaceOne;

namespace Picket.Server.Response;

/// <summary>Refusals of this slice: what happened, to what, and what to do next.</summary>
internal static class AppGroupProblems
{
    public const string ReadRight = "rest-apps";

    public static bool IsUemFailure(Exception failure) => failure is WorkspaceOneException or AppGroupsEndedException;

    public static ProblemHttpResult UemFailed(Exception failure) =>
        Problems.Make(
            502,
            "The UEM could not be asked",
            failure is WorkspaceOneException refused ? AppGroupWriter.Explain(refused, ReadRight) : failure.Message,
            "Run the doctor: it names what is missing."
        );

    public static ProblemHttpResult NotAllowedNow(string reason) =>
        Problems.Make(409, "Nothing may be written now", reason, "See `picket appgroups show`.");

    public static ProblemHttpResult NotAcceptable(string reason) =>
        Problems.Make(
            409,
            "The preview cannot be accepted",
            reason,
            "Look at what changed, and ask for a new preview."
        );

    public static ProblemHttpResult RunIsOpen(AppGroupRunRow run) =>
        Problems.Make(
            409,
            run.State == RunState.Held ? "A run of app groups is held" : "A run of app groups is under way",
            $"Run {run.Id} is {run.State}.",
            run.State == RunState.Held
                ? "Approve or discard it first."
                : "Wait for its end, or cancel it; then try again."
        );

    public static ProblemHttpResult WrongState(AppGroupRunRow run, string needed) =>
        Problems.Make(
            409,
            $"The run is {run.State}",
            $"Run {run.Id} of app groups is {run.State}, not {needed}.",
            run.State == RunState.Held ? "Approve or discard it." : "See `picket appgroups runs`."
        );

    public static ProblemHttpResult NotAdoptable(int id, string why) =>
        Problems.Make(
            409,
            "This app group cannot be adopted",
            $"App group {id} {why}",
            "Ask for a preview: it names the groups that are in the way."
        );
}
