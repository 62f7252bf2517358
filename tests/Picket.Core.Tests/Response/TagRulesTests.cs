using CsCheck;
using Picket.Core.Policy;
using Picket.Core.Response;

namespace Picket.Core.Tests.Response;

public sealed class TagRulesTests
{
    private static readonly OwnedTag Tag = new(11, "Picket High", 3);

    [Fact]
    public void Recuts_a_refused_batch_without_losing_or_doubling_a_device() =>
        Gen.Select(Gen.Int[2, 60], Gen.Int[1, 20])
            .Sample(
                (devices, batch) =>
                {
                    var calls = TagBatches
                        .Split(new(TagAction.Add, Tag, [.. Enumerable.Range(0, devices).Select(id => (long)id)]), batch)
                        .ToList();
                    var half = TagBatches.Halve(calls[0].Devices.Count);
                    if (half is null)
                    {
                        return;
                    }

                    var recut = TagBatches.Recut(calls[0], calls.Skip(1), half.Value);

                    Assert.Equal(
                        Enumerable.Range(0, devices).Select(id => (long)id),
                        recut.SelectMany(call => call.Devices).Order()
                    );
                    Assert.All(recut, call => Assert.InRange(call.Devices.Count, 1, half.Value));
                    Assert.True(half.Value < calls[0].Devices.Count);
                }
            );

    [Theory]
    [InlineData(500, 250)]
    [InlineData(3, 2)]
    [InlineData(2, 1)]
    public void Halves_until_one_is_left(int size, int half) => Assert.Equal(half, TagBatches.Halve(size));

    [Fact]
    public void Gives_up_when_one_device_is_too_many() => Assert.Null(TagBatches.Halve(1));

    [Theory]
    [InlineData(51, 1000, null, true)]
    [InlineData(50, 1000, null, false)]
    [InlineData(900, 1000, 900, false)]
    [InlineData(901, 1000, 900, true)]
    [InlineData(5, 10, null, false)]
    [InlineData(6, 10, null, true)]
    [InlineData(0, 0, null, false)]
    public void Holds_a_run_that_changes_too_many(int changed, int fleet, int? accepted, bool held) =>
        Assert.Equal(held, new TagBrake().Check(changed, fleet, accepted) is BrakeOutcome.Held);

    [Theory]
    [InlineData(10, 40, null, false)]
    [InlineData(10, 41, null, true)]
    [InlineData(0, 500, null, false)]
    [InlineData(3, 3, null, false)]
    [InlineData(10, 500, 10, false)]
    public void Counts_what_changed_within_the_hour_along(int changed, int recent, int? accepted, bool held) =>
        Assert.Equal(held, new TagBrake().Check(changed, 1000, accepted, recent) is BrakeOutcome.Held);

    [Fact]
    public void The_smallest_fleet_in_which_so_many_may_change_is_the_smallest() =>
        Gen.Select(Gen.Double[0, 1], Gen.Int[0, 20], Gen.Int[1, 100_000])
            .Sample(
                (share, always, within) =>
                {
                    var brake = new TagBrake(share, always);
                    var least = brake.LeastFleet(within);
                    Assert.True(least is null || brake.Allowed(least.Value) >= within);
                    Assert.True(brake.Allowed((least ?? int.MaxValue) - 1) < within || least == 0);
                }
            );

    [Theory]
    [InlineData(0.05, 60, 1200)]
    [InlineData(1, 80, 80)]
    [InlineData(0.05, 5, 0)]
    [InlineData(0, 6, null)]
    public void So_many_may_change_in_a_fleet_of(double share, int within, int? fleet) =>
        Assert.Equal(fleet, new TagBrake(share).LeastFleet(within));

