namespace Picket.Api;

/// <summary>The fleet at a glance.</summary>
public sealed record OverviewView
{
    /// <summary>Devices in all integrations.</summary>
    public int Devices { get; init; }

    /// <summary>Devices per level of their verdict; they add up to <see cref="Devices"/>.</summary>
    public required LevelCounts Verdicts { get; init; }

    /// <summary>Devices that wait to be judged; while it is not 0, verdicts and findings are still moving.</summary>
    public int JudgingDue { get; init; }

    /// <summary>Per kind of finding: how many are true now.</summary>
    public required IReadOnlyDictionary<string, int> FindingKinds { get; init; }

    /// <summary>Per kind in <see cref="FindingKinds"/>: how people read it, e.g. "Device is compromised".</summary>
    public IReadOnlyDictionary<string, string> FindingTitles { get; set; } = new Dictionary<string, string>();

    /// <summary>For how many devices the apps are known.</summary>
    public required AppCoverage AppCoverage { get; init; }

    /// <summary>Health of each integration.</summary>
    public required IReadOnlyList<IntegrationHealth> Integrations { get; init; }

    /// <summary>Standing warnings, e.g. an unprotected key ring, a feed that cannot be read, feeds that disagree.</summary>
    public IReadOnlyList<string> Warnings { get; set; } = [];
}

/// <summary>How many devices have which level.</summary>
/// <param name="Unknown">Too little is known.</param>
/// <param name="Secure">No finding.</param>
/// <param name="Low">Low.</param>
/// <param name="Medium">Medium.</param>
/// <param name="High">High.</param>
/// <param name="Critical">Critical.</param>
public sealed record LevelCounts(int Unknown, int Secure, int Low, int Medium, int High, int Critical);

/// <summary>Health of one integration.</summary>
/// <param name="Id">Picket's id.</param>
/// <param name="Name">Name.</param>
/// <param name="State">Whether it works.</param>
/// <param name="StateReason">Why not, and what mends it.</param>
/// <param name="LastRunState">State of <see cref="LastRun"/>.</param>
/// <param name="LastCompletedAt">When a full run was last complete.</param>
/// <param name="Devices">Its devices.</param>
public sealed record IntegrationHealth(
    Guid Id,
    string Name,
    IntegrationState State,
    string? StateReason,
    RunState? LastRunState,
    DateTimeOffset? LastCompletedAt,
    int Devices
)
{
    /// <summary>The newest run that reads more than one device; null before the first.</summary>
    public RunView? LastRun { get; init; }

    /// <summary>When the schedule starts the next run; null while it starts none.</summary>
    public DateTimeOffset? NextRunAt { get; init; }

    /// <summary>The call budget; null in answers of older servers.</summary>
    public QuotaView? Quota { get; init; }

    /// <summary>True when Picket may write to the UEM.</summary>
    public bool Writing { get; init; }

    /// <summary>The newest run that writes tags; null before the first.</summary>
    public TagRunView? LastTagRun { get; init; }

    /// <summary>How fast tags follow verdicts; null until one did.</summary>
    public DetectionToTag? DetectionToTag { get; init; }

    /// <summary>How many things are wrong with the UEM itself; <see cref="UemReport"/> names them.</summary>
    public int UemFindings { get; init; }

    /// <summary>The worst level among these; null where there are none.</summary>
    public Level? WorstUemFinding { get; init; }

    /// <summary>How many people ask to be linked to their UEM account, and wait for somebody to confirm it.</summary>
    public int LinkRequests { get; init; }
}
