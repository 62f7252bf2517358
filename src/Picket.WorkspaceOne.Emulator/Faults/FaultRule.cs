using System.Text.Json.Serialization;

namespace Picket.WorkspaceOne.Emulator.Faults;

[JsonConverter(typeof(JsonStringEnumConverter<FaultAction>))]
public enum FaultAction
{
    /// <summary>Answers with <see cref="FaultRule.Status"/> instead of acting.</summary>
    Status,

    /// <summary>Says nothing until the caller gives up.</summary>
    Timeout,

    /// <summary>Resets the connection before acting.</summary>
    Reset,

    /// <summary>Acts, sends half of the body, breaks off.</summary>
    Truncate,

    /// <summary>A 200 with an HTML page, as a proxy's sign-in page gives.</summary>
    Html,

    /// <summary>Acts, then resets the connection without an answer.</summary>
    LoseAnswer,

    /// <summary>
    /// Acts, then answers 500 with 1000: what the real server does with an assignment that lacks its deployment
    /// parameters.
    /// </summary>
    CrashAfter,

    /// <summary>Waits <see cref="FaultRule.Milliseconds"/>, then acts.</summary>
    Slow,

    /// <summary>Pages after the first begin <see cref="FaultRule.Rows"/> rows later (rows lost) or earlier (doubled).</summary>
    MoveRows,

    /// <summary>Total is off by <see cref="FaultRule.Rows"/>.</summary>
    LyingTotal,

    /// <summary>The page's first row is listed a second time.</summary>
    Duplicate,

    /// <summary>
    /// Just before the call is acted on, the device with the lowest id leaves and a removed one comes back: as many as
    /// before, so no total tells that a row went by between two pages.
    /// </summary>
    Churn,

    /// <summary>Answers 204, as if nothing were there.</summary>
    Nothing,

    /// <summary>Acts, then says nothing until the caller gives up, or is gone.</summary>
    HoldAnswer,

    /// <summary>Lists all but the last <see cref="FaultRule.Rows"/> rows, and counts no more than these.</summary>
    Omit,
}

/// <summary>Which calls go wrong, and how. A rule without conditions matches every call.</summary>
public sealed record FaultRule
{
    /// <summary>Part of the path, in any case.</summary>
    public string? Path { get; init; }

    /// <summary>Part of the query string, in any case, such as <c>page=3</c>.</summary>
    public string? Query { get; init; }
    public string? Method { get; init; }

    /// <summary>Every so-many-th matching call, counted from <see cref="From"/>.</summary>
    public int Every { get; init; } = 1;

    /// <summary>The first matching call that can be hit; 1 is the first.</summary>
    public int From { get; init; } = 1;

    /// <summary>After so many hits the rule is spent.</summary>
    public int Times { get; init; } = int.MaxValue;

    /// <summary>Of the calls that are left by the other conditions, so many in a thousand; chosen by the script's seed.</summary>
    public int PerMille { get; init; } = 1000;
    public required FaultAction Action { get; init; }
    public int Status { get; init; } = 503;
    public int? ErrorCode { get; init; }
    public int? RetryAfter { get; init; }
    public int Milliseconds { get; init; } = 1000;
    public int Rows { get; init; } = 1;
}
