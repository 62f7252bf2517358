namespace Picket.Core.Preparation;

/// <summary>What one check came to.</summary>
internal sealed record Judgement(
    CheckState State,
    string Finding,
    RemoteAnswer? Answer = null,
    IReadOnlyList<CheckCause>? Causes = null
)
{
    internal static Judgement Pass(string finding, RemoteAnswer? answer = null) =>
        new(CheckState.Pass, finding, answer);

    internal static Judgement Warn(string finding, params CheckCause[] causes) =>
        new(CheckState.Warn, finding, null, causes);

    internal static Judgement NotTested(string finding, RemoteAnswer? answer = null) =>
        new(CheckState.NotTested, finding, answer);

    internal static Judgement Fail(string finding, RemoteAnswer? answer = null, params CheckCause[] causes) =>
        new(CheckState.Fail, finding, answer, causes.Length == 0 ? null : causes);
}

/// <summary>Collects results; what stands behind a failed gate is not tested, and says because of what.</summary>
internal sealed class Examination(ProbeFacts facts)
{
    private readonly List<CheckResult> results = [];
    private string? blockedBy;

    internal ProbeFacts Facts => facts;

    internal IReadOnlyList<CheckResult> Results => results;

    internal bool Blocked => blockedBy is not null;

    /// <summary>A gate: when it fails, nothing behind it is judged.</summary>
    internal void Gate(CheckDefinition check, Func<Judgement> judge)
    {
        Check(check, judge);
        if (results[^1].State == CheckState.Fail)
        {
            Block(check.Title);
        }
    }

    internal void Block(string because) => blockedBy ??= because;

    internal void Check(CheckDefinition check, Func<Judgement> judge) =>
        Add(check, blockedBy is null ? judge() : Judgement.NotTested($"Mend this first: {blockedBy}."));

    private void Add(CheckDefinition check, Judgement judgement) =>
        results.Add(
            new(
                check.Id,
                check.Title,
                judgement.State,
                judgement.Finding,
                CheckEvidence.Of(judgement.Answer),
                check.Breaks,
                judgement.State is CheckState.Fail ? judgement.Causes ?? Only(check) : judgement.Causes ?? []
            )
            {
                Mend = check.Mend,
            }
        );

    private static IReadOnlyList<CheckCause> Only(CheckDefinition check) =>
        check.Mend is null ? [] : [new(check.Title, check.Mend)];
}
