using System.Text.Json.Serialization;

namespace Picket.Api;

/// <summary>What the lines of an import name.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ImportKind>))]
public enum ImportKind
{
    /// <summary>Enrolment users, to make or to change.</summary>
    Users,

    /// <summary>Devices, to announce before they enrol.</summary>
    Devices,

    /// <summary>Users to put into custom user groups; a group that is not there is made.</summary>
    GroupMembers,
}

/// <summary>Where an import stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ImportState>))]
public enum ImportState
{
    /// <summary>The file is being taken in.</summary>
    Receiving,

    /// <summary>Each line is compared with what is there; nothing is written.</summary>
    Checking,

    /// <summary>Each line says what would become of it. Waits for somebody to start it.</summary>
    Checked,

    /// <summary>Started, and waits for its turn, for the call budget, or for the UEM to be back.</summary>
    Queued,

    /// <summary>Under way.</summary>
    Running,

    /// <summary>Every line that was to be sent is done.</summary>
    Completed,

    /// <summary>Ended, and some lines failed or are not clear; each says why.</summary>
    Incomplete,

    /// <summary>It could not be checked; the reasons say why. Nothing was written.</summary>
    Failed,

    /// <summary>Stopped by a person; what was done before stays.</summary>
    Cancelled,
}

/// <summary>What would become of a line, as the check found it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ImportStep>))]
public enum ImportStep
{
    /// <summary>Not checked yet.</summary>
    Unchecked,

    /// <summary>It is made.</summary>
    Create,

    /// <summary>It is there, and is called otherwise.</summary>
    Change,

    /// <summary>Nothing is to be done.</summary>
    AlreadyThere,

    /// <summary>Something is wrong with the line; it is left out.</summary>
    Refused,
}

/// <summary>What became of a line that was to be sent.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ImportLineState>))]
public enum ImportLineState
{
    /// <summary>Not sent, or not to be sent.</summary>
    Waiting,

    /// <summary>On its way, or its answer is lost: it is read back before anything else.</summary>
    Sent,

    /// <summary>The UEM took it.</summary>
    Done,

    /// <summary>The UEM refused it.</summary>
    Failed,

    /// <summary>Its answer was lost, and reading back did not find it. A person decides: it is never sent again by itself.</summary>
    Unclear,
}

/// <summary>A file of users, devices or members, line by line on its way into the UEM.</summary>
public sealed record ImportView
{
    /// <summary>Picket's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The integration.</summary>
    public required Guid IntegrationId { get; init; }

    /// <summary>What its lines name.</summary>
    public required ImportKind Kind { get; init; }

    /// <summary>Name of the file; for a single device that somebody registered, that device.</summary>
    public required string Name { get; init; }

    /// <summary>Where it stands.</summary>
    public required ImportState State { get; init; }

    /// <summary>Lines with values, the header apart.</summary>
    public int Lines { get; init; }

    /// <summary>Lines that make something.</summary>
    public int Creates { get; init; }

    /// <summary>Lines that change something.</summary>
    public int Changes { get; init; }

    /// <summary>Lines for which nothing is to be done.</summary>
    public int AlreadyThere { get; init; }

    /// <summary>Lines that are wrong, and are left out.</summary>
    public int Refused { get; init; }

    /// <summary>Lines that the UEM took.</summary>
    public int Done { get; init; }

    /// <summary>Lines that the UEM refused.</summary>
    public int Failed { get; init; }

    /// <summary>Lines whose answer is lost and that were not found when read back.</summary>
    public int Unclear { get; init; }

    /// <summary>Lines that are still to be sent.</summary>
    public int Waiting { get; init; }

    /// <summary>Calls to the UEM, for the check and for the lines.</summary>
    public int UemCalls { get; init; }

    /// <summary>When it was brought; the audit says by whom.</summary>
    public DateTimeOffset MadeAt { get; init; }

    /// <summary>When it was started; the audit says by whom.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it goes on by itself; null when it need not wait.</summary>
    public DateTimeOffset? GoesOnAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>More lines would be written than go without approval: whoever starts it needs the right to approve.</summary>
    public bool NeedsApproval { get; init; }

    /// <summary>When what its lines say was forgotten; the numbers stay.</summary>
    public DateTimeOffset? ForgottenAt { get; init; }

    /// <summary>Why it waits, failed or is incomplete, one sentence each with the next step.</summary>
    public IReadOnlyList<string> Reasons { get; set; } = [];
}

/// <summary>One line of an import.</summary>
public sealed record ImportLineView
{
    /// <summary>Line of the file, from 1; the header is line 1.</summary>
    public required int Line { get; init; }

    /// <summary>What the line is about, e.g. the user's name; null when it cannot be read or was forgotten.</summary>
    public string? Subject { get; init; }

    /// <summary>What would become of it.</summary>
    public required ImportStep Step { get; init; }

    /// <summary>What became of it.</summary>
    public required ImportLineState State { get; init; }

    /// <summary>Why it is refused or left alone, what changes, or what the UEM said; for people.</summary>
    public IReadOnlyList<ImportNote> Notes { get; set; } = [];

    /// <summary>The UEM's number of what was made or changed, where it tells one.</summary>
    public int? UemId { get; init; }

    /// <summary>The write in the ledger; null before it is sent.</summary>
    public Guid? LedgerEntryId { get; init; }
}

/// <summary>A remark on a line.</summary>
/// <param name="Column">The column it is about; null for the whole line.</param>
/// <param name="Text">What there is to say.</param>
public sealed record ImportNote(string? Column, string Text);

/// <summary>Filter of the imports.</summary>
public sealed record ImportFilter
{
    /// <summary>Only of this integration.</summary>
    public Guid? IntegrationId { get; init; }

    /// <summary>Only in this state.</summary>
    public ImportState? State { get; init; }

    /// <summary>Where to go on.</summary>
    public string? Cursor { get; init; }

    /// <summary>Rows of one page, 1 to 500; 100 when absent.</summary>
    public int? Limit { get; init; }
}

/// <summary>Filter of the lines of an import.</summary>
public sealed record ImportLineFilter
{
    /// <summary>Only lines of which this would become.</summary>
    public ImportStep? Step { get; init; }

    /// <summary>Only lines that are to be sent and stand so.</summary>
    public ImportLineState? State { get; init; }

    /// <summary>Where to go on.</summary>
    public string? Cursor { get; init; }

    /// <summary>Rows of one page, 1 to 500; 100 when absent.</summary>
    public int? Limit { get; init; }
}
