namespace Picket.Core.Preparation;

/// <summary>
/// Turns what the doctor saw into the state of each item of the preparation, in the order in which a person would mend
/// them. What could not be seen is "not tested", with the reason, and never "fail".
/// </summary>
public static class Diagnosis
{
    public static IReadOnlyList<CheckResult> Of(ProbeFacts facts)
    {
        var examination = new Examination(facts);
        ReachChecks.Run(examination);
        UemChecks.Run(examination);
        SignInChecks.Run(examination);
        AccountChecks.Run(examination);
        RightChecks.Run(examination);
        return examination.Results;
    }

    /// <summary>
    /// What is told while the doctor is still asking: the checks that were tested until now. Nothing is said about a UEM
    /// that was not asked yet, and a later answer may still change what an earlier one showed.
    /// </summary>
    public static IReadOnlyList<CheckResult> SoFar(ProbeFacts facts)
    {
        var asked = facts.Probes.Count > 0 || facts.Token is not null;
        return [.. (asked ? Of(facts) : OfTheWay(facts)).Where(result => result.State != CheckState.NotTested)];
    }

    /// <summary>An integration is created, and stays connected, only without a failed check.</summary>
    public static bool Passed(IEnumerable<CheckResult> results) =>
        results.All(result => result.State != CheckState.Fail);

    private static IReadOnlyList<CheckResult> OfTheWay(ProbeFacts facts)
    {
        var examination = new Examination(facts);
        ReachChecks.Run(examination);
        return examination.Results;
    }
}
