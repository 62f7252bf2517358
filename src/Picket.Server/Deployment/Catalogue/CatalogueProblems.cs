using Microsoft.AspNetCore.Http.HttpResults;
using Picket.Server.Brakes;
using Picket.Server.Hosting;
using Picket.Server.Response;
using Picket.WorkspaceOne;

namespace Picket.Server.Deployment;

/// <summary>Refusals of changes to the catalogue: what happened, to what, and what to do next.</summary>
internal static class CatalogueProblems
{
    /// <param name="right">The row of the role editor that the write needs.</param>
    /// <returns>Null where it is something else's failure.</returns>
    public static ProblemHttpResult? Of(Exception failure, string right) =>
        failure switch
        {
            DeploymentStoppedException stopped => DeploymentProblems.NotAllowedNow(stopped.Message),
            WritesStoppedException stopped => BrakeProblems.Stopped(stopped),
            CatalogueUnclearException unclear => Problems.Make(
                502,
                "Whether it was done is not clear",
                unclear.Message,
                "Look into the catalogue in a while. Asking for it again looks first, and sends only what is not there."
            ),
            PermissionMissingException refused => Problems.Make(
                422,
                "The account lacks a right",
                MissingRight.Explain(refused, right, "then try again"),
                "Grant it in the UEM's console, then try again."
            ),
            AlreadyThereException taken => Problems.Make(
                409,
                "The UEM says that it has this app",
                $"{taken.Message} The catalogue of the integration's organization group does not list it.",
                "Look for it in the UEM's console, out of the account's reach."
            ),
            WorkspaceOneException one when WriteFailure.Of(one) == WriteFate.Refused => Problems.Make(
                422,
                "The UEM refused it",
                one.Message,
                "Correct what it names and try again; nothing was made."
            ),
            WorkspaceOneException other => Problems.Make(
                502,
                "The UEM could not be asked",
                other.Message,
                "Run the doctor: it names what is missing."
            ),
            _ => null,
        };

    public static ProblemHttpResult Refused(IReadOnlyDictionary<string, string[]> mistakes) =>
        TypedResults.Problem(
            string.Join(" ", mistakes.Select(field => $"{field.Key}: {string.Join(" ", field.Value)}")),
            statusCode: 422,
            title: "The app cannot be added so",
            extensions: new Dictionary<string, object?>
            {
                ["errors"] = mistakes,
                ["next"] = "Correct these values and try again; nothing was sent.",
            }
        );

    public static ProblemHttpResult NeedsApproval() =>
        Problems.Make(
            403,
            "Carrying assignments over needs somebody who may approve",
            "Devices that have the version before it would get this one at once.",
            "Upload it without carrying over and publish it in rings, or ask an administrator or owner of Picket."
        );

    public static ProblemHttpResult NoLength() =>
        Problems.Make(
            411,
            "The length of the file is not told",
            "The UEM is told how large the file is before its first byte goes, and the request names no Content-Length above 0.",
            "Send the file with its length."
        );

    public static ProblemHttpResult TooLarge(int most) =>
        Problems.Make(
            413,
            "The file is too large",
            $"A file may have {most} MiB here. Nothing was sent to the UEM.",
            "An administrator of the server raises Deployment:MostUploadMebibytes, or it is uploaded in the UEM's console."
        );
}
