using Picket.WorkspaceOne.Emulator.Tests.Conformance;

namespace Picket.WorkspaceOne.Emulator.Tests.Shared;

/// <summary>
/// Holds every step of the walk against the vendor's specification: the path and its parameters, the status, the body.
/// Where the wire is known to differ, the emulator follows the wire and <see cref="WireDeviations"/> says so.
/// </summary>
[Trait("Category", "Shared")]
public sealed class ConformanceTests(WalkedEmulator walked) : IClassFixture<WalkedEmulator>
{
    private static readonly Specification Specification = Specification.Load();

    [Fact]
    public void Has_paths_and_parameters_of_the_specification() =>
        Check(step => Specification.Find(step) is { } operation ? operation.UnknownParameters(step) : ["no such path"]);

    [Fact]
    public void Answers_with_a_status_of_the_specification() =>
        Check(step =>
            Specification.Find(step) is { } operation && !operation.HasStatus(step.Status)
                ? [$"status {step.Status} is not in the specification"]
                : []
        );

    [Fact]
    public void Answers_with_a_body_of_the_specification() =>
        Check(step =>
            step.Body is { } body && Specification.Find(step) is { } operation
                ? operation.BodyProblems(step.Status, body)
                : []
        );

    [Fact]
    public void Names_no_deviation_that_is_none_any_more() =>
        Assert.All(WireDeviations.All, deviation => Assert.True(Hits(deviation), $"{deviation} explains nothing"));

    private bool Hits(WireDeviation deviation) =>
        walked.Steps.Any(step => deviation.Covers(step) && Problems(step).Any(problem => deviation.Explains(problem)));

    private static IEnumerable<string> Problems(Step step) =>
        Specification.Find(step) is not { } operation
            ? ["no such path"]
            :
            [
                .. operation.UnknownParameters(step),
                .. operation.HasStatus(step.Status)
                    ? []
                    : new[] { $"status {step.Status} is not in the specification" },
                .. step.Body is { } body ? operation.BodyProblems(step.Status, body) : [],
            ];

    private void Check(Func<Step, IEnumerable<string>> problemsOf)
    {
        var problems =
            from step in walked.Steps
            from problem in problemsOf(step)
            where !WireDeviations.All.Any(deviation => deviation.Covers(step) && deviation.Explains(problem))
            select $"{step.Route} v{step.Version} ({step.Status}): {problem}";
        var distinct = problems.Distinct().ToList();

        Assert.True(distinct.Count == 0, string.Join('\n', distinct));
    }
}
