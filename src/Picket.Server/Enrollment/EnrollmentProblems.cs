using Microsoft.AspNetCore.Http.HttpResults;
using Picket.Core.Enrollment;
using Picket.Server.Hosting;
using Picket.Server.Response;
using Picket.WorkspaceOne;

namespace Picket.Server.Enrollment;

/// <summary>Refusals of this slice: what happened, to what, and what to do next.</summary>
internal static class EnrollmentProblems
{
    public static ProblemHttpResult UemFailed(WorkspaceOneException failure) =>
        failure is PermissionMissingException refused
            ? Problems.Make(
                422,
                "The account lacks a right",
                MissingRight.Explain(refused, EnrollmentRights.Read, "then switch registering on"),
                "Grant it in the UEM's console, then switch registering on."
            )
            : Problems.Make(
                502,
                "The UEM could not be asked",
                failure.Message,
                "Run the doctor: it names what is missing."
            );

    public static ProblemHttpResult NotAllowedNow(string reason) =>
        Problems.Make(409, "Nothing may be written now", reason, "See `picket enrollment status`.");

    public static ProblemHttpResult WrongState(ImportRow import, string needed) =>
        Problems.Make(
            409,
            $"The import is {import.State}",
            $"Import {import.Id} (\"{import.Name}\") is {import.State}; for this it has to be {needed}.",
            "See `picket imports show`."
        );

    public static ProblemHttpResult Forgotten(ImportRow import) =>
        Problems.Make(
            409,
            "The lines were forgotten",
            $"What the lines of import {import.Id} said was forgotten on {import.ForgottenAt:yyyy-MM-dd}.",
            "Import the file again: what is there already is left alone."
        );

    public static ProblemHttpResult NothingLeft(ImportRow import) =>
        Problems.Make(
            409,
            "Nothing is left to send",
            $"Every line of import {import.Id} is done, there already, or refused.",
            "Correct the refused lines in the file, and import it again: what is there already is left alone."
        );

    public static ProblemHttpResult NeedsApproval(int lines) =>
        Problems.Make(
            403,
            "This import needs somebody who may approve",
            $"It would write {lines} lines to the UEM; more than {ImportBrake.Most} need the right to approve what is held.",
            "Ask somebody with that right to start it, or split the file."
        );

    public static ProblemHttpResult TooLarge() =>
        Problems.Make(
            413,
            "The file is too large",
            $"A file may have {ImportFile.MostBytes / 1024 / 1024} MiB and {ImportFile.MostLines:N0} lines. Nothing was taken over.",
            "Split it into several files."
        );

    public static ProblemHttpResult Unreadable(string name, ImportFileException failure)
    {
        var mistakes = failure.Mistakes;
        var detail = mistakes.Count > 0 ? string.Join(" ", mistakes.Select(Said)) : failure.Message;
        return Problems.Make(
            422,
            "The file cannot be read",
            $"\"{name}\" was not taken over. {detail}",
            "Correct it, or begin with a template: `picket imports template`."
        );
    }

    public static ProblemHttpResult Refused(IReadOnlyDictionary<string, string[]> mistakes) =>
        TypedResults.Problem(
            string.Join(" ", mistakes.Select(field => $"{field.Key}: {string.Join(" ", field.Value)}")),
            statusCode: 422,
            title: "The device cannot be registered so",
            extensions: new Dictionary<string, object?>
            {
                ["errors"] = mistakes,
                ["next"] = "Correct these values and try again; nothing was sent.",
            }
        );

    private static string Said(ImportMistake mistake) =>
        mistake.Column is { } column ? $"{column}: {mistake.Text}" : mistake.Text;
}
