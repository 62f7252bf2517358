using Microsoft.AspNetCore.Http.HttpResults;
using Picket.Api;
using Picket.Core.Deployment;
using Picket.Server.Hosting;

namespace Picket.Server.Deployment;

/// <summary>Refusals of messages: what happened, to what, and what to do next.</summary>
internal static class NudgeProblems
{
    /// <summary>The right whose absence most likely refused a message.</summary>
    public const string Right = "rest-devices-edit";

    public static ProblemHttpResult Refused(IReadOnlyDictionary<string, string[]> mistakes) =>
        TypedResults.Problem(
            string.Join(" ", mistakes.Select(field => $"{field.Key}: {string.Join(" ", field.Value)}")),
            statusCode: 422,
            title: "The message cannot be sent so",
            extensions: new Dictionary<string, object?>
            {
                ["errors"] = mistakes,
                ["next"] = "Correct these values and try again; nothing was sent.",
            }
        );

    public static ProblemHttpResult Nobody(PublicationRow publication, DeploymentGap gap) =>
        Problems.Make(
            422,
            "There is nobody to send it to",
            $"No device of \"{publication.Name}\" was at {gap} when its devices were last read.",
            "See `picket publications funnel`."
        );

    public static ProblemHttpResult TooMany() =>
        Problems.Make(
            422,
            "These are too many devices",
            $"A message goes to at most {NudgeRules.MostDevices:N0} devices at once. Nothing was sent.",
            "Look at why so many are stuck: a message cannot be taken back."
        );

    public static ProblemHttpResult NeedsApproval(int devices) =>
        Problems.Make(
            403,
            "This needs somebody who may approve",
            $"It would send a message to {devices} devices; more than {NudgeRules.MostWithoutApproval} need the right to approve what is held.",
            "Ask an administrator or owner of Picket to send it."
        );

    public static ProblemHttpResult Ended() =>
        Problems.Make(
            409,
            "It has ended",
            "Nothing more is sent by this nudge, or somebody else has stopped it.",
            "See `picket publications nudges`."
        );
}
