using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.WorkspaceOne.Tests.Emulated;

public sealed class TaggingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Makes_a_tag_sets_it_reads_it_back_and_takes_it_off()
    {
        await using var uem = await Uem.StartAsync();
        var client = uem.Client();
        var devices = (await client.Devices.Search(uem.Group).ReadAllAsync(Cancel)).Items.Take(5).ToList();
        int[] ids = [.. devices.Select(device => device.Id)];

        var tag = await client.Tags.CreateAsync(uem.Group, "Picket: High", Cancel);
        var set = await client.Tags.AddDevicesAsync(tag, ids, Cancel);
        var again = await client.Tags.AddDevicesAsync(tag, [ids[0]], Cancel);
        var carriers = await client.Tags.DevicesAsync(tag, Cancel);
        var tags = await client.Devices.TagsAsync(devices[0].Uuid!.Value, Cancel);
        var taken = await client.Tags.RemoveDevicesAsync(tag, ids, Cancel);

        Assert.Equal((5, 0), (set.AcceptedItems, set.FailedItems));
        Assert.Equal((400, $"{ids[0]}"), (Assert.Single(again.Faults).ErrorCode, again.Faults[0].ItemValue));
        Assert.Equal(ids.Order(), carriers.Select(device => device.DeviceId).Order());
        Assert.Contains(tags, one => one.Name == "Picket: High");
        Assert.Equal(5, taken.AcceptedItems);
        Assert.Empty(await client.Tags.DevicesAsync(tag, Cancel));
        Assert.Contains((await client.Tags.Search(uem.Group).ReadAllAsync(Cancel)).Items, one => one.Id == tag);
    }

    [Fact]
    public async Task Never_makes_a_tag_twice_when_the_answer_is_lost_and_it_can_be_found_again()
    {
        await using var uem = await Uem.StartAsync();
        uem.Break(
            new FaultRule
            {
                Action = FaultAction.LoseAnswer,
                Method = "POST",
                Times = 1,
            }
        );
        var client = uem.Client();

        await Assert.ThrowsAsync<AmbiguousOutcomeException>(() =>
            client.Tags.CreateAsync(uem.Group, "Picket: Low", Cancel)
        );
        var found = await client.Tags.Search(uem.Group, "Picket: Low").ReadAllAsync(Cancel);

        Assert.Equal("Picket: Low", Assert.Single(found.Items).Name);
        Assert.Equal(1, uem.Host.RequestLog.Count("POST mdm/tags/addtag"));
    }

    [Fact]
    public async Task Sets_a_tag_again_when_the_answer_is_lost()
    {
        await using var uem = await Uem.StartAsync();
        var client = uem.Client();
        var device = (await client.Devices.Search(uem.Group).ReadAllAsync(Cancel)).Items[0].Id;
        var tag = await client.Tags.CreateAsync(uem.Group, "Picket: Secure", Cancel);
        uem.Break(
            new FaultRule
            {
                Action = FaultAction.LoseAnswer,
                Path = "adddevices",
                Times = 1,
            }
        );

        var result = await client.Tags.AddDevicesAsync(tag, [device], Cancel);

        // The first request was acted on, so the second finds the tag set: a fault that means success.
        Assert.Equal(400, Assert.Single(result.Faults).ErrorCode);
        Assert.Equal(device, Assert.Single(await client.Tags.DevicesAsync(tag, Cancel)).DeviceId);
    }

    [Fact]
    public async Task Names_a_batch_over_the_limit_a_missing_tag_and_a_missing_right()
    {
        await using var uem = await Uem.StartAsync();
        uem.Host.Tags.BulkLimit = 3;
        var client = uem.Client();
        var tag = await client.Tags.CreateAsync(uem.Group, "Picket: Medium", Cancel);

        await Assert.ThrowsAsync<OverBulkLimitException>(() => client.Tags.AddDevicesAsync(tag, [1, 2, 3, 4], Cancel));
        await Assert.ThrowsAsync<NotFoundException>(() => client.Tags.AddDevicesAsync(999_999, [1], Cancel));
        var account = uem.Host.Access.Account(uem.Host.Credentials.Account);
        account.Role = uem.Host.Access.Role("Read Only");
        await Assert.ThrowsAsync<PermissionMissingException>(() => client.Tags.CreateAsync(uem.Group, "x", Cancel));
    }
}
