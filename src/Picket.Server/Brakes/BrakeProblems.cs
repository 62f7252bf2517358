using Microsoft.AspNetCore.Http.HttpResults;
using Picket.Server.Hosting;
using Picket.WorkspaceOne;

namespace Picket.Server.Brakes;

/// <summary>Refusals of this slice: what happened, to what, and what to do next.</summary>
internal static class BrakeProblems
{
    /// <summary>Of what a person wants to have written at this moment; work that is kept waits instead.</summary>
    public static ProblemHttpResult Stopped(WritesStoppedException stopped) =>
        stopped.SentBefore
            ? Problems.Make(
                StatusCodes.Status409Conflict,
                "Whether it was done is not clear",
                $"It was sent, its answer is lost, and all writes were stopped before it could be sent again. {stopped.Reason}",
                "Look in the UEM whether it was done; try again when writes are released."
            )
            : Problems.Make(
                StatusCodes.Status409Conflict,
                "All writes are stopped",
                $"Nothing was sent. {stopped.Reason}",
                "Try again when they are released: see `picket brakes`."
            );

    /// <summary>Nobody may take this for a stop of all servers.</summary>
    public static ProblemHttpResult NotStored(Exception failure, int underWay) =>
        Problems.Make(
            StatusCodes.Status503ServiceUnavailable,
            "Closed here, not stored",
            $"This server writes nothing any more ({underWay} writes are under way). The stop could not be stored ({failure.GetType().Name}: {failure.Message}), "
                + "so other servers do not know of it, nor does this one after a restart. It is tried again every few seconds.",
            "Look at the database. See `picket brakes`: the stop is told there, and whether it is stored by now."
        );

    public static ProblemHttpResult NotStopped() =>
        Problems.Make(
            StatusCodes.Status409Conflict,
            "This stop is not in force",
            "Somebody released it meanwhile, somebody stopped anew, or nobody had stopped all writes.",
            "See `picket brakes` for how it is now."
        );
}
