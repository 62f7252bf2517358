using System.Text.Json.Serialization;

namespace Picket.Api;

/// <summary>Outcome of one check of the preparation.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CheckState>))]
public enum CheckState
{
    /// <summary>In order.</summary>
    Pass,

    /// <summary>Not in order; something named stops working.</summary>
    Fail,

    /// <summary>Works, but deserves a look.</summary>
    Warn,

    /// <summary>Could not be tested; the reason and the manual step are given.</summary>
    NotTested,
}

/// <summary>The check of the preparation on the UEM side. One run costs at most 40 calls, GET only.</summary>
public sealed record DoctorReport
{
    /// <summary>Each check, in the order in which mending makes sense.</summary>
    public required IReadOnlyList<DoctorCheck> Checks { get; init; }

    /// <summary>Checks that passed.</summary>
    public int Pass { get; init; }

    /// <summary>Checks that failed; an integration is saved only at 0.</summary>
    public int Fail { get; init; }

    /// <summary>Checks with a warning.</summary>
    public int Warn { get; init; }

    /// <summary>Checks that could not be tested.</summary>
    public int NotTested { get; init; }

    /// <summary>Calls sent to the UEM.</summary>
    public int Calls { get; init; }

    /// <summary>The UEM's version as it reports it; null when it was not reached.</summary>
    public string? UemVersion { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took, seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>
    /// Ids of checks of rights that are new in Picket since this integration last passed: a role made by hand may lack
    /// them, and the feature that needs them stays off until they are granted. Empty for a draft.
    /// </summary>
    public IReadOnlyList<string> NewRights { get; set; } = [];

    /// <summary>
    /// The redacted exchanges, when asked for with <c>record=true</c>. Those of a draft have no bodies: a draft is sent
    /// wherever its caller says, and must not be a way to look there.
    /// </summary>
    public IReadOnlyList<RecordedExchange>? Capture { get; init; }
}

/// <summary>What an examination that is under way has shown so far.</summary>
/// <param name="Checks">The checks that were tested until now; a later answer may still change one.</param>
/// <param name="Of">How many checks the report will have; 0 at the very beginning.</param>
public sealed record DoctorProgress(IReadOnlyList<DoctorCheck> Checks, int Of);

/// <summary>One check.</summary>
public sealed record DoctorCheck
{
    /// <summary>Stable name, e.g. <c>tls</c> or <c>right:rest-devices</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What is checked, one line.</summary>
    public required string Title { get; init; }

    /// <summary>Outcome.</summary>
    public required CheckState State { get; init; }

    /// <summary>What was found, in a sentence; for a check that was not tested, why, and the manual step.</summary>
    public string? Finding { get; init; }

    /// <summary>What the UEM answered; null where no answer of it stands behind the finding.</summary>
    public CheckEvidence? Evidence { get; init; }

    /// <summary>What stops working without it.</summary>
    public string? Breaks { get; init; }

    /// <summary>Where in the UEM console it is set, whatever the outcome; null for what no console sets, such as the network.</summary>
    public string? ConsolePath { get; init; }

    /// <summary>The clicks that set it, or mend its likeliest cause.</summary>
    public IReadOnlyList<string> Clicks { get; set; } = [];

    /// <summary>The causes that the answer cannot tell apart, each with its own way to mend it.</summary>
    public IReadOnlyList<DoctorCause> Causes { get; set; } = [];
}

/// <summary>One possible cause of a failed check.</summary>
/// <param name="Title">The cause.</param>
/// <param name="ConsolePath">Where in the UEM console it is set.</param>
/// <param name="Clicks">The clicks that mend it.</param>
public sealed record DoctorCause(string Title, string? ConsolePath, IReadOnlyList<string> Clicks);

/// <summary>What was seen.</summary>
/// <param name="HttpStatus">HTTP status of the UEM's answer; null when there was none.</param>
/// <param name="ErrorCode">The UEM's own error code.</param>
/// <param name="Message">The UEM's message, or what the network said.</param>
public sealed record CheckEvidence(int? HttpStatus, int? ErrorCode, string? Message);

/// <summary>One exchange with the UEM, without secrets and personal data.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path and query, redacted.</param>
/// <param name="RequestHeaders">Headers that Picket sent, secrets removed.</param>
/// <param name="Status">HTTP status; null when no answer came.</param>
/// <param name="ResponseHeaders">Headers of the answer.</param>
/// <param name="Body">Redacted body, cut to a sample; null when empty, and for a draft.</param>
/// <param name="Milliseconds">How long the answer took.</param>
public sealed record RecordedExchange(
    string Method,
    string Path,
    IReadOnlyDictionary<string, string> RequestHeaders,
    int? Status,
    IReadOnlyDictionary<string, string> ResponseHeaders,
    string? Body,
    double Milliseconds
);
