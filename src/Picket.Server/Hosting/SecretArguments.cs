using Npgsql;

namespace Picket.Server.Hosting;

/// <summary>Secrets among the command line's arguments, which every user of the machine can list while the server runs.</summary>
internal static class SecretArguments
{
    private const string Postgres = "Storage:Postgres";

    /// <summary>Carries a service's key, where traces and metrics are sent to one that asks for it.</summary>
    private const string TelemetryHeaders = "OTEL_EXPORTER_OTLP_HEADERS";

    /// <param name="arguments">Those that the process was started with, without the program.</param>
    public static IEnumerable<string> Mistakes(IEnumerable<string> arguments) =>
        new ConfigurationBuilder()
            .AddCommandLine([.. arguments])
            .Build()
            .AsEnumerable()
            .Where(setting => setting.Value is { Length: > 0 } value && IsSecret(setting.Key, value))
            .Select(setting =>
                $"{setting.Key}: {Kind(setting.Key)} is no argument, as others on this machine can read those. Give it "
                + $"as {EnvironmentVariable(setting.Key)} in the environment, and change it, as it may have been seen."
            );

    /// <summary>Those of this process, as the machine's list of processes shows them.</summary>
    public static IEnumerable<string> Mistakes() => Mistakes(Environment.GetCommandLineArgs().Skip(1));

    private static bool IsSecret(string setting, string value) =>
        setting.Equals(Postgres, StringComparison.OrdinalIgnoreCase)
            ? HoldsPassword(value)
            : setting.Equals(TelemetryHeaders, StringComparison.OrdinalIgnoreCase)
                || setting.EndsWith("Password", StringComparison.OrdinalIgnoreCase)
                || setting.EndsWith("Secret", StringComparison.OrdinalIgnoreCase);

    private static bool HoldsPassword(string connection)
    {
        try
        {
            var parts = new NpgsqlConnectionStringBuilder(connection);
            return !string.IsNullOrEmpty(parts.Password) || !string.IsNullOrEmpty(parts.SslPassword);
        }
        catch (ArgumentException) // It holds none that could be told from the rest, or it is a mistake of its own.
        {
            return connection.Contains("password", StringComparison.OrdinalIgnoreCase);
        }
    }

    private static string Kind(string setting) =>
        setting.Equals(Postgres, StringComparison.OrdinalIgnoreCase)
            ? "a connection string with a password"
            : "a secret";

    private static string EnvironmentVariable(string setting) =>
        setting.Replace(ConfigurationPath.KeyDelimiter, "__", StringComparison.Ordinal);
}
