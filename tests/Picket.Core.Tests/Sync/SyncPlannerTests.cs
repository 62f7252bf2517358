using CsCheck;
using Picket.Core.Sync;

namespace Picket.Core.Tests.Sync;

public sealed class SyncPlannerTests
{
    private static readonly DateTimeOffset Morning = new(2026, 3, 1, 6, 0, 0, TimeSpan.Zero);

    private static readonly Gen<RowHash> Hash = Gen.ULong[0, 2].Select(low => new RowHash(0, low));

    private static readonly Gen<DateTimeOffset?> Seen = Gen.Int[0, 3]
        .Select(hours => hours == 0 ? (DateTimeOffset?)null : Morning.AddHours(hours));

    private static readonly Gen<PageRow<int>[]> Page = Gen.Select(
        Gen.Int[0, 12],
        Hash,
        Seen,
        (key, hash, seen) => new PageRow<int>(key, hash, seen)
    ).Array[0, 20];

    private static readonly Gen<Dictionary<int, StoredRow>> Stored = Gen.Dictionary(
        Gen.Int[0, 12],
        Gen.Select(Hash, Seen, Gen.Bool, (hash, seen, gone) => new StoredRow(hash, seen, gone))
    )[0, 10];

    [Fact]
    public void Applying_the_plan_gives_what_the_page_says() =>
        Gen.Select(Page, Stored)
            .Sample(
                (page, stored) =>
                {
                    var after = Apply(SyncPlanner.PlanPage(page, stored), stored);

                    foreach (var row in page.GroupBy(row => row.Key).Select(rows => rows.Last()))
                    {
                        var now = after[row.Key];
                        Assert.Equal(row.Hash, now.Hash);
                        Assert.False(now.Gone);
                        Assert.True(row.LastSeen is null || now.LastSeen >= row.LastSeen);
                    }
                }
            );

    [Fact]
    public void Planning_again_after_applying_writes_nothing() =>
        Gen.Select(Page, Stored)
            .Sample(
                (page, stored) =>
                    SyncPlanner.PlanPage(page, Apply(SyncPlanner.PlanPage(page, stored), stored)).WritesNothing
            );

    [Fact]
    public void Every_key_of_the_page_is_planned_exactly_once() =>
        Gen.Select(Page, Stored)
            .Sample(
                (page, stored) =>
                {
                    var plan = SyncPlanner.PlanPage(page, stored);
                    var planned = Written(plan).Select(row => row.Key).Concat(plan.Unchanged).Order();

                    Assert.Equal(page.Select(row => row.Key).Distinct().Order(), planned);
                    Assert.Equal(page.Length, page.DistinctBy(row => row.Key).Count() + plan.Repeated);
                }
            );

    [Fact]
    public void Touches_and_does_not_update_when_only_the_contact_moved()
    {
        var stored = new Dictionary<int, StoredRow> { [1] = new(new(0, 7), Morning) };

        var plan = SyncPlanner.PlanPage([new PageRow<int>(1, new(0, 7), Morning.AddHours(1))], stored);

        Assert.Single(plan.Touches);
        Assert.Empty(plan.Updates);
    }

    [Fact]
    public void Keeps_the_later_contact_when_an_older_state_was_listed()
    {
        var stored = new Dictionary<int, StoredRow> { [1] = new(new(0, 7), Morning) };

        var plan = SyncPlanner.PlanPage([new PageRow<int>(1, new(0, 8), Morning.AddHours(-3))], stored);

        Assert.Equal(Morning, Assert.Single(plan.Updates).LastSeen);
    }

    [Fact]
    public void Reports_a_row_that_is_back()
    {
        var stored = new Dictionary<int, StoredRow> { [1] = new(new(0, 7), Morning, Gone: true) };

        var plan = SyncPlanner.PlanPage([new PageRow<int>(1, new(0, 7), Morning)], stored);

        Assert.Single(plan.Returned);
    }

    private static Dictionary<int, StoredRow> Apply(PagePlan<int> plan, Dictionary<int, StoredRow> stored)
    {
        var after = new Dictionary<int, StoredRow>(stored);
        foreach (var row in plan.Inserts.Concat(plan.Updates).Concat(plan.Returned))
        {
            after[row.Key] = new(row.Hash, row.LastSeen);
        }

        // A touch writes last-seen alone: were the hash different, this would not mend it.
        foreach (var row in plan.Touches)
        {
            after[row.Key] = after[row.Key] with { LastSeen = row.LastSeen };
        }

        return after;
    }

    private static IEnumerable<PageRow<int>> Written(PagePlan<int> plan) =>
        [.. plan.Inserts, .. plan.Updates, .. plan.Touches, .. plan.Returned];
}
