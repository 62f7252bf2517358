using Microsoft.AspNetCore.Http.HttpResults;
using Picket.Server.Hosting;

namespace Picket.Server.People;

/// <summary>Why one's own account was not changed, and what to do.</summary>
internal static class AccountProblems
{
    public static ProblemHttpResult Closed() =>
        Problems.Make(
            422,
            "Your account is closed for a while",
            "Ten wrong passwords or codes were tried for it. Nothing was changed.",
            "Wait 15 minutes and try again."
        );

    public static ProblemHttpResult WrongPassword() =>
        Problems.Make(422, "Your password was not changed", "The present password is wrong.", "Type it again.");

    public static ProblemHttpResult OnlyWayIn() =>
        Problems.Make(
            409,
            "It is your only way in",
            "You have no password, so without this account you could not sign in any more. Nothing was changed.",
            "Ask somebody who manages people for a link to choose a password first."
        );

    public static ProblemHttpResult WrongCode() =>
        Problems.Make(
            422,
            "The code is not right",
            "It is wrong, was used already, or came too late.",
            "Wait for the next code of your authenticator app, and check that its clock is right."
        );

    public static ProblemHttpResult FactorIsOn() =>
        Problems.Make(409, "You have a second factor", "It stays as it is.", "Remove it first, with a code of it.");

    public static ProblemHttpResult FactorIsOff() =>
        Problems.Make(409, "You have no second factor", "There is nothing to do this with.", "Add one first.");
}
