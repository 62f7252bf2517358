using System.Security.Cryptography;
using System.Text.Json;

namespace Picket.WorkspaceOne.Emulator.Hosting;

/// <summary>What one needs to sign in. Random per data folder, and kept there, unless given.</summary>
public sealed record EmulatorCredentials
{
    private const string FileName = "credentials.json";

    public required string Account { get; init; }
    public required string Password { get; init; }
    public required string ApiKey { get; init; }

    /// <summary>A key for enrolment clients, which the REST routes refuse (1032).</summary>
    public required string EnrollmentUserApiKey { get; init; }

    /// <summary>A key of another customer of the same server (1030).</summary>
    public required string OtherTreeApiKey { get; init; }
    public required string ClientId { get; init; }
    public required string ClientSecret { get; init; }

    /// <summary>Opens the control routes; another one at each start.</summary>
    public required string ControlToken { get; init; }

    /// <summary>Signs in to the console as Console Administrator of the Customer group, and of the prepared one.</summary>
    public string ConsoleAccount { get; init; } = "administrator";

    /// <summary>Empty in a folder of an earlier version; filled in when it is opened.</summary>
    public string ConsolePassword { get; init; } = "";

    internal static EmulatorCredentials Ensure(string folder, EmulatorOptions options)
    {
        var file = Path.Combine(folder, FileName);
        var kept = File.Exists(file)
            ? JsonSerializer.Deserialize(File.ReadAllText(file), HostingJson.Default.EmulatorCredentials)!
            : New();
        if (kept.ConsolePassword.Length == 0)
        {
            kept = kept with { ConsolePassword = Random(12) };
            PrivateFile.Write(file, JsonSerializer.Serialize(kept, HostingJson.Default.EmulatorCredentials));
        }

        return kept with
        {
            Account = options.Account ?? kept.Account,
            Password = options.Password ?? kept.Password,
            ApiKey = options.ApiKey ?? kept.ApiKey,
            ControlToken = Random(24),
        };
    }

    private static EmulatorCredentials New() =>
        new()
        {
            Account = "picket.api",
            Password = Random(18),
            ApiKey = Random(32),
            EnrollmentUserApiKey = Random(32),
            OtherTreeApiKey = Random(32),
            ClientId = Random(16),
            ClientSecret = Random(32),
            ControlToken = "",
        };

    private static string Random(int bytes) =>
        Convert.ToBase64String(RandomNumberGenerator.GetBytes(bytes)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
