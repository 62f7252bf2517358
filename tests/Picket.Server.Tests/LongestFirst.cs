using Picket.Server.Tests.Access;
using Picket.Server.Tests.Brakes;
using Picket.Server.Tests.Hosting;
using Picket.Server.Tests.Simulation;
using Picket.Server.Tests.Sync;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Picket.Server.Tests.LongestFirst))]

namespace Picket.Server.Tests;

/// <summary>
/// What takes minutes begins at once: begun last, it would have the machine wait for it alone. All others come in an order
/// that nobody can rely on.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly Type[] Longest =
    [
        typeof(KillsTests),
        typeof(KilledInStagesTests),
        typeof(ProcessTests),
        typeof(AuthorizationTableTests),
        typeof(WriteStopTests),
        typeof(DiskFullTests),
        typeof(KilledRunTests),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(
        IReadOnlyCollection<TTestCollection> testCollections
    )
        where TTestCollection : ITestCollection =>
        [
            .. DefaultTestCollectionOrderer
                .Instance.OrderTestCollections(testCollections)
                .OrderBy(collection => Place(collection.TestCollectionDisplayName)),
        ];

    private static int Place(string collection)
    {
        var place = Array.FindIndex(
            Longest,
            test => collection.Contains($" {test.FullName} ", StringComparison.Ordinal)
        );
        return place < 0 ? Longest.Length : place;
    }
}
