using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Events;
using Picket.WorkspaceOne.Emulator.Faults;
using Picket.WorkspaceOne.Emulator.Routes;

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
    private static readonly Option<double> Life = Number("--life", "0 still; 1 an ordinary year; 100 busy.", 0.0);
    private static readonly Option<string> Clock = Text("--clock", "real, frozen, or how many times as fast.", "real");
    private static readonly Option<DateTimeOffset?> StartAt = new("--start-at") { Description = "The clock's start." };
    private static readonly Option<double> Delay = Number(
        "--delay",
        "Seconds until compliance follows.",
        Defaults.Delay.TotalSeconds
    );
    private static readonly Option<double> MembershipDelay = Number(
        "--membership-delay",
        "Seconds until smart-group membership follows.",
        0.0
    );
    private static readonly Option<int> WipeLimit = Number("--wipe-limit", "Wipes in 15 minutes; 0: any.", 0);
    private static readonly Option<int> BulkStatus = Number("--bulk-command-status", "200 or 202.", 200);
    private static readonly Option<EventPayloadForm> EventForm = new("--event-form") { Description = "Of payloads." };
    private static readonly Option<string?> EventCa = new("--event-ca") { Description = "PEM; trusts receivers." };
    private static readonly Option<bool> Control = new("--control") { Description = "Answers the control API." };
    private static readonly Option<string?> StateFile = new("--state") { Description = "A saved state to begin with." };
    private static readonly Option<BasicDisabledAnswer> BasicDisabled = new("--basic-disabled")
    {
        Description = "What Basic gets while it is switched off.",
    };
    private static readonly Option<TooManyBody> TooMany = new("--too-many-body")
    {
        Description = "What a 429 carries.",
    };
    private static readonly Option<BelowLowestVersion> BelowLowest = new("--below-lowest-version")
    {
        Description = "What a version below the lowest of a route gets.",
    };
    private static readonly Option<EmptySearch> EmptySearches = new("--empty-searches")
    {
        Description = "What searches answer that find nothing.",
    };
    private static readonly Option<bool> Routes = new("--routes")
    {
        Description = "Only prints the emulated routes, as a table in Markdown.",
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
            Life,
            Clock,
            StartAt,
            Delay,
            MembershipDelay,
            WipeLimit,
            BulkStatus,
            EventForm,
            EventCa,
            Control,
            StateFile,
            BasicDisabled,
            TooMany,
            NoRetryAfter,
            BelowLowest,
            EmptySearches,
            Routes,
        };
        root.SetAction((parsed, ct) => parsed.GetValue(Routes) ? PrintRoutesAsync() : RunAsync(() => Read(parsed), ct));
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
            Life = parsed.GetValue(Life),
            ClockFactor = FactorOf(parsed.GetValue(Clock)!),
            StartAt = parsed.GetValue(StartAt),
            Delay = TimeSpan.FromSeconds(parsed.GetValue(Delay)),
            MembershipDelay = TimeSpan.FromSeconds(parsed.GetValue(MembershipDelay)),
            WipeLimit = parsed.GetValue(WipeLimit),
            BulkCommandStatus = parsed.GetValue(BulkStatus),
            EventForm = parsed.GetValue(EventForm),
            EventCa = parsed.GetValue(EventCa),
            Control = parsed.GetValue(Control),
            State = parsed.GetValue(StateFile),
            BasicDisabled = parsed.GetValue(BasicDisabled),
            TooManyBody = parsed.GetValue(TooMany),
            RetryAfter = !parsed.GetValue(NoRetryAfter),
            BelowLowest = parsed.GetValue(BelowLowest),
            EmptySearches = parsed.GetValue(EmptySearches),
        };

    private static double FactorOf(string clock) =>
        clock switch
        {
            "real" => 1,
            "frozen" or "stepped" => 0,
            _ when double.TryParse(clock.TrimEnd('x'), CultureInfo.InvariantCulture, out var factor) => factor,
            _ => throw new ArgumentException($"--clock takes real, frozen or a number, not {clock}."),
        };

    private static async Task<int> PrintRoutesAsync()
    {
        await System.Console.Out.WriteLineAsync(RouteListing.Markdown());
        return 0;
    }

    private static async Task<int> RunAsync(Func<EmulatorOptions> read, CancellationToken ct)
    {
        try
        {
            var options = read();
            await using var host = await EmulatorHost.StartAsync(options, ct: ct);
            await System.Console.Out.WriteLineAsync(host.Describe().ToJson());
            await System.Console.Out.FlushAsync(ct);
            await System.Console.Error.WriteLineAsync(
                $"""
                Emulated UEM with {options.Devices} devices at {host.Address}
                Console: {host.ConsoleAddress}
                Sign in as {host.Credentials.ConsoleAccount} with the password {host.Credentials.ConsolePassword}
                """
            );
            await host.WaitForShutdownAsync(ct);
            return 0;
        }
        catch (Exception problem) when (problem is ArgumentException or IOException or FormatException or JsonException)
        {
            await System.Console.Error.WriteLineAsync(problem.Message);
            return 1;
        }
    }

    private static Option<T> Number<T>(string name, string description, T standard) =>
        new(name) { Description = description, DefaultValueFactory = _ => standard };

    private static Option<string> Text(string name, string description, string standard) =>
        Number(name, description, standard);
}
