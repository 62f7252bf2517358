namespace Picket.Api;

/// <summary>One reading of the UEM into the inventory.</summary>
public sealed record RunView
{
    /// <summary>Picket's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The integration.</summary>
    public required Guid IntegrationId { get; init; }

    /// <summary>What is read.</summary>
    public required RunKind Kind { get; init; }

    /// <summary>What started it.</summary>
    public required RunTrigger Trigger { get; init; }

    /// <summary>How often it was taken up again after the server had stopped or died in the middle of it.</summary>
    public int Resumes { get; init; }

    /// <summary>Where it stands.</summary>
    public required RunState State { get; init; }

    /// <summary>The stage that is under way or was the last; e.g. <c>Devices</c>.</summary>
    public string? Stage { get; init; }

    /// <summary>How far the stage is.</summary>
    public RunProgress? Progress { get; init; }

    /// <summary>Per kind of row (devices, users, apps, …): what happened to it.</summary>
    public IReadOnlyDictionary<string, RunCounts> Counts { get; set; } = new Dictionary<string, RunCounts>();

    /// <summary>Calls sent to the UEM.</summary>
    public int UemCalls { get; init; }

    /// <summary>Bytes of the UEM's answers, decompressed.</summary>
    public long Bytes { get; init; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset QueuedAt { get; init; }

    /// <summary>When it began; null while queued.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Per stage: seconds spent in it.</summary>
    public IReadOnlyDictionary<string, double> StageSeconds { get; set; } = new Dictionary<string, double>();

    /// <summary>Why it is incomplete or failed, one sentence each with the next step.</summary>
    public IReadOnlyList<string> IncompleteReasons { get; set; } = [];

    /// <summary>
    /// What is worth knowing although nothing is wrong, one sentence each: devices whose details did not fit into the
    /// day's share of calls, devices that answered although a listing lacked them.
    /// </summary>
    public IReadOnlyList<string> Notes { get; set; } = [];

    /// <summary>
    /// Fields of the UEM's answers that this version does not read, by <c>route field</c>, and how often they came in a
    /// sample of the answers. Values are never kept.
    /// </summary>
    public IReadOnlyDictionary<string, int> UnknownFields { get; set; } = new Dictionary<string, int>();

    /// <summary>Why it waits for a person; null unless held.</summary>
    public RunHold? Hold { get; init; }
}

/// <summary>How far a stage is.</summary>
/// <param name="Stage">Name of the stage.</param>
/// <param name="Done">Rows done.</param>
/// <param name="Total">Rows expected, as the UEM says; null when it does not.</param>
public sealed record RunProgress(string Stage, int Done, int? Total);

/// <summary>What happened to the rows of one kind.</summary>
/// <param name="Read">Rows read from the UEM.</param>
/// <param name="Added">Rows that are new.</param>
/// <param name="Changed">Rows with a changed fact.</param>
/// <param name="Touched">Rows of which only fleeting facts moved.</param>
/// <param name="Removed">Rows that left the inventory.</param>
public sealed record RunCounts(int Read, int Added, int Changed, int Touched, int Removed);

/// <summary>The brake: the run would remove more than is believable and waits for a person.</summary>
/// <param name="Lost">Devices that the UEM no longer lists.</param>
/// <param name="Stored">Devices in the inventory.</param>
/// <param name="Share">Lost of stored, 0 to 1.</param>
/// <param name="Limit">
/// The share above which the run is held, 0 to 1. Up to five devices may go at any share, but never all of them.
/// </param>
public sealed record RunHold(int Lost, int Stored, double Share, double Limit);

/// <summary>Asks for a run.</summary>
/// <param name="Kind">What is read.</param>
/// <param name="DeviceId">Picket's id of the device; for <see cref="RunKind.Device"/> only.</param>
/// <param name="AcceptLosses">
/// Believe listings of users, administrators, groups and tags that lack more rows than is usual, after a run said that it
/// kept them. For who may change the integration. Devices are not meant: their run is held, and approved with its number.
/// </param>
public sealed record StartRun(RunKind Kind = RunKind.Full, Guid? DeviceId = null, bool AcceptLosses = false);

/// <summary>Filter of the runs.</summary>
public sealed record RunFilter
{
    /// <summary>Only runs of this integration.</summary>
    public Guid? IntegrationId { get; init; }

    /// <summary>Only runs in this state.</summary>
    public RunState? State { get; init; }

    /// <summary>Where to go on.</summary>
    public string? Cursor { get; init; }

    /// <summary>Rows of one page, 1 to 500; 100 when absent.</summary>
    public int? Limit { get; init; }
}
