using System.CommandLine;
using System.Globalization;
using Picket.Api;
using Picket.Cli.Settings;

namespace Picket.Cli.Commands;

/// <summary>The options of the sign-in at the UEM: everything but its secrets.</summary>
internal sealed class CredentialOptions
{
    private readonly Option<string?> _account = new("--account") { Description = "Administrator account of the UEM." };

    private readonly Option<string?> _tokenAddress = new("--token-address")
    {
        Description = "Token service, for OAuth client credentials.",
        HelpName = "URL",
    };

    private readonly Option<string?> _clientId = new("--client-id") { Description = "OAuth client id." };

    private readonly Option<bool> _secretsStdin = new("--secrets-stdin")
    {
        Description =
            "Read {\"password\", \"apiKey\", \"clientSecret\", \"proxyPassword\", \"administratorPassword\"} as JSON from standard input.",
    };

    private readonly Option<bool> _accountMended = new("--account-mended")
    {
        Description = "The account was mended in the UEM after it refused this very credential: try it once more.",
    };

    /// <summary>No route of the UEM tells it, so a person types it.</summary>
    public static Option<DateOnly?> EndsOption() =>
        new("--credential-ends")
        {
            Description = "Last day on which the credential works; people are told before it.",
            HelpName = "2027-05-31",
            CustomParser = result =>
            {
                var text = result.Tokens.Count > 0 ? result.Tokens[^1].Value : "";
                if (
                    DateOnly.TryParseExact(
                        text,
                        "yyyy-MM-dd",
                        CultureInfo.InvariantCulture,
                        DateTimeStyles.None,
                        out var day
                    )
                )
                    return day;
                result.AddError($"'{text}' is not a day for --credential-ends. Write 2027-05-31.");
                return null;
            },
        };

    public Symbol[] All => [_account, _tokenAddress, _clientId, _secretsStdin, _accountMended];

    /// <summary>An option that was given and says something about the sign-in; null when none was.</summary>
    public Option? Given(Session session) => All.OfType<Option>().FirstOrDefault(session.Has);

    public Secrets SecretsOf(Session session) => new(session, session.Get(_secretsStdin));

    /// <param name="present">The integration whose credential is replaced; it lends the account's name.</param>
    public Credential Read(Session session, Secrets secrets, IntegrationView? present)
    {
        var known = session.Has(_account) ? null : present;
        var client = session.Get(_clientId) ?? Known(known, CredentialKind.OAuth);
        if (session.Has(_tokenAddress) || client is not null)
            return new OAuthCredential(
                session.Needed(_tokenAddress),
                client ?? session.Needed(_clientId),
                secrets.ClientSecret(),
                secrets.ApiKeyIfGiven()
            )
            {
                AccountMended = session.Get(_accountMended),
            };
        var account = Known(known, CredentialKind.Basic) ?? session.Needed(_account);
        return new BasicCredential(account, secrets.Password(account), secrets.ApiKey())
        {
            AccountMended = session.Get(_accountMended),
        };
    }

    private static string? Known(IntegrationView? present, CredentialKind kind) =>
        present?.CredentialKind == kind ? present.Account : null;
}