    [Theory]
    // Share, least, per run, share of a group; changed of 200, of which in the group of 20; held.
    [InlineData(0.05, 5, null, null, 10, 10, null)]
    [InlineData(0.05, 5, null, null, 11, 11, "5%")]
    [InlineData(0.10, 5, null, null, 20, 20, null)]
    [InlineData(0.005, 0, null, null, 2, 0, "0.5%")]
    [InlineData(0.0, 3, null, null, 3, 3, null)]
    [InlineData(0.0, 3, null, null, 4, 4, "0%")]
    [InlineData(1.0, 5, null, null, 200, 20, null)]
    [InlineData(0.05, 50, null, null, 50, 20, null)]
    [InlineData(1.0, 5, 30, null, 30, 20, null)]
    [InlineData(1.0, 5, 30, null, 31, 20, "the 30 of one run")]
    [InlineData(1.0, 5, 2, null, 3, 3, "the 2 of one run")]
    [InlineData(1.0, 5, null, 0.5, 40, 10, null)]
    [InlineData(1.0, 5, null, 0.5, 40, 11, "of Berlin")]
    [InlineData(1.0, 12, null, 0.5, 40, 12, null)]
    public void The_brake_asks_by_the_settings_of_the_integration(
        double share,
        int least,
        int? perRun,
        double? groupShare,
        int changed,
        int inGroup,
        string? held
    )
    {
        var brake = new TagBrake(share, least) { PerRun = perRun, GroupShare = groupShare };
        TagGroupChange[] groups = [new("Munich", 1, 100), new("Berlin", inGroup, 20)];

        var outcome = brake.Check(changed, 200, accepted: null, recent: 0, groups);

        Assert.Equal(held is not null, outcome is BrakeOutcome.Held);
        Assert.Contains(held ?? "", (outcome as BrakeOutcome.Held)?.Reason ?? "", StringComparison.Ordinal);
        // A person's word for as many lets it go on, whichever limit it is.
        Assert.IsType<BrakeOutcome.Go>(brake.Check(changed, 200, accepted: changed, recent: 0, groups));
    }

    [Theory]
    [InlineData(10, 0, null)]
    [InlineData(11, 0, "the 10 of an hour")]
    [InlineData(6, 5, "after 5 others within the last hour, more than the 10 of an hour")]
    public void Devices_of_an_hour_have_a_limit_of_their_own(int changed, int recent, string? held)
    {
        var brake = new TagBrake(1, 0) { PerHour = 10 };

        var outcome = brake.Check(changed, 200, accepted: null, recent) as BrakeOutcome.Held;

        Assert.Equal(held is not null, outcome is not null);
        Assert.Contains(held ?? "", outcome?.Reason ?? "", StringComparison.Ordinal);
    }

    [Theory]
    // Percent, per hour, per run; changed and recent of the 50 devices under the policy; held.
    [InlineData(10.0, null, null, 5, 0, null)]
    [InlineData(
        10.0,
        null,
        null,
        4,
        2,
        "\"Kiosks\" would change, after 2 others within the last hour, more than its 10%"
    )]
    [InlineData(0.0, null, null, 1, 0, "more than its 0%")]
    [InlineData(null, 3, null, 3, 0, null)]
    [InlineData(null, 3, null, 2, 2, "more than its 3 of an hour")]
    [InlineData(null, null, 3, 3, 40, null)]
    [InlineData(null, null, 3, 4, 0, "more than its 3 of one run")]
    public void A_policy_brakes_its_own_devices(
        double? percent,
        int? perHour,
        int? perRun,
        int changed,
        int recent,
        string? held
    )
    {
        TagPolicyChange[] policies =
        [
            new("Desks", new PolicyBrake(100, null, null), 90, 0, 90),
            new("Kiosks", new PolicyBrake(percent, perHour, perRun), changed, recent, 50),
        ];
        var brake = new TagBrake(1, 0);

        var outcome = brake.Check(90 + changed, 200, accepted: null, recent, policies: policies) as BrakeOutcome.Held;

        Assert.Equal(held is not null, outcome is not null);
        Assert.Contains(held ?? "", outcome?.Reason ?? "", StringComparison.Ordinal);
        Assert.IsType<BrakeOutcome.Go>(brake.Check(90 + changed, 200, 90 + changed, recent, policies: policies));
    }

    [Fact]
    public void Lets_no_more_devices_through_in_many_small_runs_than_in_one() =>
        Gen.Int[1, 60]
            .Array[1, 40]
            .Sample(runs =>
            {
                var brake = new TagBrake();
                var through = 0;
                foreach (var changed in runs)
                {
                    through += brake.Check(changed, 1000, null, through) is BrakeOutcome.Go ? changed : 0;
                }

                Assert.True(through <= 50);
            });

