using CsCheck;
using Picket.Core.Response;

namespace Picket.Core.Tests.Response.AppGroups;

/// <summary>What is done to a group so that it holds what it should.</summary>
public sealed class AppGroupPlannerTests
{
    private static readonly Gen<string[]> Apps = Gen.OneOf(
        Gen.Const("a"),
        Gen.Const("b"),
        Gen.Const("c"),
        Gen.Const("d")
    ).Array[0, 6];

    [Fact]
    public void Makes_a_group_with_its_first_apps_and_none_for_none()
    {
        Assert.Equal(AppGroupStep.Nothing, AppGroupPlanner.Plan([], null, []).Step);
        var made = AppGroupPlanner.Plan(["com.a", "com.A", "com.b"], null, []);
        Assert.Equal((AppGroupStep.Make, 2, 1), (made.Step, made.Changes, made.Calls));
    }

    [Fact]
    public void Deletes_a_group_of_which_nothing_would_be_left_and_keeps_one_that_others_use()
    {
        var deleted = AppGroupPlanner.Plan([], ["com.a"], ["com.a"]);
        var shared = AppGroupPlanner.Plan([], ["com.a", "com.theirs"], ["com.a"]);
        var exchanged = AppGroupPlanner.Plan(["com.b"], ["com.a"], ["com.a"]);

        Assert.Equal((AppGroupStep.Delete, 1), (deleted.Step, deleted.Calls));
        Assert.Equal(AppGroupStep.Change, shared.Step);
        Assert.Equal(["com.theirs"], shared.Others);
        Assert.Equal((AppGroupStep.Change, 2), (exchanged.Step, exchanged.Calls));
    }

    [Fact]
    public void Leaves_what_others_put_there_whether_it_is_wanted_or_not()
    {
        var wantedToo = AppGroupPlanner.Plan(["com.theirs"], ["COM.theirs"], []);
        var notAnyMore = AppGroupPlanner.Plan([], ["COM.theirs"], []);

        Assert.All([wantedToo, notAnyMore], plan => Assert.Equal((AppGroupStep.Nothing, 0), (plan.Step, plan.Changes)));
    }

    [Fact]
    public void Done_once_there_is_nothing_left_to_do_and_nothing_of_others_was_touched() =>
        Gen.Select(Apps, Apps, Apps)
            .Sample(
                (wanted, there, mine) =>
                {
                    var present = there.Distinct().ToList();
                    var ours = mine.Intersect(present).ToList();
                    var plan = AppGroupPlanner.Plan(wanted, present, ours);
                    var after = present.Concat(plan.Adds).Except(plan.Removes).ToList();

                    Assert.Empty(plan.Removes.Except(ours));
                    Assert.Empty(wanted.Except(after));
                    Assert.Equal(plan.Step == AppGroupStep.Delete, after.Count == 0 && present.Count > 0);
                    var again = AppGroupPlanner.Plan(
                        wanted,
                        after.Count == 0 ? null : after,
                        ours.Concat(plan.Adds).Except(plan.Removes)
                    );
                    Assert.Equal(AppGroupStep.Nothing, again.Step);
                }
            );

    [Theory]
    [InlineData(10, null, 0, false)]
    [InlineData(11, null, 0, true)]
    [InlineData(11, 11, 0, false)]
    [InlineData(12, 11, 0, true)]
    [InlineData(4, null, 6, false)]
    [InlineData(4, null, 7, true)]
    [InlineData(4, 4, 7, false)]
    public void The_brake_holds_what_is_more_than_its_number_within_an_hour_and_nobody_agreed_to(
        int changes,
        int? accepted,
        int recent,
        bool held
    )
    {
        Assert.Equal(held, new AppGroupBrake().Holds(changes, accepted, recent) is not null);
        Assert.NotNull(new AppGroupBrake(0).Holds(1, null));
        Assert.Null(new AppGroupBrake(0).Holds(0, null));
    }
}
