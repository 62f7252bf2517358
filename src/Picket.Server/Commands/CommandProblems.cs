using Microsoft.AspNetCore.Http.HttpResults;
using Picket.Core.Response;
using Picket.Server.Hosting;
using Picket.Server.Integrations;
using Picket.WorkspaceOne;

namespace Picket.Server.Commands;

/// <summary>Refusals of this slice: what happened, to what, and what to do next.</summary>
internal static class CommandProblems
{
    public static ProblemHttpResult Held(CommandBrake brake, IntegrationRow integration) =>
        TypedResults.Problem(
            CommandWords.Of(brake, integration),
            statusCode: 409,
            title: "The command is not sent",
            extensions: new Dictionary<string, object?>
            {
                ["brake"] = $"{brake}",
                ["next"] = "Nothing was sent. See the device's page for what holds it.",
            }
        );

    public static ProblemHttpResult NotAsked(string why) =>
        Problems.Make(409, "Nothing may be sent now", why, "Try again then.");

    public static ProblemHttpResult UnderWay() =>
        Problems.Make(
            409,
            "The same is under way",
            "This device has such a command that has not ended.",
            "See `picket commands list`, or the device's page."
        );

    public static ProblemHttpResult NotAllowed(PartyRefusal refusal) =>
        Problems.Make(
            refusal == PartyRefusal.FactorNotShown ? 422 : 403,
            refusal == PartyRefusal.FactorNotShown ? "Show your second factor" : "You do not count for this",
            CommandWords.Of(refusal),
            refusal switch
            {
                PartyRefusal.FactorNotShown => "Send the code that your authenticator app shows.",
                PartyRefusal.NotAPerson => "Sign in.",
                PartyRefusal.NotLinked => "`picket integrations link`, or the page of the integration.",
                PartyRefusal.RequesterMayNot => "Decline it, and ask anew if it is still meant.",
                PartyRefusal.NoFactor => "Your account's page, or `picket account`.",
                _ => "Ask another person who may approve.",
            }
        );

    public static ProblemHttpResult WrongCode() =>
        Problems.Make(
            422,
            "The code is not right",
            "It is wrong, was used already, or came too late. After ten wrong tries an account is closed for 15 minutes.",
            "Wait for the next code of your authenticator app."
        );

    public static ProblemHttpResult AccountNotActive(string why) =>
        Problems.Make(
            403,
            "The UEM does not vouch for you",
            why,
            "Have the account mended in the UEM, then try again."
        );

    public static ProblemHttpResult NoAnswer(string cause) =>
        Problems.Make(
            502,
            "The UEM could not be asked",
            $"Whether your UEM account is active could not be read: {cause}.",
            "Try again when it answers."
        );

    public static ProblemHttpResult DeviceNotRead(WorkspaceOneException failure) =>
        Problems.Make(
            502,
            "The device could not be read",
            $"A wipe is bound to the device as the UEM has it at this moment. {failure.Message}",
            "Try again when the UEM answers. Nothing was asked for."
        );

    public static ProblemHttpResult CredentialNotGood(WorkspaceOneException failure) =>
        Problems.Make(
            422,
            "The credential was not kept",
            $"It was tried once: {failure.Message}",
            "Correct it, or mend the account in the UEM, and set it again."
        );

    public static ProblemHttpResult PeopleOnly(string what) =>
        Problems.Make(
            403,
            $"Only a person {what}",
            "Tokens of services and tokens that reach only part of what their person may do not.",
            "Sign in, or use a personal token of scope Full."
        );

    public static ProblemHttpResult MayNotInsist() =>
        Problems.Make(
            403,
            "Only an administrator insists",
            "Somebody may watch what this user is sent, so a message could warn the wrong person.",
            "Talk to the user in person, or ask an owner or administrator of the integration."
        );

    public static ProblemHttpResult OtherMessagesWait(int waiting) =>
        Problems.Make(
            409,
            "Other messages wait now",
            $"Of this version of the policy {waiting} wait, and not as many as you have seen.",
            "Look at them again. Nothing was decided."
        );

    public static ProblemHttpResult TextChanged() =>
        Problems.Make(
            409,
            "The text is another one now",
            "What was found on the device has changed since the preview, and what nobody has seen is not sent.",
            "Look at the preview again. Nothing was sent."
        );

    public static ProblemHttpResult Erased() =>
        Problems.Make(
            409,
            "Nobody stands behind it any more",
            CommandWords.RequesterErased,
            "Decline it, and ask anew if it is still meant."
        );

    public static ProblemHttpResult WrongState(DeviceCommandRow command, string needed) =>
        Problems.Make(
            409,
            $"The command is {command.State}",
            $"It is {command.State} now; for this it has to {needed}.",
            "See `picket commands show`."
        );

    public static ProblemHttpResult Invalid(string field, string mistake) =>
        TypedResults.Problem(
            mistake,
            statusCode: 422,
            title: "The command cannot be sent so",
            extensions: new Dictionary<string, object?>
            {
                ["errors"] = new Dictionary<string, string[]> { [field] = [mistake] },
                ["next"] = "Correct it and try again; nothing was sent.",
            }
        );
}
