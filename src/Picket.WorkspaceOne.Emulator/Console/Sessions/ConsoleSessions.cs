using System.Collections.Concurrent;
using System.Security.Cryptography;
using Picket.WorkspaceOne.Emulator.Access;

namespace Picket.WorkspaceOne.Emulator.Console.Sessions;

/// <summary>Who is signed in to the console. A session ends after half an hour without a click.</summary>
internal sealed class ConsoleSessions(Uem uem)
{
    public const string Cookie = "emulator-session";

    private const int Most = 1000;
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    private readonly ConcurrentDictionary<string, ConsoleSession> sessions = new(StringComparer.Ordinal);
    private readonly PasswordSignIn passwords = new(uem.Access, uem.Options, uem.Time);

    /// <summary>Null: signed in. Else what to tell the person.</summary>
    public string? SignIn(HttpContext http, string user, string password)
    {
        const string wrong = "The user name or password is not correct.";
        if (!uem.Access.Accounts.TryGetValue(user.Trim(), out var account))
        {
            return wrong;
        }

        if (passwords.Judge(account, user, password).Refusal is not null)
        {
            return account.Locked ? "Your account has been locked. Ask another administrator to unlock it." : wrong;
        }

        if (ConsoleVisit.TopGroups(uem, account) is not [var top, ..])
        {
            return "Your account has no role at any organization group.";
        }

        PasswordSignIn.Remember(account, Now);
        Open(http, new ConsoleSession(account, top) { LastSeen = Now });
        return null;
    }

    public ConsoleSession? Find(HttpContext http)
    {
        if (
            http.Request.Cookies[Cookie] is not { } token
            || !sessions.TryGetValue(token, out var session)
            || Now - session.LastSeen > Idle
            || !IsGood(session.Account)
        )
        {
            return null;
        }

        session.LastSeen = Now;
        return session;
    }

    public void SignOut(HttpContext http)
    {
        if (http.Request.Cookies[Cookie] is { } token)
        {
            sessions.TryRemove(token, out _);
            http.Response.Cookies.Delete(Cookie);
        }
    }

    // Real time: the fleet's clock may be stepped or frozen.
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>What another administrator does to the account ends its sessions.</summary>
    private bool IsGood(Account account) =>
        account is { Active: true, Locked: false }
        && uem.Access.Accounts.TryGetValue(account.Name, out var now)
        && now == account
        && ConsoleVisit.TopGroups(uem, account).Count > 0;

    private void Open(HttpContext http, ConsoleSession session)
    {
        foreach (var (old, _) in sessions.Where(pair => Now - pair.Value.LastSeen > Idle))
        {
            sessions.TryRemove(old, out _);
        }

        if (sessions.Count >= Most)
        {
            sessions.Clear();
        }

        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        sessions[token] = session;
        http.Response.Cookies.Append(
            Cookie,
            token,
            new CookieOptions
            {
                HttpOnly = true,
                IsEssential = true,
                SameSite = SameSiteMode.Strict,
                Secure = http.Request.IsHttps,
                Path = "/",
            }
        );
    }
}
