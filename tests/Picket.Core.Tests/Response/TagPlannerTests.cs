using CsCheck;
using Picket.Core.Response;

namespace Picket.Core.Tests.Response;

public sealed class TagPlannerTests
{
    private const long Retired = 90;

    private static readonly TagSet Tags = new([
        new(11, "Picket Secure", 1),
        new(12, "Picket Low", 2),
        new(13, "Picket High", 3),
        new(Retired, "Old High", null),
    ]);

    /// <summary>Tags 21 and 22 are somebody else's.</summary>
    private static readonly Gen<long[]> Carried = Gen.Int[0, 5]
        .Select(place => new[] { 11L, 12L, 13L, Retired, 21L, 22L }[place])
        .Array[0, 5]
        .Select(tags => tags.Distinct().ToArray());

    private static readonly Gen<TagState[]> Fleet = Gen.Select(Gen.Int[0, 3], Carried)
        .Array[0, 40]
        .Select(rows =>
            rows.Select((row, place) => new TagState(1000 - place, row.Item1 == 0 ? null : row.Item1, row.Item2))
                .ToArray()
        );

    [Fact]
    public void Leaves_exactly_one_level_tag_on_judged_devices_and_foreign_tags_alone() =>
        Gen.Select(Fleet, Gen.Int[1, 7])
            .Sample(
                (fleet, batch) =>
                {
                    var after = Apply(TagPlanner.Plan(fleet, Tags, batch), fleet);

                    foreach (var (before, now) in fleet.Zip(after))
                    {
                        var ours = now.CurrentTags.Where(tag => Tags.Owned(tag) is not null);
                        Assert.Equal(before.WantedLevel is { } level ? [10L + level] : Array.Empty<long>(), ours);
                        Assert.Equal(Foreign(before), Foreign(now));
                    }

                    Assert.Empty(TagPlanner.Plan(after, Tags, batch).Calls);
                }
            );

    [Fact]
    public void No_call_names_a_device_of_the_never_touch_list_whatever_the_order() =>
        Gen.Select(Fleet, Gen.Int[1, 7], Gen.Int[960, 1000].Array[0, 40], Gen.Int[0, 1000])
            .Sample(
                (fleet, batch, listed, seed) =>
                {
                    var never = listed.Select(device => (long)device).ToHashSet();
                    var shuffled = fleet.OrderBy(state => HashCode.Combine(seed, state.Device)).ToArray();

                    var plan = TagPlanner.Plan(shuffled, Tags, batch, never);

                    Assert.DoesNotContain(plan.Calls.SelectMany(call => call.Devices), never.Contains);
                    // The others are planned as though those on the list were not there.
                    var others = TagPlanner.Plan(fleet.Where(state => !never.Contains(state.Device)), Tags, batch);
                    Assert.Equal(others.Calls.Select(Describe), plan.Calls.Select(Describe));
                    Assert.Equal(others.ChangedDevices, plan.ChangedDevices);
                    Assert.Equal(others.TagsToMake, plan.TagsToMake);
                }
            );

    [Fact]
    public void Makes_as_many_calls_as_the_batches_need() =>
        Gen.Select(Fleet, Gen.Int[1, 7])
            .Sample(
                (fleet, batch) =>
                {
                    var plan = TagPlanner.Plan(fleet, Tags, batch);
                    var needed = plan
                        .Calls.GroupBy(call => (call.Action, call.Tag))
                        .Sum(calls => (calls.Sum(call => call.Devices.Count) + batch - 1) / batch);

                    Assert.Equal(needed, plan.Calls.Count);
                    Assert.All(plan.Calls, call => Assert.InRange(call.Devices.Count, 1, batch));
                }
            );

    [Fact]
    public void Never_leaves_a_tagged_device_bare_wherever_it_is_broken_off() =>
        Gen.Select(Fleet, Gen.Int[0, 40])
            .Sample(
                (fleet, sent) =>
                {
                    var plan = TagPlanner.Plan(fleet, Tags, batchSize: 3);
                    var broken = plan with { Calls = [.. plan.Calls.Take(sent)] };

                    foreach (var (before, now) in fleet.Zip(Apply(broken, fleet)))
                    {
                        var wasTagged = before.CurrentTags.Any(tag => Tags.Owned(tag) is not null);
                        var isTagged = now.CurrentTags.Any(tag => Tags.Owned(tag) is not null);
                        Assert.True(isTagged || !wasTagged || before.WantedLevel is null);
                    }
                }
            );

