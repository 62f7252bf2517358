using Microsoft.AspNetCore.Http.HttpResults;
using Picket.Api;

namespace Picket.Server.Sync;

/// <summary>Refusals about runs that are there: what happened, to what, and what to do next.</summary>
internal static class RunProblems
{
    /// <param name="needed">The states in which the run could have done what was asked.</param>
    public static ProblemHttpResult WrongState(SyncRunRow run, string needed) =>
        TypedResults.Problem(
            $"Run {run.Id} is {run.State}, not {needed}.",
            statusCode: StatusCodes.Status409Conflict,
            title: $"The run is {run.State}",
            extensions: new Dictionary<string, object?> { ["next"] = Next(run) }
        );

    private static string Next(SyncRunRow run) =>
        run.State switch
        {
            RunState.Held => $"Decide: `picket runs approve {run.Id}` or `picket runs discard {run.Id}`.",
            RunState.Queued or RunState.Running => $"Wait for its end, or `picket runs cancel {run.Id}`.",
            _ => "It is over and stays as it is. Read the UEM again with `picket sync`.",
        };
}
