using System.Security.Cryptography;
using System.Text;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Access;

/// <summary>Name and password: of a Basic account, or as <c>domain\user</c> of a directory account.</summary>
internal sealed class PasswordSignIn(AccessControl access, EmulatorOptions options, TimeProvider time)
{
    public Passage Check(string authorization)
    {
        if (Read(authorization) is not ({ } user, { } password))
        {
            return Passage.Refused(null, Refusals.BadCredentials(""), "The Authorization header cannot be read.");
        }

        if (user.Length == 0)
        {
            // Seen on the wire: an empty user name crashes the server instead of being refused.
            return Passage.Refused(null, Refusals.Crash, "The user name is empty.");
        }

        if (!access.Accounts.TryGetValue(user, out var account))
        {
            return Passage.Refused(null, Refusals.BadCredentials(user), "There is no such administrator.");
        }

        return IsAllowed(account) ? CheckPassword(account, user, password) : KindDisabled(account, user, options);
    }

    /// <summary>What a switched-off way of signing in gets: nobody has recorded it, so it is an option.</summary>
    internal static Passage KindDisabled(Account? account, string user, EmulatorOptions options, string? kind = null)
    {
        var answer = options.BasicDisabled switch
        {
            BasicDisabledAnswer.ApiDisabled => Refusals.ApiDisabled,
            BasicDisabledAnswer.HeaderEmpty => Refusals.AuthorizationMissing,
            _ => Refusals.BadCredentials(user),
        };
        return Passage.Refused(
            account,
            answer,
            $"{kind ?? account!.Kind.ToString()} is DISABLED on the Authentication tab of the account's organization group."
        );
    }

    /// <summary>The password alone, for console and API: counts failures, and locks.</summary>
    internal (Answer? Refusal, string? Why) Judge(Account account, string user, string password)
    {
        if (!account.Active)
        {
            return (Refusals.BadCredentials(user), "The account is deactivated.");
        }

        if (account.Locked)
        {
            return (Refusals.Locked, "The account is locked. Unlock it under Administrators > List View.");
        }

        if (!Same(account.Password, password))
        {
            access.CountFailure(account);
            return (Refusals.BadCredentials(user), $"Wrong password, {account.FailedSignIns} in a row.");
        }

        if (account.FailedSignIns > 0)
        {
            account.FailedSignIns = 0;
        }

        return (null, null);
    }

    private bool IsAllowed(Account account)
    {
        var setting = access.RestApi.AuthenticationAt(account.Group ?? access.Tree.Customer.Index).Setting;
        return account.Kind == AccountKind.Basic ? setting.Basic : setting.Directory;
    }

    private Passage CheckPassword(Account account, string user, string password)
    {
        var (refusal, why) = Judge(account, user, password);
        if (refusal is not null)
        {
            return Passage.Refused(account, refusal, why!);
        }

        Remember(account, time.GetUtcNow());
        return new(account, null, []);
    }

    /// <summary>To the minute: a sync would write this thousands of times.</summary>
    internal static void Remember(Account account, DateTimeOffset now)
    {
        if (account.State.LastSignIn is not { } last || now - last > TimeSpan.FromMinutes(1))
        {
            account.Change(had => had with { LastSignIn = now });
        }
    }

    private static bool Same(string kept, string given) =>
        kept.Length > 0
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(kept), Encoding.UTF8.GetBytes(given));

    private static (string? User, string? Password) Read(string authorization)
    {
        if (!authorization.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            return default;
        }

        var bytes = new byte[authorization.Length];
        if (!Convert.TryFromBase64String(authorization[6..].Trim(), bytes, out var length))
        {
            return default;
        }

        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? default : (text[..colon], text[(colon + 1)..]);
    }
}
