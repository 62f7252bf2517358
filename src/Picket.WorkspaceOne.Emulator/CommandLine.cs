using System.CommandLine;
using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.WorkspaceOne.Emulator;

/// <summary>The options of the program, one for each of <see cref="EmulatorOptions"/>.</summary>
internal static class CommandLine
{
    private static readonly EmulatorOptions Defaults = new();

    private static readonly Option<int> Port = new("--port") { Description = "Port; 0 takes a free one." };
    private static readonly Option<int> Devices = Number("--devices", "Devices of the fleet.", Defaults.Devices);
    private static readonly Option<ulong> Seed = Number("--seed", "Same seed, same fleet.", Defaults.Seed);
    private static readonly Option<string?> Data = new("--data") { Description = "Folder for the CA and credentials." };
    private static readonly Option<bool> Http = new("--http") { Description = "Plain HTTP, on loopback only." };
    private static readonly Option<string> Listen = Text("--listen", "IP address.", Defaults.Listen);
    private static readonly Option<string?> Group = new("--organization-group")
    {
        Description = "Id, uuid, Group ID or name of the prepared administrator's group.",
    };
    private static readonly Option<string?> Account = new("--account") { Description = "Instead of the default." };
    private static readonly Option<string?> Password = new("--password") { Description = "Instead of a random one." };
    private static readonly Option<string?> ApiKey = new("--api-key") { Description = "Instead of a random one." };
    private static readonly Option<string> Role = Text("--role", "Role of the administrator.", SeededRoles.WithTags);
    private static readonly Option<bool> Unprepared = new("--unprepared")
    {
        Description = "API access is off, and there is no account or key: prepare them on the console.",
    };
    private static readonly Option<FileInfo?> Faults = new("--faults") { Description = "Fault script, a JSON file." };
    private static readonly Option<int> Quota = Number("--daily-quota", "Calls a day.", Defaults.DailyQuota);
    private static readonly Option<int> Minute = Number("--minute-limit", "Calls a minute; 0: no limit.", 0);
    private static readonly Option<int> Latency = Number("--latency", "Milliseconds added to each answer.", 0);
    private static readonly Option<int> Bulk = Number("--bulk-limit", "Devices per bulk call.", Defaults.BulkLimit);
    private static readonly Option<BasicDisabledAnswer> BasicDisabled = new("--basic-disabled")
    {
        Description = "What Basic gets while it is switched off.",
    };
    private static readonly Option<TooManyBody> TooMany = new("--too-many-body")
    {
        Description = "What a 429 carries.",
    };
    private static readonly Option<bool> NoRetryAfter = new("--no-retry-after")
    {
        Description = "A 429 does not say how long to wait.",
    };

    public static RootCommand Build()
    {
        var root = new RootCommand("A runnable Workspace ONE UEM for development and tests.")
        {
            Port,
            Devices,
            Seed,
            Data,
            Http,
            Listen,
            Group,
            Account,
            Password,
            ApiKey,
            Role,
            Unprepared,
            Faults,
            Quota,
            Minute,
            Latency,
            Bulk,
            BasicDisabled,
            TooMany,
            NoRetryAfter,
        };
        root.SetAction((parsed, ct) => RunAsync(Read(parsed), ct));
        return root;
    }

    private static EmulatorOptions Read(ParseResult parsed) =>
        new()
        {
            Port = parsed.GetValue(Port),
            Devices = parsed.GetValue(Devices),
            Seed = parsed.GetValue(Seed),
            Data = parsed.GetValue(Data),
            Http = parsed.GetValue(Http),
            Listen = parsed.GetValue(Listen)!,
            OrganizationGroup = parsed.GetValue(Group),
            Account = parsed.GetValue(Account),
            Password = parsed.GetValue(Password),
            ApiKey = parsed.GetValue(ApiKey),
            Role = parsed.GetValue(Role)!,
            Unprepared = parsed.GetValue(Unprepared),
            Faults = parsed.GetValue(Faults) is { } file ? FaultScript.Parse(File.ReadAllText(file.FullName)) : new(),
            DailyQuota = parsed.GetValue(Quota),
            MinuteLimit = parsed.GetValue(Minute),
            Latency = parsed.GetValue(Latency),
            BulkLimit = parsed.GetValue(Bulk),
            BasicDisabled = parsed.GetValue(BasicDisabled),
            TooManyBody = parsed.GetValue(TooMany),
            RetryAfter = !parsed.GetValue(NoRetryAfter),
        };

    private static async Task<int> RunAsync(EmulatorOptions options, CancellationToken ct)
    {
        try
        {
            await using var host = await EmulatorHost.StartAsync(options, ct: ct);
            await Console.Out.WriteLineAsync(host.Describe().ToJson());
            await Console.Out.FlushAsync(ct);
            await Console.Error.WriteLineAsync(
                $"""
                Emulated UEM with {options.Devices} devices at {host.Address}
                Console: {host.ConsoleAddress}
                Sign in as {host.Credentials.ConsoleAccount} with the password {host.Credentials.ConsolePassword}
                """
            );
            await host.WaitForShutdownAsync(ct);
            return 0;
        }
        catch (Exception problem) when (problem is ArgumentException or IOException)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return 1;
        }
    }

    private static Option<T> Number<T>(string name, string description, T standard) =>
        new(name) { Description = description, DefaultValueFactory = _ => standard };

    private static Option<string> Text(string name, string description, string standard) =>
        Number(name, description, standard);
}