    [Theory]
    [InlineData(200, null, null, BulkOutcome.Answered)]
    [InlineData(400, 6, "Devices provided is more than Bulk settings for this action.", BulkOutcome.OverLimit)]
    [InlineData(400, 4, "Devices provided is more than Bulk settings for this action.", BulkOutcome.OverLimit)]
    [InlineData(422, null, "Devices provided is more than Bulk settings for this action.", BulkOutcome.OverLimit)]
    [InlineData(400, 6, "Invalid tag id", BulkOutcome.TagUnknown)]
    [InlineData(404, 404, "Devices provided in the input could not be found or not enrolled", BulkOutcome.AllUnknown)]
    [InlineData(403, 1011, "User doesn't have sufficient permissions", BulkOutcome.RightMissing)]
    [InlineData(424, 200012, "service down", BulkOutcome.TryLater)]
    [InlineData(429, null, null, BulkOutcome.TryLater)]
    [InlineData(503, null, null, BulkOutcome.Unclear)]
    [InlineData(401, 1005, "Invalid user credentials", BulkOutcome.SignInRefused)]
    [InlineData(418, null, null, BulkOutcome.Refused)]
    public void Tells_answers_to_a_bulk_call_apart(int status, int? code, string? message, BulkOutcome expected) =>
        Assert.Equal(expected, BulkAnswer.Classify(status, code, message));

    [Theory]
    [InlineData(BulkOutcome.SignInRefused, true)]
    [InlineData(BulkOutcome.RightMissing, true)]
    [InlineData(BulkOutcome.TagUnknown, true)]
    [InlineData(BulkOutcome.AllUnknown, false)]
    [InlineData(BulkOutcome.OverLimit, false)]
    public void Ends_a_run_whose_next_call_would_be_refused_as_well(BulkOutcome outcome, bool ends) =>
        Assert.Equal(ends, BulkAnswer.EndsTheRun(outcome));

    [Theory]
    [InlineData(400, "Tag is already assigned", DeviceOutcome.ReadBack)]
    [InlineData(
        400,
        "Device does not exist or Admin User does not have access to the Device.",
        DeviceOutcome.UnknownDevice
    )]
    [InlineData(404, null, DeviceOutcome.UnknownDevice)]
    [InlineData(1000, "Internal Server Error", DeviceOutcome.Failed)]
    public void Tells_faults_of_devices_apart(int code, string? message, DeviceOutcome expected) =>
        Assert.Equal(expected, BulkAnswer.Classify(new BulkFault(1, code, message)));

    [Fact]
    public void Reads_back_a_device_without_fault() => Assert.Equal(DeviceOutcome.ReadBack, BulkAnswer.Classify(null));

    [Theory]
    [InlineData(TagAction.Add, true, LedgerState.Confirmed)]
    [InlineData(TagAction.Add, false, LedgerState.Failed)]
    [InlineData(TagAction.Remove, false, LedgerState.Confirmed)]
    [InlineData(TagAction.Remove, true, LedgerState.Failed)]
    public void Confirms_what_reading_back_shows(TagAction action, bool carried, LedgerState expected) =>
        Assert.Equal(expected, BulkAnswer.Settle(action, carried));

    [Fact]
    public void Adopts_a_tag_only_when_it_was_made_by_us_or_we_were_told()
    {
        ListedTag[] listed = [new(5, "picket high "), new(6, "Other")];

        Assert.IsType<AdoptionDecision.Make>(Decide("Picket Low"));
        Assert.IsType<AdoptionDecision.Refuse>(Decide("Picket High"));
        Assert.IsType<AdoptionDecision.Use>(Decide("Picket High", made: 5));
        Assert.IsType<AdoptionDecision.Use>(Decide("Picket High", told: 5));
        Assert.IsType<AdoptionDecision.Refuse>(Decide("Picket High", made: 6));

        AdoptionDecision Decide(string name, long made = 0, long told = 0) =>
            TagAdoption.Decide(name, listed, new HashSet<long> { made }, new HashSet<long> { told });
    }
}
