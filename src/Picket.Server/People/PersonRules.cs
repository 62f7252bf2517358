using System.Net.Mail;
using Microsoft.AspNetCore.Identity;

namespace Picket.Server.People;

/// <summary>What a name, a mail address and a password have to be.</summary>
internal static class PersonRules
{
    public const int ShortestPassword = 12;
    public const int LongestPassword = 128;
    private const int LongestName = 60;

    /// <summary>No <c>@</c>: a name that looks like somebody else's address would sign in as them.</summary>
    public const string NameCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._ ";

    // OWASP's figure for PBKDF2 with HMAC-SHA512 is 210,000.
    private const int Iterations = 220_000;

    public static void Configure(IdentityOptions options)
    {
        options.User.AllowedUserNameCharacters = NameCharacters;
        options.User.RequireUniqueEmail = true;
        options.Password.RequiredLength = ShortestPassword;
        options.Password.RequiredUniqueChars = 5;
        // Rules about kinds of characters make passwords worse.
        options.Password.RequireDigit = false;
        options.Password.RequireLowercase = false;
        options.Password.RequireUppercase = false;
        options.Password.RequireNonAlphanumeric = false;
    }

    public static void Configure(PasswordHasherOptions options) => options.IterationCount = Iterations;

    public static Dictionary<string, string[]> Mistakes(string? name, string? email)
    {
        var mistakes = new Dictionary<string, string[]>();
        if (
            name?.Trim() is not { Length: >= 2 and <= 64 } given
            || given.Any(letter => !NameCharacters.Contains(letter))
        )
        {
            mistakes["name"] = ["A name has 2 to 64 letters, digits, spaces, dots, hyphens and underscores."];
        }

        if (
            email?.Trim() is not { Length: <= 254 } address
            || !MailAddress.TryCreate(address, out var parsed)
            || parsed.Address != address
        )
        {
            mistakes["email"] = ["This is no mail address, such as ada@example.com."];
        }

        return mistakes;
    }

    /// <summary>A name that fits, from what a provider calls somebody.</summary>
    public static string NameFrom(string given)
    {
        var fitting = new string([.. given.Split('@')[0].Where(NameCharacters.Contains).Take(LongestName)]).Trim();
        return fitting.Length >= 2 ? fitting : "somebody";
    }

    /// <summary>Identity's refusals under the names of our fields.</summary>
    public static Dictionary<string, string[]> Mistakes(IdentityResult refused) =>
        refused
            .Errors.GroupBy(error =>
                error.Code.Contains("Password", StringComparison.Ordinal) ? "password"
                : error.Code.Contains("Email", StringComparison.Ordinal) ? "email"
                : "name"
            )
            .ToDictionary(field => field.Key, field => field.Select(error => error.Description).Distinct().ToArray());
}

/// <summary>Neither endless nor what anybody would guess first.</summary>
internal sealed class PasswordRules : IPasswordValidator<PersonRow>
{
    public Task<IdentityResult> ValidateAsync(UserManager<PersonRow> manager, PersonRow user, string? password) =>
        Task.FromResult(
            Mistake(user, password ?? "") is { } mistake ? IdentityResult.Failed(mistake) : IdentityResult.Success
        );

    private static IdentityError? Mistake(PersonRow user, string password) =>
        password.Length > PersonRules.LongestPassword
            ? Refuse($"A password has at most {PersonRules.LongestPassword} characters.")
        : Holds(password, user.UserName) || Holds(password, user.Email?.Split('@')[0]) || Holds(password, "picket")
            ? Refuse("The password holds your name, your address or ours. Choose another.")
        : null;

    private static bool Holds(string password, string? word) =>
        word?.Length >= 4 && password.Contains(word, StringComparison.OrdinalIgnoreCase);

    private static IdentityError Refuse(string why) => new() { Code = "PasswordRefused", Description = why };
}
