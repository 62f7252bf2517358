using Picket.Cli.Demo;

namespace Picket.Cli.Tests;

public sealed class SamplePolicyTests
{
    [Fact]
    public void Ends_its_exceptions_two_months_after_the_day_of_the_demo()
    {
        var policy = """
            version: 1
            exceptions:
              - name: drill
                reason: "ends: 2026-01-01 was too early"
                ends: 2027-01-31          # the last day
            """;

        var dated = SamplePolicy.AsOf(policy, new DateTimeOffset(2031, 12, 30, 23, 0, 0, TimeSpan.Zero));

        Assert.Equal(policy.Replace("ends: 2027-01-31", "ends: 2032-02-29", StringComparison.Ordinal), dated);
    }
}
