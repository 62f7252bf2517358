namespace Picket.Core.Preparation;

/// <summary>
/// API access, key and account. The UEM tests them one after the other and tells the first that fails, so one refusal
/// fails one check, and says nothing about its neighbours: these are not tested.
/// </summary>
internal static class SignInChecks
{
    private static readonly IReadOnlyList<(CheckDefinition Check, Refusal[] Refusals)> WithBasic =
    [
        (Checks.ApiAccess, [Refusal.ApiDisabled]),
        (Checks.Key, [Refusal.KeyMissing, Refusal.KeyUnknown, Refusal.KeyInvalid]),
        (Checks.KeyKind, [Refusal.KeyOfWrongKind]),
        (Checks.KeyTree, [Refusal.KeyOfOtherTree]),
        (Checks.Basic, [Refusal.BasicDisabled]),
        (Checks.Account, [Refusal.Account, Refusal.AccountWithoutGroup, Refusal.HeaderMissing]),
        (Checks.Locked, [Refusal.AccountLocked]),
    ];

    private static readonly IReadOnlyList<(CheckDefinition Check, Refusal[] Refusals)> WithOAuth =
    [
        (Checks.ApiAccess, [Refusal.ApiDisabled]),
        (Checks.Key, [Refusal.KeyMissing, Refusal.KeyUnknown, Refusal.KeyInvalid]),
        (Checks.KeyKind, [Refusal.KeyOfWrongKind]),
        (Checks.KeyTree, [Refusal.KeyOfOtherTree]),
        (
            Checks.Client,
            [
                Refusal.TokenRejected,
                Refusal.TokenServiceFailed,
                Refusal.TokenExpired,
                Refusal.Account,
                Refusal.AccountWithoutGroup,
                Refusal.AccountLocked,
                Refusal.HeaderMissing,
                Refusal.BasicDisabled,
            ]
        ),
    ];

    internal static void Run(Examination examination)
    {
        var facts = examination.Facts;
        var rows = facts.Subject.Authentication == UemAuthentication.OAuth ? WithOAuth : WithBasic;
        var (refusal, answer) = FirstRefusal(facts);
        var failed = rows.FirstOrDefault(row => row.Refusals.Contains(refusal)).Check;

        foreach (var (check, _) in rows)
        {
            examination.Check(check, () => Judge(check, failed, refusal, answer));
        }

        if (failed is not null && !examination.Blocked)
        {
            examination.Block(failed.Title);
        }
    }

    private static Judgement Judge(
        CheckDefinition check,
        CheckDefinition? failed,
        Refusal refusal,
        RemoteAnswer? answer
    ) =>
        check == failed ? Judgement.Fail(Words(refusal), answer, Causes(refusal))
        : failed is not null ? Judgement.NotTested($"Mend this first: {failed.Title}.")
        : refusal == Refusal.None ? Judgement.Pass("Accepted.", answer)
        : Judgement.NotTested("No call got far enough to show it.", answer);

    /// <summary>A call that was refused for want of a right got through the door: nothing here refused it.</summary>
    private static (Refusal Refusal, RemoteAnswer? Answer) FirstRefusal(ProbeFacts facts)
    {
        if (facts.Token is { Succeeded: false } token)
        {
            return (token.Status is >= 400 and < 500 ? Refusal.TokenRejected : Refusal.TokenServiceFailed, token);
        }

        foreach (var made in facts.Probes)
        {
            var refusal = Refusals.Of(made.Answer);
            if (Refusals.RefusesEntry(refusal))
            {
                return (refusal, made.Answer);
            }
        }

        var entered = facts.Probes.FirstOrDefault(made => Entered(made.Answer))?.Answer;
        return entered is null
            ? (Refusal.Other, facts.Probes is [var first, ..] ? first.Answer : null)
            : (Refusal.None, entered);
    }

    private static bool Entered(RemoteAnswer answer) =>
        answer.IsApi && Refusals.Of(answer) is Refusal.None or Refusal.RightMissing or Refusal.OutOfScope;

    private static string Words(Refusal refusal) =>
        refusal switch
        {
            Refusal.ApiDisabled => "The UEM says that API access is disabled for this organization group.",
            Refusal.KeyMissing => "The UEM says that no API key came with the call.",
            Refusal.KeyUnknown => "The UEM does not know the API key.",
            Refusal.KeyInvalid => "The UEM says that the API key is not valid.",
            Refusal.KeyOfWrongKind => "The API key is of another kind: an Enrollment User key does not open the API.",
            Refusal.KeyOfOtherTree => "The API key belongs to another tree of organization groups than the account.",
            Refusal.BasicDisabled => "The UEM says that Basic authentication is not enabled.",
            Refusal.Account => "The UEM refused the account. It does not tell why; each cause has to be looked at.",
            Refusal.AccountWithoutGroup => "The UEM finds no organization group for the account.",
            Refusal.AccountLocked => "The account is locked.",
            Refusal.HeaderMissing => "The UEM says that the call carried no sign-in.",
            Refusal.TokenExpired => "The UEM says that the token has expired, although it is new.",
            Refusal.TokenServiceFailed => "The token service did not answer, or is out of order.",
            _ => "The OAuth client was refused.",
        };

    private static CheckCause[] Causes(Refusal refusal) =>
        refusal switch
        {
            Refusal.Account =>
            [
                new("User name or password is wrong, or the password has expired.", ConsolePaths.CheckAccount),
                new(
                    "Basic authentication is not enabled: its answer is likely to look the same.",
                    ConsolePaths.EnableBasic
                ),
            ],
            Refusal.AccountWithoutGroup =>
            [
                new("The account has no role at any organization group.", ConsolePaths.AssignRole),
            ],
            Refusal.HeaderMissing =>
            [
                new("A proxy on the way takes the Authorization header off.", null),
                new("Basic authentication is not enabled.", ConsolePaths.EnableBasic),
            ],
            Refusal.KeyMissing =>
            [
                new("No key was entered in the integration.", ConsolePaths.CopyKey),
                new("A proxy on the way takes the aw-tenant-code header off.", null),
            ],
            Refusal.KeyUnknown =>
            [
                new("The key is mistyped, or was made anew since.", ConsolePaths.CopyKey),
                new(
                    "API access was switched off and on, or is inherited from another group now.",
                    ConsolePaths.EnableApi
                ),
            ],
            Refusal.KeyOfOtherTree =>
            [
                new("The key is another group's.", ConsolePaths.CopyKey),
                new("The account is another group's.", ConsolePaths.AssignRole),
            ],
            Refusal.TokenServiceFailed =>
            [
                new("The token address is not your region's.", ConsolePaths.OAuthClient),
                new("A firewall lets the UEM through, but not the token service.", null),
            ],
            Refusal.TokenExpired => [new("The clocks differ by more than the token lives.", null)],
            _ => [],
        };
}
