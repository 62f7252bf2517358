using System.Text.Json.Serialization;

namespace Picket.Api;

/// <summary>What a run is to make true.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AppGroupRunKind>))]
public enum AppGroupRunKind
{
    /// <summary>Each list holds the apps that findings want denied.</summary>
    Lists,

    /// <summary>No list of Picket's is left.</summary>
    CleanUp,
}

/// <summary>Filter of the runs.</summary>
public sealed record AppGroupRunFilter
{
    /// <summary>Only this integration; a removed one's runs are kept.</summary>
    public Guid? IntegrationId { get; init; }

    /// <summary>Only this state.</summary>
    public RunState? State { get; init; }

    /// <summary>Where to go on.</summary>
    public string? Cursor { get; init; }

    /// <summary>Rows of one page, 1 to 500; 100 when absent.</summary>
    public int? Limit { get; init; }
}

/// <summary>One writing of app groups.</summary>
public sealed record AppGroupRunView
{
    /// <summary>Picket's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The integration.</summary>
    public required Guid IntegrationId { get; init; }

    /// <summary>What it is to make true.</summary>
    public AppGroupRunKind Kind { get; set; }

    /// <summary>Where it stands.</summary>
    public required RunState State { get; init; }

    /// <summary>Apps that were to be added.</summary>
    public int Adds { get; init; }

    /// <summary>Apps that were to be taken out.</summary>
    public int Removes { get; init; }

    /// <summary>Changes that were read back.</summary>
    public int Confirmed { get; init; }

    /// <summary>Changes that failed.</summary>
    public int Failed { get; init; }

    /// <summary>Apps that would have changed when the brake held it; null where it did not.</summary>
    public int? HeldChanges { get; init; }

    /// <summary>Calls to the UEM.</summary>
    public long UemCalls { get; init; }

    /// <summary>Why it is held, or ended short.</summary>
    public IReadOnlyList<string> IncompleteReasons { get; set; } = [];

    /// <summary>When it was queued.</summary>
    public required DateTimeOffset QueuedAt { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
