using Microsoft.AspNetCore.Http.HttpResults;
using Picket.Api;
using Picket.Server.Hosting;
using Picket.WorkspaceOne;

namespace Picket.Server.Response;

/// <summary>Refusals of this slice: what happened, to what, and what to do next.</summary>
internal static class TaggingProblems
{
    public static bool IsUemFailure(Exception failure) => failure is WorkspaceOneException or TaggingEndedException;

    public static ProblemHttpResult UemFailed(Exception failure) =>
        Problems.Make(
            502,
            "The UEM could not be asked",
            failure is PermissionMissingException refused
                ? MissingTagRight.Explain(refused, MissingTagRight.Read)
                : failure.Message,
            "Run the doctor: it names what is missing."
        );

    public static ProblemHttpResult NotAllowedNow(string reason) =>
        Problems.Make(409, "Nothing may be written now", reason, "See `picket tags status`.");

    public static ProblemHttpResult ShownAnew() =>
        Problems.Make(
            409,
            "The run was shown anew",
            "It was planned again since you looked, and may change other devices now.",
            "Look at it again, then decide."
        );

    public static ProblemHttpResult NotAcceptable(string reason) =>
        Problems.Make(
            409,
            "The preview cannot be accepted",
            reason,
            "Look at what changed, and ask for a new preview."
        );

    public static ProblemHttpResult RunIsOpen(TagRunRow run) =>
        Problems.Make(
            409,
            run.State == RunState.Held ? "A tag run is held" : "A tag run is under way",
            $"Tag run {run.Id} is {run.State}.",
            run.State == RunState.Held
                ? "Approve or discard it first."
                : "Wait for its end, or cancel it; then try again."
        );

    public static ProblemHttpResult WrongState(TagRunRow run, string needed) =>
        Problems.Make(
            409,
            $"The tag run is {run.State}",
            $"Tag run {run.Id} is {run.State}, not {needed}.",
            run.State == RunState.Held ? "Approve or discard it." : "See `picket tags runs`."
        );

    public static ProblemHttpResult NotAdoptable(string name, string prefix) =>
        Problems.Make(
            409,
            "This tag cannot be adopted",
            $"\"{name}\" is neither the tag of a level under the prefix \"{prefix}\" nor one of the policy's sets, or the UEM does not list it in the integration's organization group.",
            "Ask for a preview: it names the tags that are in the way."
        );
}
