namespace Picket.Api;

/// <summary>What keeps Picket from writing now.</summary>
public sealed record BrakesView
{
    /// <summary>The stop of all writes that is in force; null while there is none.</summary>
    public WriteStopView? Stop { get; init; }

    /// <summary>Work that has something to write and is not at its end: what a stop holds up, and what a release lets go on.</summary>
    public required WaitingWork Waiting { get; init; }

    /// <summary>The brake of tags at each integration.</summary>
    public required IReadOnlyList<IntegrationBrake> Integrations { get; init; }
}

/// <summary>Work that has something to write.</summary>
/// <param name="TagRuns">Tag runs that are queued or run.</param>
/// <param name="Imports">Imports that are queued or run.</param>
/// <param name="Lines">Lines of these imports that are not sent.</param>
/// <param name="Publications">Publications of which a ring is being written, or that are taken back.</param>
/// <param name="Messages">Messages to people that are not sent.</param>
public sealed record WaitingWork(int TagRuns, int Imports, int Lines, int Publications, int Messages)
{
    /// <summary>
    /// Devices whose tags are not what their verdicts ask for, at integrations without an open tag run: judged anew while
    /// writes are stopped, they get a run after the release. 0 while nothing is stopped.
    /// </summary>
    public int Devices { get; init; }

    /// <summary>Commands to devices that are due or approved, and not sent.</summary>
    public int Commands { get; init; }

    /// <summary>Runs of app groups that are queued or run.</summary>
    public int AppGroupRuns { get; init; }

    /// <summary>Whether there is none.</summary>
    public bool IsNone() => TagRuns + Imports + Publications + Messages + Commands + AppGroupRuns + Devices == 0;
}

/// <summary>
/// The brake of tags of one integration: a run that would change more waits for a person. What changed within the last
/// hour without a person's word counts along.
/// </summary>
/// <param name="IntegrationId">The integration.</param>
/// <param name="Integration">Its name.</param>
/// <param name="Share">Of the enrolled devices, that may change within an hour: 0 to 1.</param>
/// <param name="AlwaysAllowed">Devices that may always change, however small the fleet.</param>
/// <param name="Fleet">Devices that are enrolled.</param>
/// <param name="Allowed">Devices that may change within an hour before a person is asked: the larger of the two.</param>
/// <param name="ChangedLastHour">Devices whose tags changed within the last hour without a person's word.</param>
/// <param name="Held">Tag runs that wait for a decision now.</param>
public sealed record IntegrationBrake(
    Guid IntegrationId,
    string Integration,
    double Share,
    int AlwaysAllowed,
    int Fleet,
    int Allowed,
    int ChangedLastHour,
    int Held
)
{
    /// <summary>Devices that one run may change; null for no such limit.</summary>
    public int? PerRun { get; init; }

    /// <summary>Devices that may change within an hour; null for no such limit.</summary>
    public int? PerHour { get; init; }

    /// <summary>Share of one organization group that may change within an hour, 0 to 1; null for no such limit.</summary>
    public double? GroupShare { get; init; }
}

/// <summary>A time in which nothing was written to any UEM, or is.</summary>
public sealed record WriteStopView
{
    /// <summary>Picket's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Counts up from 1; 0 while it is not stored.</summary>
    public required long Number { get; init; }

    /// <summary>
    /// False while it could not be stored: the server that answers writes nothing, others do not know of it, nor does this one
    /// after a restart. It is tried again until it is stored or released.
    /// </summary>
    public bool Stored { get; set; } = true;

    /// <summary>Who stopped, as the audit names them; null where that was erased.</summary>
    public string? StoppedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset StoppedAt { get; init; }

    /// <summary>Why, in the words of who stopped.</summary>
    public required string Reason { get; init; }

    /// <summary>Who released; null while it is in force, and where that was erased.</summary>
    public string? ReleasedBy { get; init; }

    /// <summary>When; null while it is in force.</summary>
    public DateTimeOffset? ReleasedAt { get; init; }
}

/// <summary>Stops all writes.</summary>
/// <param name="Reason">Why: 1 to 500 characters. Everybody who signs in reads it.</param>
public sealed record StopWrites(string Reason)
{
    /// <summary>Longest reason, in characters.</summary>
    public const int LongestReason = 500;
}

/// <summary>All writes are stopped.</summary>
/// <param name="Stop">The stop that was made, and is in force.</param>
/// <param name="UnderWay">
/// Writes that were sent before the stop and whose answer is not there yet: they end by themselves, within the time of one
/// attempt. None begins any more at a server that has seen the stop.
/// </param>
public sealed record WritesStopped(WriteStopView Stop, int UnderWay)
{
    /// <summary>The stop that was in force already, by whom and why; null where there was none. One release ends both.</summary>
    public WriteStopView? Before { get; init; }

    /// <summary>
    /// Names of the servers at the same database that had not seen the stop after ten seconds. A server that cannot read the
    /// database begins no write after ten seconds, either. Empty with the embedded database.
    /// </summary>
    public IReadOnlyList<string> Unseen { get; set; } = [];
}

/// <summary>A tag run that the brake held.</summary>
public sealed record HeldRunView
{
    /// <summary>The tag run.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its integration.</summary>
    public required Guid IntegrationId { get; init; }

    /// <summary>When it was wanted.</summary>
    public required DateTimeOffset QueuedAt { get; init; }

    /// <summary>Devices whose tags it would have changed.</summary>
    public required int Changed { get; init; }

    /// <summary>Devices that were enrolled.</summary>
    public required int Fleet { get; init; }

    /// <summary>Others that had changed within the hour before.</summary>
    public required int Recent { get; init; }

    /// <summary>What became of it: held while it waits, cancelled when it was declined.</summary>
    public required RunState State { get; init; }

    /// <summary>Who let it go on; null where nobody did, or that was erased.</summary>
    public string? ApprovedBy { get; init; }
}
