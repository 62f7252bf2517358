using Picket.WorkspaceOne.Emulator.Routes;

namespace Picket.WorkspaceOne.Emulator.Tests.Conformance;

public sealed class WalkTests(WalkedEmulator walked) : IClassFixture<WalkedEmulator>
{
    /// <summary>A new route fails here until the walk calls it in each of its versions.</summary>
    [Fact]
    public void Walks_every_emulated_route_in_every_version()
    {
        var emulated =
            from route in AllRoutes.Table().Routes
            from version in route.Versions.Keys
            select $"{route.Method} {route.Template} v{version}";

        var missing = emulated.Except(walked.Steps.Select(step => $"{step.Route} v{step.Version}"));

        Assert.Empty(missing);
    }

    [Fact]
    public void Answers_each_call_with_the_status_that_is_known() => Assert.Empty(walked.Surprises);

    [Fact]
    public void Answers_every_error_in_the_API_s_own_form() =>
        Assert.All(
            walked.Steps.Where(step => step.Status >= 400),
            step =>
            {
                Assert.True(step.Body!.Value.GetProperty("errorCode").GetInt32() > 0, step.ToString());
                Assert.NotEmpty(step.Body.Value.GetProperty("message").GetString()!);
                Assert.NotEqual(Guid.Empty, step.Body.Value.GetProperty("activityId").GetGuid());
            }
        );

    /// <summary>
    /// One answer of each route and version is kept in the repository. A changed member is a change of the wire: look at
    /// it, and write the samples anew with PICKET_WRITE_SAMPLES=1 when it is meant.
    /// </summary>
    [Fact]
    public void Keeps_the_shape_of_our_own_samples()
    {
        var differences = AnswerSamples.Of(walked.Steps).SelectMany(AnswerSamples.Differences).ToList();

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }
}
