using System.Text.Json.Serialization;

namespace Picket.Api;

/// <summary>What a run reads.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunKind>))]
public enum RunKind
{
    /// <summary>Everything; the only kind that may remove a device.</summary>
    Full,

    /// <summary>What changed since the last run.</summary>
    Incremental,

    /// <summary>One device.</summary>
    Device,
}

/// <summary>What started a run.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunTrigger>))]
public enum RunTrigger
{
    /// <summary>The schedule.</summary>
    Schedule,

    /// <summary>A person or a token.</summary>
    Manual,
}

/// <summary>Where a run stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunState>))]
public enum RunState
{
    /// <summary>Waits for its turn.</summary>
    Queued,

    /// <summary>Under way.</summary>
    Running,

    /// <summary>Waits for a person: it would remove too many devices, or change too many tags.</summary>
    Held,

    /// <summary>Read everything.</summary>
    Completed,

    /// <summary>Kept what it read, but not everything was read; the reasons say what.</summary>
    Incomplete,

    /// <summary>Read nothing that could be kept.</summary>
    Failed,

    /// <summary>Stopped by a person; a tag run also because writing was switched off, or the integration paused.</summary>
    Cancelled,
}
