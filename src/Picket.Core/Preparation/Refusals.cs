namespace Picket.Core.Preparation;

/// <summary>Why the UEM refused a call.</summary>
public enum Refusal
{
    None,
    ApiDisabled,
    KeyMissing,
    KeyUnknown,
    KeyOfOtherTree,
    KeyOfWrongKind,
    KeyInvalid,
    HeaderMissing,

    /// <summary>User name or password; a switched-off Basic is likely to look the same.</summary>
    Account,

    /// <summary>Only when the UEM says so in words: the answer of a switched-off Basic is not documented.</summary>
    BasicDisabled,
    AccountWithoutGroup,
    AccountLocked,
    TokenRejected,

    /// <summary>The token service itself; the UEM was not reached.</summary>
    TokenServiceFailed,
    TokenExpired,
    RightMissing,

    /// <summary>"Not there" and "not yours" look alike, on purpose.</summary>
    OutOfScope,
    QuotaSpent,
    ServerFailed,
    NoAnswer,

    /// <summary>Refused in a way that is not known.</summary>
    Other,
}

/// <summary>Tells the UEM's refusals apart by status, code and, where a code is reused, by its text.</summary>
public static class Refusals
{
    public static Refusal Of(RemoteAnswer answer) =>
        (answer.Status, answer.Code) switch
        {
            (null, _) => Refusal.NoAnswer,
            (>= 200 and < 300, _) => Refusal.None,
            (401 or 403, not 1014) when Says(answer, "basic auth") => Refusal.BasicDisabled,
            (_, 1014) => Refusal.ApiDisabled,
            (_, 1013) => Says(answer, "missing") ? Refusal.KeyMissing : Refusal.KeyUnknown,
            (_, 1030) => Refusal.KeyOfOtherTree,
            (_, 1032) => Refusal.KeyOfWrongKind,
            (_, 1054) => Refusal.KeyInvalid,
            (_, 1022) => Refusal.AccountLocked,
            (_, 1004) => Refusal.HeaderMissing,
            (_, 1005) => Says(answer, "organization group") ? Refusal.AccountWithoutGroup : Refusal.Account,
            (_, 1024) => Refusal.TokenRejected,
            (_, 1029) => Refusal.TokenExpired,
            // A missing internal app answers 401 with 7000: that is no refused sign-in.
            (401, 7000) => Refusal.OutOfScope,
            (401, _) => Refusal.Account,
            (429, _) => Refusal.QuotaSpent,
            (403, 5035 or 5143) => Refusal.OutOfScope,
            (403, _) => Refusal.RightMissing,
            (404, _) => Refusal.OutOfScope,
            (400, 6 or 400 or 6019) when Says(answer, "not found") || Says(answer, "access") => Refusal.OutOfScope,
            (>= 500, _) => Refusal.ServerFailed,
            _ => Refusal.Other,
        };

    /// <summary>
    /// After one of these nobody signs in with the same credential again until it is changed: a second try would count
    /// towards the lock of the account.
    /// </summary>
    public static bool RefusesCredential(Refusal refusal) =>
        refusal
            is Refusal.Account
                or Refusal.BasicDisabled
                or Refusal.AccountWithoutGroup
                or Refusal.AccountLocked
                or Refusal.TokenRejected
                or Refusal.HeaderMissing;

    /// <summary>Refused before any right was looked at: further calls would be refused alike.</summary>
    public static bool RefusesEntry(Refusal refusal) =>
        RefusesCredential(refusal)
        || refusal
            is Refusal.ApiDisabled
                or Refusal.KeyMissing
                or Refusal.KeyUnknown
                or Refusal.KeyOfOtherTree
                or Refusal.KeyOfWrongKind
                or Refusal.KeyInvalid
                or Refusal.TokenExpired;

    private static bool Says(RemoteAnswer answer, string words) =>
        answer.Message?.Contains(words, StringComparison.OrdinalIgnoreCase) is true;
}
