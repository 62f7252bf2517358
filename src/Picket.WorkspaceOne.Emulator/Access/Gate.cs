using System.Text;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Access;

/// <summary>Who may pass.</summary>
/// <param name="Account">Set as soon as it is known, also on a refusal: the request log names it.</param>
internal sealed record Passage(Account? Account, Answer? Refusal);

/// <summary>
/// Refuses as the real server does, in the order in which it is believed to look: key, credentials, API switch and
/// tree, then the right. Only single failures were ever recorded, so the order is inferred.
/// </summary>
internal sealed class Gate(AccessControl access, EmulatorOptions options, TimeProvider time)
{
    private const string KeyHeader = "aw-tenant-code";

    public Passage Check(HttpRequest request, RouteNeed need)
    {
        var authorization = request.Headers.Authorization.ToString();
        var bearer = authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase);
        var presented = request.Headers[KeyHeader].ToString();
        var key = access.Keys.GetValueOrDefault(presented);
        if (CheckKey(presented, key, required: !bearer) is { } wrongKey)
        {
            return new(null, wrongKey);
        }

        var signIn = bearer ? CheckToken(authorization[7..].Trim()) : CheckBasic(authorization);
        if (signIn is not { Refusal: null, Account: { } account })
        {
            return signIn;
        }

        return new(account, CheckSwitches(key) ?? CheckRight(account, need));
    }

    // A Bearer token names its tenant, so the key may be left out there; a wrong one is still wrong.
    private static Answer? CheckKey(string presented, ApiKey? key, bool required) =>
        presented.Length == 0 ? (required ? Refusals.KeyMissing : null)
        : key is null ? Refusals.KeyUnknown(presented)
        : key.Kind != ApiKeyKind.Admin ? Refusals.KeyOfWrongKind
        : null;

    private Passage CheckBasic(string authorization)
    {
        if (authorization.Length == 0)
        {
            return new(null, Refusals.AuthorizationMissing);
        }

        if (Credentials(authorization) is not ({ } user, { } password))
        {
            return new(null, Refusals.BadCredentials(""));
        }

        if (user.Length == 0)
        {
            // Seen on the wire: an empty user name crashes the server instead of being refused.
            return new(null, Refusals.Crash);
        }

        if (!access.BasicEnabled)
        {
            return new(null, BasicDisabled(user));
        }

        return CheckPassword(user, password);
    }

    private Passage CheckPassword(string user, string password)
    {
        // Directory accounts come as domain\user.
        var name = user[(user.LastIndexOf('\\') + 1)..];
        if (!access.Accounts.TryGetValue(name, out var account))
        {
            return new(null, Refusals.BadCredentials(user));
        }

        if (account.Locked)
        {
            return new(account, Refusals.Locked);
        }

        if (account.Password != password)
        {
            access.CountFailure(account);
            return new(account, Refusals.BadCredentials(user));
        }

        account.FailedSignIns = 0;
        return new(account, account.Group is null ? Refusals.NoGroup : null);
    }

    private Passage CheckToken(string token) =>
        access.OAuth.Find(token, time.GetUtcNow()) switch
        {
            null => new(null, Refusals.TokenInvalid),
            { Expired: true } found => new(found.Account, Refusals.TokenExpired),
            { } found => new(found.Account, found.Account.Group is null ? Refusals.NoGroup : null),
        };

    private Answer? CheckSwitches(ApiKey? key) =>
        !access.ApiEnabled ? Refusals.ApiDisabled
        : key is { OfThisTree: false } ? Refusals.KeyOfAnotherTree
        : null;

    private static Answer? CheckRight(Account account, RouteNeed need) =>
        need.Right is { } right && !account.Role.Grants(right)
            ? Refusals.RightMissing(need.RefusalCode, right.ToString())
            : null;

    private Answer BasicDisabled(string user) =>
        options.BasicDisabled switch
        {
            BasicDisabledAnswer.ApiDisabled => Refusals.ApiDisabled,
            BasicDisabledAnswer.HeaderEmpty => Refusals.AuthorizationMissing,
            _ => Refusals.BadCredentials(user),
        };

    private static (string? User, string? Password) Credentials(string authorization)
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
