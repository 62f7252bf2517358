using Microsoft.AspNetCore.Http.HttpResults;

namespace Picket.Server.People;

/// <summary>Why one's own account was not changed, and what to do.</summary>
internal static class AccountProblems
{
    public static ProblemHttpResult Closed() =>
        Make(
            422,
            "Your account is closed for a while",
            "Ten wrong passwords or codes were tried for it. Nothing was changed.",
            "Wait 15 minutes and try again."
        );

    public static ProblemHttpResult WrongPassword() =>
        Make(422, "Your password was not changed", "The present password is wrong.", "Type it again.");

    public static ProblemHttpResult OnlyWayIn() =>
        Make(
            409,
            "It is your only way in",
            "You have no password, so without this account you could not sign in any more. Nothing was changed.",
            "Ask somebody who manages people for a link to choose a password first."
        );

    public static ProblemHttpResult WrongCode() =>
        Make(
            422,
            "The code is not right",
            "It is wrong, was used already, or came too late.",
            "Wait for the next code of your authenticator app, and check that its clock is right."
        );

    public static ProblemHttpResult FactorIsOn() =>
        Make(409, "You have a second factor", "It stays as it is.", "Remove it first, with a code of it.");

    public static ProblemHttpResult FactorIsOff() =>
        Make(409, "You have no second factor", "There is nothing to do this with.", "Add one first.");

    private static ProblemHttpResult Make(int status, string title, string detail, string next) =>
        TypedResults.Problem(
            detail,
            statusCode: status,
            title: title,
            extensions: new Dictionary<string, object?> { ["next"] = next }
        );
}
