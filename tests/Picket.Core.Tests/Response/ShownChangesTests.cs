using CsCheck;
using Picket.Core.Response;

namespace Picket.Core.Tests.Response;

/// <summary>Of a plan goes what a person was shown: nothing else, and no device by halves.</summary>
public sealed class ShownChangesTests
{
    private static readonly OwnedTag[] Tags = [new(1, "Secure", 1), new(2, "Medium", 2), new(null, "High", 3)];

    private static readonly Gen<TagCall> Call =
        from action in Gen.Enum<TagAction>()
        from tag in Gen.Int[0, 2].Select(at => Tags[at])
        from devices in Gen.Long[1, 9].HashSet[1, 5]
        select new TagCall(action, tag, [.. devices]);

    private static readonly Gen<TagPlan> Plan =
        from calls in Call.List[0, 6]
        select new TagPlan(
            [.. calls.Select(call => call.Tag).Where(tag => tag.Id is null).Distinct()],
            calls,
            calls.SelectMany(call => call.Devices).Distinct().Count()
        );

    [Fact]
    public void A_device_goes_with_all_that_is_planned_for_it_or_waits_with_all_of_it() =>
        Gen.Select(Plan, Plan)
            .Sample(
                (shown, plan) =>
                {
                    var seen = ShownChanges.Of(shown).ToHashSet();
                    var (goes, waiting) = ShownChanges.Restrict(plan, seen);

                    var going = ShownChanges.Of(goes).ToHashSet();
                    Assert.Subset(seen, going);
                    var devices = going.Select(change => change.Device).ToHashSet();
                    var planned = ShownChanges.Of(plan).ToLookup(change => change.Device);
                    Assert.All(devices, device => Assert.Subset(going, planned[device].ToHashSet()));
                    // Nothing that was shown whole is left behind.
                    Assert.All(
                        planned,
                        device => Assert.Equal(device.All(seen.Contains), devices.Contains(device.Key))
                    );
                    Assert.Equal((planned.Count - devices.Count, devices.Count), (waiting, goes.ChangedDevices));
                    Assert.Equal(
                        goes.Calls.Select(call => call.Tag).Where(tag => tag.Id is null).ToHashSet(),
                        goes.TagsToMake.ToHashSet()
                    );
                }
            );

    [Fact]
    public void What_was_shown_goes_as_it_was_planned() =>
        Plan.Sample(plan => Assert.Equal((plan, 0), ShownChanges.Restrict(plan, ShownChanges.Of(plan).ToHashSet())));
}
