using System.Reflection;

namespace Picket.WorkspaceOne.Emulator.Tests.Facts;

public sealed class FactListTests
{
    private static readonly IReadOnlyList<MethodInfo> Tests =
    [
        .. typeof(FactListTests)
            .Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method => method.GetCustomAttributes().Any(mark => mark is FactAttribute)),
    ];

    [Fact]
    public void Has_a_test_or_a_reason_for_every_recorded_statement()
    {
        var names = Tests.Select(method => method.Name).ToHashSet();

        Assert.All(
            FactList.All,
            fact => Assert.True(fact.Test is { } test ? names.Contains(test) : fact.WhyNot is not null, fact.ToString())
        );
    }

    [Fact]
    public void Lists_every_test_of_a_fact()
    {
        var listed = FactList.All.Select(fact => fact.Test).ToHashSet();

        var missing = Tests
            .Where(method => method.DeclaringType!.Namespace == typeof(FactListTests).Namespace)
            .Where(method => method.DeclaringType != typeof(FactListTests))
            .Select(method => method.Name)
            .Except(listed);

        Assert.Empty(missing);
    }
}
