using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Picket.Api;
using Picket.Core.Identity;

namespace Picket.Server.Integrations;

/// <summary>Refusals of this slice: what happened, to what, and what to do next.</summary>
internal static class IntegrationProblems
{
    public static ProblemHttpResult Of(int status, string title, string detail, string next) =>
        Make(status, title, detail, next);

    public static ProblemHttpResult NotFound(Guid id) =>
        Make(404, "No such integration", $"There is no integration {id}.", "List the integrations.");

    public static ProblemHttpResult NotAllowed(ChangeDecision decision) =>
        Make(
            403,
            "You may not change this integration",
            decision.Reason,
            decision.Refusal switch
            {
                ChangeRefusal.NotLinked =>
                    "Link your UEM account: `picket integrations link`, or the integration's page.",
                ChangeRefusal.NoAnswer => "Run the doctor. Where the UEM is gone for good, `recover-ownership` on the "
                    + "server's own host lets a person in for a while.",
                ChangeRefusal.ServiceTokensNeverChange => "Sign in as a person who may.",
                _ => "Have your UEM account mended, or ask somebody who is linked to an administrator of the group.",
            },
            ("refusal", decision.Refusal.ToString())
        );

    public static ProblemHttpResult Unprepared(DoctorReport report) =>
        Make(
            422,
            "The preparation is not complete",
            $"The doctor found {report.Fail} failed checks; nothing was saved or changed.",
            "Mend what the report names, from the top, and try again.",
            ("doctor", report)
        );

    public static ProblemHttpResult NameTaken(string name) =>
        Make(409, "The name is taken", $"There is another integration called \"{name}\".", "Choose another name.");

    /// <summary>One tag would stand for a level and for something else.</summary>
    public static ProblemHttpResult TagTaken(string tag, string set) =>
        Make(
            409,
            "The tag prefix is taken",
            $"With this prefix the tag of a level would be called \"{tag}\", as a tag of the policy's set \"{set}\" is.",
            "Choose another prefix, or give the tag another name in the policy."
        );

    public static ProblemHttpResult Stale() =>
        Make(
            412,
            "Somebody changed the settings meanwhile",
            "The If-Match version is not the present one; nothing was changed.",
            "Read the integration again and apply the change to what it says now."
        );

    public static ProblemHttpResult NoVersion() =>
        Make(
            428,
            "If-Match is missing",
            "Settings are changed only from a known version, lest two people overwrite each other.",
            "Send If-Match with the ETag of the integration."
        );

    public static ProblemHttpResult SecretsAnew(string what) =>
        Make(
            422,
            "Every secret has to be entered anew",
            $"The change of {what} would send the saved secrets another way. Whoever makes it has to know them.",
            "Send the whole credential, and the proxy with its password where there is one, along with the change."
        );

    public static ProblemHttpResult SecretsLost() =>
        Make(
            409,
            "The saved secrets cannot be decrypted",
            "The key ring that they were encrypted with was lost or replaced.",
            "Enter the credential anew."
        );

    public static ProblemHttpResult KindNotSupported() =>
        Make(
            422,
            "This way of signing in is not supported",
            "Certificate-based and directory-based API authentication are not supported.",
            "Use a basic account (user name and password) with the API key, or OAuth client credentials."
        );

    public static ProblemHttpResult CredentialRefused(string? reason) =>
        Make(409, "The credential was refused", reason ?? "The UEM refused it.", "Rotate the credential.");

    public static ProblemHttpResult UnderWay(OpenWork work) =>
        Make(
            409,
            $"{work.Name} under way",
            $"{work.Name} {work.Id} of this integration is not over.",
            $"{work.Next}; then try again."
        );

    private static ProblemHttpResult Make(
        int status,
        string title,
        string detail,
        string next,
        params ReadOnlySpan<(string Name, object Value)> extensions
    )
    {
        var problem = new ProblemDetails
        {
            Status = status,
            Title = title,
            Detail = detail,
        };
        problem.Extensions["next"] = next;
        foreach (var (name, value) in extensions)
        {
            problem.Extensions[name] = value;
        }

        return TypedResults.Problem(problem);
    }
}
