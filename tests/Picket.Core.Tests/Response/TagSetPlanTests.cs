using CsCheck;
using Picket.Core.Response;

namespace Picket.Core.Tests.Response;

/// <summary>Tags of several purposes at once: what must hold of any fleet.</summary>
public sealed class TagSetPlanTests
{
    private static readonly TagSet Tags = new([
        new(11, "Picket: Low", 2),
        new(12, "Picket: High", 4),
        new(21, "Quarantine", null, "Access"),
        new(22, "Watch", null, "Access"),
        new(31, "Loan", null, "Service"),
        new(90, "Old Quarantine", null, "Access") { Retired = true },
        new(91, "Old: High", null) { Retired = true },
    ]);

    private static readonly long[] Foreign = [71, 72];

    private static readonly Gen<TagState> AnyDevice =
        from level in Gen.Int[0, 2]
        from access in Gen.Int[0, 2]
        from service in Gen.Int[0, 1]
        from carried in Gen.Int[0, 8].Array[0, 6]
        select new TagState(
            0,
            level switch
            {
                0 => null,
                1 => 2,
                _ => 4,
            },
            [
                .. carried
                    .Select(place => Tags.Tags.Select(tag => tag.Id!.Value).Concat(Foreign).ElementAt(place))
                    .Distinct(),
            ]
        )
        {
            WantedOfSets =
            [
                .. access > 0 ? [access == 1 ? "Quarantine" : "Watch"] : Array.Empty<string>(),
                .. service > 0 ? ["Loan"] : Array.Empty<string>(),
            ],
        };

    private static readonly Gen<TagState[]> Fleet = AnyDevice
        .Array[0, 30]
        .Select(devices => devices.Select((device, place) => device with { Device = 1000 - place }).ToArray());

    [Fact]
    public void One_plan_makes_all_sets_true_and_touches_no_foreign_tag() =>
        Gen.Select(Fleet, Gen.Int[1, 7])
            .Sample(
                (fleet, batch) =>
                {
                    var plan = TagPlanner.Plan(fleet, Tags, batch);
                    var after = Sent(plan.Calls, fleet);

                    foreach (var (before, now) in fleet.Zip(after))
                    {
                        var ours = now.CurrentTags.Select(Tags.Owned).OfType<OwnedTag>().ToList();
                        Assert.Equal(Wanted(before), ours.Select(tag => tag.Name).Order(StringComparer.Ordinal));
                        Assert.Equal(ours.Count, ours.DistinctBy(tag => tag.Set).Count());
                        Assert.Equal(
                            before.CurrentTags.Where(Foreign.Contains).Order(),
                            now.CurrentTags.Where(Foreign.Contains).Order()
                        );
                    }

                    Assert.DoesNotContain(plan.Calls, call => Foreign.Contains(call.Tag.Id!.Value));
                    Assert.Empty(TagPlanner.Plan(after, Tags, batch).Calls);
                    Assert.Equal(plan.Calls.SelectMany(call => call.Devices).Distinct().Count(), plan.ChangedDevices);
                }
            );

    [Fact]
    public void Broken_off_anywhere_a_device_has_a_tag_of_each_set_that_it_had_one_of_and_wants_one_of() =>
        Gen.Select(Fleet, Gen.Int[0, 60])
            .Sample(
                (fleet, sent) =>
                {
                    var plan = TagPlanner.Plan(fleet, Tags, batchSize: 3);
                    var actions = plan.Calls.Select(call => call.Action).ToList();
                    Assert.Equal(actions.OrderBy(action => action), actions); // Adds, then removals.

                    foreach (var (before, now) in fleet.Zip(Sent(plan.Calls.Take(sent), fleet)))
                    {
                        foreach (var set in new[] { null, "Access", "Service" })
                        {
                            Assert.True(!Has(before, set) || !Wants(before, set) || Has(now, set), $"{before}: {set}");
                        }
                    }
                }
            );

    [Fact]
    public void What_failed_for_one_set_keeps_the_old_tag_of_that_set_alone()
    {
        var moves = new TagState(1, 4, [11, 22, 91]) { WantedOfSets = ["Quarantine"] };
        var plan = TagPlanner.Plan([moves, moves with { Device = 2 }], Tags);

        var rest = TagPlanner.WithoutRemovalsOf(plan, new HashSet<FailedAdd> { new(1, "Access") });

        Assert.Equal(
            ["Add 12: 1,2", "Add 21: 1,2", "Remove 91: 1,2", "Remove 22: 2", "Remove 11: 1,2"],
            rest.Calls.Select(call => $"{call.Action} {call.Tag.Id}: {string.Join(',', call.Devices)}")
        );
    }

    [Fact]
    public void A_tag_that_came_into_the_policy_meanwhile_waits_for_the_next_plan()
    {
        var plan = TagPlanner.Plan([new(1, 4, [12]) { WantedOfSets = ["Brand new"] }], Tags);

        Assert.Equal((0, 0), (plan.Calls.Count, plan.ChangedDevices));
    }

    [Fact]
    public void Two_tags_of_one_set_are_never_wanted() =>
        Assert.Throws<ArgumentException>(() =>
            TagPlanner.Plan([new(1, null, []) { WantedOfSets = ["Quarantine", "Watch"] }], Tags)
        );

    [Fact]
    public void A_preview_counts_a_device_once_and_each_tag_by_itself()
    {
        var preview = TagPreview.Of(
            TagPlanner.Plan([new(1, 4, [11, 22]) { WantedOfSets = ["Quarantine", "Loan"] }], Tags)
        );

        Assert.Equal((1, 1, 1), (preview.Adds, preview.Removals, preview.ChangedDevices));
        Assert.Equal(
            ["12: 1, 0", "21: 1, 0", "31: 1, 0", "22: 0, 1", "11: 0, 1"],
            preview.PerTag.Select(line => $"{line.Tag.Id}: {line.Adds}, {line.Removals}")
        );
    }

    private static IEnumerable<string> Wanted(TagState device) =>
        device
            .WantedOfSets.Concat(device.WantedLevel is { } level ? [Tags.ForLevel(level)!.Name] : [])
            .Order(StringComparer.Ordinal);

    private static bool Has(TagState device, string? set) =>
        device.CurrentTags.Select(Tags.Owned).OfType<OwnedTag>().Any(tag => tag.Set == set);

    private static bool Wants(TagState device, string? set) =>
        set is null ? device.WantedLevel is not null : device.WantedOfSets.Any(name => Tags.OfSet(name)!.Set == set);

    private static TagState[] Sent(IEnumerable<TagCall> calls, IEnumerable<TagState> fleet)
    {
        var tags = fleet.ToDictionary(device => device.Device, device => device.CurrentTags.ToHashSet());
        foreach (var call in calls)
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
}
