using Microsoft.AspNetCore.Http.HttpResults;
using Picket.WorkspaceOne;

namespace Picket.Server.Integrations;

/// <summary>Why a UEM administrator account was not linked, and what to do.</summary>
internal static class LinkProblems
{
    private const string NotLinked = "Your UEM account is not linked";

    public static ProblemHttpResult OwnAccount() =>
        Of(
            422,
            "This is the account that Picket itself signs in with. Nobody is linked to it.",
            "Use your own administrator account of the UEM."
        );

    public static ProblemHttpResult Directory() =>
        Of(
            422,
            "Directory accounts (domain\\user) cannot be proven: only basic accounts sign in to the API with a password.",
            "Use a basic administrator account of the UEM (Add Admin > Basic)."
        );

    public static ProblemHttpResult KeyNeeded() =>
        Of(
            422,
            "The integration signs in by OAuth and has no REST API key, which a call with a user name and a password needs.",
            "Give the organization group's REST API key along. It is used once and not kept."
        );

    public static ProblemHttpResult TooMany(DateTimeOffset again) =>
        Of(
            429,
            "Too many tries within an hour, for this UEM account or by you. Nothing was sent to the UEM, lest the account is locked.",
            $"Try again after {again.UtcDateTime:u}, with the right password."
        );

    public static ProblemHttpResult SignInRefused(SignInRefusedException refusal) =>
        refusal.AccountLocked
            ? Of(
                422,
                $"The UEM says that this account is locked ({IntegrationHealthRules.Said(refusal)}).",
                "Have it unlocked in the UEM: Accounts > Administrators > List View."
            )
            : Of(
                422,
                $"The UEM refused this user name or password ({IntegrationHealthRules.Said(refusal)}).",
                "Check both on the UEM's console. Only basic accounts can be proven, and only where Basic authentication is on."
            );

    public static ProblemHttpResult NotAsked(WorkspaceOneException failure) =>
        failure switch
        {
            PermissionMissingException => Of(
                422,
                $"The UEM let this account in, but not to its API ({IntegrationHealthRules.Said(failure)}).",
                "Give the account's role the right to call the REST API, then try again."
            ),
            ApiAccessDisabledException or ApiKeyRefusedException => Of(
                422,
                $"Nothing can be proven while the UEM turns API calls away ({IntegrationHealthRules.Said(failure)}).",
                "Mend what the doctor names: API access and the API key come first."
            ),
            _ => Of(
                502,
                $"The UEM could not be asked ({IntegrationHealthRules.Said(failure)}). Without its answer nobody is linked.",
                "Run the doctor, and try again when the UEM answers."
            ),
        };

    public static ProblemHttpResult NotReadable(string cause) =>
        Of(
            502,
            $"The UEM let you in, but the integration's own account could not read yours: {cause.TrimEnd('.')}.",
            "Mend that (the doctor names the row and the clicks), and try again."
        );

    public static ProblemHttpResult NotVisible() =>
        Of(
            422,
            "The UEM let you in, but the integration's own account does not see yours: it lies outside its organization group.",
            "Use an administrator account of the integration's organization group."
        );

    public static ProblemHttpResult NotActive() =>
        Of(422, "The UEM does not call this account active.", "Have it activated in the UEM, and try again.");

    public static ProblemHttpResult Taken() =>
        Of(
            409,
            "Somebody else is linked to this UEM account. An account stands for one person.",
            "Use your own account; or have a person who manages people end the other link."
        );

    public static ProblemHttpResult OwnRequest() =>
        IntegrationProblems.Of(
            403,
            "Nobody confirms themselves",
            "You asked for this link. Somebody else who may change the integration says whether they know you.",
            "Ask one of the people who are linked: `picket integrations links`, or the integration's page."
        );

    public static ProblemHttpResult NoLongerBound() =>
        IntegrationProblems.Of(
            409,
            "The sign-in is another one now",
            "Whoever asked is no longer bound to the provider's account by which they asked.",
            "Decline the request; they can ask anew."
        );

    public static ProblemHttpResult NoLongerThere() =>
        IntegrationProblems.Of(
            422,
            "The UEM account is not what it was",
            "The UEM no longer shows the account under the name and id that it had when they asked.",
            "Decline the request; they can ask anew."
        );

    private static ProblemHttpResult Of(int status, string detail, string next) =>
        IntegrationProblems.Of(status, NotLinked, detail, next);
}