    [Fact]
    public void Plans_the_same_in_any_order_of_devices() =>
        Fleet.Sample(fleet =>
        {
            var plan = TagPlanner.Plan(fleet, Tags, 4);
            var turned = TagPlanner.Plan(fleet.Reverse(), Tags, 4);

            Assert.Equal(plan.Calls.Select(Describe), turned.Calls.Select(Describe));
            Assert.Equal(plan.ChangedDevices, turned.ChangedDevices);
        });

    [Fact]
    public void Tags_the_worst_level_first_and_removes_after_all_adds()
    {
        TagState[] fleet = [new(1, 1, [13]), new(2, 3, [11]), new(3, 2, [])];

        Assert.Equal(
            ["Add 13: 2", "Add 12: 3", "Add 11: 1", "Remove 11: 2", "Remove 13: 1"],
            TagPlanner.Plan(fleet, Tags).Calls.Select(Describe)
        );
    }

    [Fact]
    public void Keeps_the_old_tag_of_a_device_whose_add_failed()
    {
        TagState[] fleet = [new(1, 3, [11]), new(2, 3, [11])];

        var rest = TagPlanner.WithoutRemovalsOf(TagPlanner.Plan(fleet, Tags), new HashSet<FailedAdd> { new(1, null) });

        Assert.Equal(["Add 13: 1,2", "Remove 11: 2"], rest.Calls.Select(Describe));
    }

    [Fact]
    public void Names_the_tags_that_must_be_made_first()
    {
        var tags = new TagSet([new(null, "Picket Low", 2), new(null, "Picket High", 3)]);

        var plan = TagPlanner.Plan([new(1, 2, [])], tags);

        Assert.Equal(["Picket Low"], plan.TagsToMake.Select(tag => tag.Name));
    }

    [Fact]
    public void Fills_whole_calls_while_more_verdicts_are_coming_and_leaves_the_rest_for_later() =>
        Gen.Int[0, 3]
            .Select(level => level == 0 ? (int?)null : level)
            .Array[0, 40]
            .Sample(levels =>
            {
                TagState[] fleet =
                [
                    .. levels.Select((level, at) => new TagState(at + 1, level, level is null ? [11] : [])),
                ];

                var now = TagPlanner.WholeBatches(fleet, 4);
                var later = fleet.Except(now).ToList();

                var calls = TagPlanner.Plan(now, Tags, 4).Calls;
                if (now.Count < fleet.Length)
                {
                    Assert.All(calls, call => Assert.Equal(4, call.Devices.Count));
                }

                Assert.Equal(
                    TagPlanner.Plan(fleet, Tags, 4).Calls.Count,
                    calls.Count + TagPlanner.Plan(later, Tags, 4).Calls.Count
                );
            });

    [Fact]
    public void Refuses_a_level_that_no_tag_stands_for() =>
        Assert.Throws<ArgumentException>(() => TagPlanner.Plan([new(1, 9, [])], Tags));

    [Fact]
    public void Previews_what_would_be_done()
    {
        TagState[] fleet = [new(1, 3, []), new(2, 3, [11]), new(3, null, []), new(4, 1, [11])];

        var preview = TagPreview.Of(TagPlanner.Plan(fleet, Tags, 1));

        Assert.Equal((2, 1, 2), (preview.Adds, preview.Removals, preview.ChangedDevices));
        Assert.Equal((3, 2), (preview.WritingCalls, preview.ReadingCalls));
    }

    private static TagState[] Apply(TagPlan plan, IEnumerable<TagState> fleet)
    {
        var tags = fleet.ToDictionary(device => device.Device, device => device.CurrentTags.ToHashSet());
        foreach (var call in plan.Calls)
        {
            foreach (var device in call.Devices)
            {
                _ =
                    call.Action == TagAction.Add
                        ? tags[device].Add(call.Tag.Id!.Value)
                        : tags[device].Remove(call.Tag.Id!.Value);
            }
        }

        return [.. fleet.Select(device => device with { CurrentTags = tags[device.Device] })];
    }

    private static IEnumerable<long> Foreign(TagState device) =>
        device.CurrentTags.Where(tag => tag is 21 or 22).Order();

    private static string Describe(TagCall call) => $"{call.Action} {call.Tag.Id}: {string.Join(',', call.Devices)}";
}
