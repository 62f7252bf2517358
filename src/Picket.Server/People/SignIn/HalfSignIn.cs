using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Picket.Server.People;

/// <summary>Who showed the right password and has yet to show a second factor: a cookie that is good for some minutes.</summary>
internal sealed class HalfSignIn(IDataProtectionProvider protection, TimeProvider time)
{
    private const string Cookie = "picket-half";
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);
    private readonly IDataProtector protector = protection.CreateProtector("Picket.HalfSignIn");

    public void Start(HttpContext context, Guid person)
    {
        var end = (time.GetUtcNow() + Life).ToUnixTimeSeconds();
        context.Response.Cookies.Append(
            Cookie,
            protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{person} {end}")),
            Options(context)
        );
    }

    /// <returns>Null where nobody began, or too long ago.</returns>
    public Guid? Person(HttpContext context)
    {
        try
        {
            return
                context.Request.Cookies[Cookie] is { } kept
                && protector.Unprotect(kept).Split(' ') is [var person, var end]
                && long.Parse(end, CultureInfo.InvariantCulture) > time.GetUtcNow().ToUnixTimeSeconds()
                ? Guid.Parse(person)
                : null;
        }
        catch (CryptographicException)
        {
            return null; // Not ours, or from a key ring that is gone.
        }
    }

    public static void End(HttpContext context) => context.Response.Cookies.Delete(Cookie, Options(context));

    private static CookieOptions Options(HttpContext context) =>
        new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            Path = "/sign-in",
            MaxAge = Life,
        };
}
