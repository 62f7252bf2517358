using System.Text.Json;

namespace Picket.Cli.Settings;

/// <summary>
/// Secrets of the UEM: from standard input, the environment, or asked for without echo. Never from an argument: those
/// stand in process lists and shell histories.
/// </summary>
internal sealed class Secrets
{
    private readonly Session _session;
    private readonly Terminal _terminal;
    private readonly SecretsFromInput? _input;

    public Secrets(Session session, bool fromInput)
    {
        _session = session;
        _terminal = session.Terminal;
        if (fromInput && session.TokenStdin)
            throw new UsageException(
                "--secrets-stdin and --token-stdin cannot share standard input. Set PICKET_TOKEN."
            );
        _input = fromInput ? Parse(_terminal.In.ReadToEnd()) : null;
    }

    public string Password(string account) =>
        Take(_input?.Password, "PICKET_UEM_PASSWORD", $"Password of {account}", "password");

    public string ApiKey() => Take(_input?.ApiKey, "PICKET_UEM_API_KEY", "REST API key", "apiKey");

    public string ClientSecret() =>
        Take(_input?.ClientSecret, "PICKET_UEM_CLIENT_SECRET", "OAuth client secret", "clientSecret");

    public string ProxyPassword() =>
        Take(_input?.ProxyPassword, "PICKET_UEM_PROXY_PASSWORD", "Password of the proxy", "proxyPassword");

    /// <summary>Of the person's own account, which is proven by it.</summary>
    public string AdministratorPassword(string account) =>
        Take(
            _input?.AdministratorPassword,
            "PICKET_UEM_ADMINISTRATOR_PASSWORD",
            $"Password of {account}",
            "administratorPassword"
        );

    public string? ApiKeyIfGiven() => _input?.ApiKey ?? Connection.Given(_terminal.Environment("PICKET_UEM_API_KEY"));

    private string Take(string? fromInput, string variable, string question, string field)
    {
        if ((fromInput ?? Connection.Given(_terminal.Environment(variable))) is { } secret)
            return secret;
        return _terminal.CanAsk
            ? _session.AskSecret(question)
            : throw new UsageException(
                $"{question} is missing. Set {variable}, or write {{\"{field}\": …}} to standard input with --secrets-stdin."
            );
    }

    private static SecretsFromInput Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, ConfigJson.Default.SecretsFromInput) ?? new SecretsFromInput();
        }
        catch (JsonException)
        {
            // The exception's own words may quote a secret.
            throw new UsageException(
                "Standard input is not the JSON object that --secrets-stdin expects: {\"password\": …, \"apiKey\": …}."
            );
        }
    }
}

internal sealed record SecretsFromInput(
    string? Password = null,
    string? ApiKey = null,
    string? ClientSecret = null,
    string? ProxyPassword = null,
    string? AdministratorPassword = null
)
{
    public override string ToString() => nameof(SecretsFromInput);
}
