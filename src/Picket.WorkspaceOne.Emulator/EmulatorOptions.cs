using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Events;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.WorkspaceOne.Emulator;

/// <summary>How one emulated UEM is set up. Everything has a default.</summary>
public sealed record EmulatorOptions
{
    /// <summary>0 takes a free port.</summary>
    public int Port { get; init; }

    /// <summary>An IP address; others than loopback must be asked for.</summary>
    public string Listen { get; init; } = "127.0.0.1";

    /// <summary>Plain HTTP. Refused for other addresses than loopback.</summary>
    public bool Http { get; init; }
    public int Devices { get; init; } = 2000;
    public ulong Seed { get; init; } = 1;

    /// <summary>Where the CA and the credentials are kept; null: a temporary folder that goes with the host.</summary>
    public string? Data { get; init; }

    /// <summary>Id, uuid, Group ID or name of the group that the prepared administrator belongs to.</summary>
    public string? OrganizationGroup { get; init; }
    public string? Account { get; init; }
    public string? Password { get; init; }
    public string? ApiKey { get; init; }
    public string Role { get; init; } = SeededRoles.WithTags;

    /// <summary>Nothing is prepared: API access is off, and account and key do not exist yet.</summary>
    public bool Unprepared { get; init; }
    public FaultScript Faults { get; init; } = new();

    /// <summary>Calls per 24 hours, as real tenants show them in their headers.</summary>
    public int DailyQuota { get; init; } = 250_000;

    /// <summary>Calls per minute; 0: no such limit. Whether the real server has one is unknown.</summary>
    public int MinuteLimit { get; init; }

    /// <summary>Milliseconds that each answer takes longer.</summary>
    public int Latency { get; init; }

    /// <summary>
    /// How much happens in the fleet by itself: 0 nothing, 1 as in an ordinary year, 100 a hundred times as much.
    /// Contacts, battery and memory move in any case.
    /// </summary>
    public double Life { get; init; }

    /// <summary>Seconds of the emulator's clock per real second: 1 real, more accelerated, 0 frozen.</summary>
    public double ClockFactor { get; init; } = 1;

    /// <summary>What the clock shows at the start; null: the real time.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>How long compliance follows after its cause.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long smart-group membership follows changes of devices and tags; zero: at once.</summary>
    public TimeSpan MembershipDelay { get; init; }

    /// <summary>So many wipes within 15 minutes pass; one more locks all wipes. 0: no such lock.</summary>
    public int WipeLimit { get; init; }

    /// <summary>200 was recorded on the bulk command route, 202 stands in the specification.</summary>
    public int BulkCommandStatus { get; init; } = 200;
    public EventPayloadForm EventForm { get; init; }

    /// <summary>PEM file of the CA that receivers of notifications are trusted by; null: the system's.</summary>
    public string? EventCa { get; init; }

    /// <summary>Whether the control API answers, for loopback callers with the token of the first line.</summary>
    public bool Control { get; init; }

    /// <summary>A saved state to begin with, which also says seed and size; null: as the seed gives.</summary>
    public string? State { get; init; }

    /// <summary>Devices per bulk call of the tag routes.</summary>
    public int BulkLimit { get; init; } = 500;
    public BasicDisabledAnswer BasicDisabled { get; init; } = BasicDisabledAnswer.BadCredentials;
    public TooManyBody TooManyBody { get; init; } = TooManyBody.Json;

    public BelowLowestVersion BelowLowest { get; init; } = BelowLowestVersion.ServeLowest;
    public EmptySearch EmptySearches { get; init; } = EmptySearch.NoContent;

    /// <summary>Whether a 429 of the quotas names the seconds to wait.</summary>
    public bool RetryAfter { get; init; } = true;
}

/// <summary>What the server says when Basic authentication is switched off: nobody has recorded it.</summary>
public enum BasicDisabledAnswer
{
    /// <summary>401 with 1005, the likeliest.</summary>
    BadCredentials,

    /// <summary>401 with 1004.</summary>
    HeaderEmpty,

    /// <summary>403 with 1014.</summary>
    ApiDisabled,
}

/// <summary>What answers a version below the lowest one of a route: nobody has recorded it.</summary>
public enum BelowLowestVersion
{
    /// <summary>The lowest one, as the highest answers above it.</summary>
    ServeLowest,

    /// <summary>The web server's page, as for a path that is not there.</summary>
    NotFound,
}

/// <summary>
/// What v1 searches answer that find nothing. 204 was recorded on some; the vendor's notes say that others moved to an
/// empty list, and not which.
/// </summary>
public enum EmptySearch
{
    NoContent,
    EmptyList,
}

/// <summary>What a 429 carries: nobody has recorded it.</summary>
public enum TooManyBody
{
    Json,
    Empty,
    Html,
}
