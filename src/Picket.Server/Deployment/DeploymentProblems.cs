using Microsoft.AspNetCore.Http.HttpResults;
using Picket.Server.Enrollment;
using Picket.Server.Hosting;
using Picket.Server.Response;
using Picket.WorkspaceOne;

namespace Picket.Server.Deployment;

/// <summary>Refusals of this slice: what happened, to what, and what to do next.</summary>
internal static class DeploymentProblems
{
    /// <summary>The right whose absence most likely refused a reading of apps, or a write.</summary>
    public const string ReadRight = "public-apps";
    public const string WriteRight = "application-publish-edit";

    public static ProblemHttpResult UemFailed(
        WorkspaceOneException failure,
        string right = ReadRight,
        string then = "then switch deployment on"
    ) =>
        failure is PermissionMissingException refused
            ? Problems.Make(
                422,
                "The account lacks a right",
                MissingRight.Explain(refused, right, then),
                "Grant it in the UEM's console, then try again."
            )
            : Problems.Make(
                502,
                "The UEM could not be asked",
                failure.Message,
                "Run the doctor: it names what is missing."
            );

    public static ProblemHttpResult NotAllowedNow(string reason) =>
        Problems.Make(409, "Nothing may be written now", reason, "See `picket deployment status`.");

    public static ProblemHttpResult WrongState(PublicationRow publication, string needed) =>
        Problems.Make(
            409,
            $"The publication is {publication.State}",
            $"Publication \"{publication.Name}\" is {publication.State}; for this it has to be {needed}.",
            "See `picket publications show`."
        );

    public static ProblemHttpResult Refused(IReadOnlyDictionary<string, string[]> mistakes) =>
        TypedResults.Problem(
            string.Join(" ", mistakes.Select(field => $"{field.Key}: {string.Join(" ", field.Value)}")),
            statusCode: 422,
            title: "The app cannot be published so",
            extensions: new Dictionary<string, object?>
            {
                ["errors"] = mistakes,
                ["next"] = "Correct these values and try again; nothing was made.",
            }
        );
}
