namespace Picket.Core.Preparation;

public enum CheckState
{
    Pass,
    Fail,
    Warn,
    NotTested,
}

/// <summary>What the UEM answered; never a body.</summary>
public sealed record CheckEvidence(int? Status, int? Code, string? Message)
{
    public static CheckEvidence? Of(RemoteAnswer? answer) =>
        answer is null ? null : new(answer.Status, answer.Code, answer.Message ?? answer.Failure);
}

/// <summary>One thing that may be the reason, and where it is mended.</summary>
public sealed record CheckCause(string Text, ConsoleSteps? Mend);

/// <summary>One line of the doctor's report.</summary>
/// <param name="Finding">What was found, in a sentence.</param>
/// <param name="Breaks">What stops working while this is not so.</param>
/// <param name="Causes">
/// Empty unless it failed; more than one where the answer cannot tell them apart: then each has to be looked at.
/// </param>
public sealed record CheckResult(
    string Id,
    string Title,
    CheckState State,
    string Finding,
    CheckEvidence? Evidence,
    string Breaks,
    IReadOnlyList<CheckCause> Causes
)
{
    /// <summary>Where it is set, whether or not it failed.</summary>
    public ConsoleSteps? Mend { get; init; }

    public string? ConsolePath =>
        Causes.Select(cause => cause.Mend?.Path).FirstOrDefault(path => path is not null) ?? Mend?.Path;

    /// <summary>The clicks that mend the likeliest cause, in order.</summary>
    public IReadOnlyList<string> Clicks =>
        Causes.Select(cause => cause.Mend?.Clicks).FirstOrDefault(clicks => clicks is not null) ?? Mend?.Clicks ?? [];
}

/// <param name="Mend">Where it is mended, when only one thing can be wrong.</param>
public sealed record CheckDefinition(string Id, string Title, string Breaks, ConsoleSteps? Mend = null);
