using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.WorkspaceOne.Emulator.Tests.Commands;

/// <summary>Mass wipes are held back and wait for an approval.</summary>
public sealed class WipeLockTests
{
    [Fact]
    public async Task One_wipe_too_many_is_held_until_it_is_approved()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen with { WipeLimit = 2 });
        var root = visitor.Host.Groups.Customer.Uuid;
        var devices = await WipeAsync(visitor, 3);
        Assert.Equal("LOCKED", await LockAsync(visitor, root));
        Assert.Equal("EnterpriseWipePending", await visitor.StatusAsync(devices[1]));
        Assert.Equal("Enrolled", await visitor.StatusAsync(devices[2]));

        var held = await visitor.ReadAsync($"system/groups/{root}/device-wipes?wipe_status=HELD");
        Assert.Equal(1, held.GetProperty("total_count").GetInt32());
        var wipe = held.GetProperty("device_wipes")[0];
        Assert.Equal(devices[2].Uuid, wipe.GetProperty("device_uuid").GetGuid());
        Assert.Equal("ENTERPRISE_WIPE", wipe.GetProperty("wipe_type").GetString());
        using var approved = await visitor.PostAsync(
            $"system/groups/{root}/device-wipes?action=APPROVE",
            new[] { wipe.GetProperty("uuid").GetGuid() }
        );

        Assert.Equal(202, (int)approved.StatusCode);
        Assert.Equal("EnterpriseWipePending", await visitor.StatusAsync(devices[2]));
        visitor.Host.WaitForCheckIn();
        Assert.Equal("Unenrolled", await visitor.StatusAsync(devices[2]));
        var all = await visitor.ReadAsync($"system/groups/{root}/device-wipes?sort_direction=DESC");
        Assert.Equal("APPROVED", all.GetProperty("device_wipes")[0].GetProperty("status").GetString());
        Assert.Equal(3, all.GetProperty("total_count").GetInt32());
    }

    [Fact]
    public async Task A_rejected_wipe_never_reaches_the_device_and_the_lock_can_be_released()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen);
        var root = visitor.Host.Groups.Customer;
        visitor.Host.WipeLock.Set(root.Index, on: true);
        var device = (await WipeAsync(visitor, 1))[0];
        var wipes = await visitor.ReadAsync($"system/groups/{root.Uuid}/device-wipes");
        var uuid = wipes.GetProperty("device_wipes")[0].GetProperty("uuid").GetGuid();
        await visitor.PostAsync($"system/groups/{root.Uuid}/device-wipes?action=REJECT", new[] { uuid });
        using var released = await visitor.SendAsync(
            visitor.Request($"system/groups/{root.Uuid}/device-wipe-lock", 1, HttpMethod.Put)
        );
        visitor.Host.WaitForCheckIn();
        Assert.Equal(204, (int)released.StatusCode);
        Assert.Equal("UNLOCKED", await LockAsync(visitor, root.Uuid));
        Assert.Equal("Enrolled", await visitor.StatusAsync(device));
    }

    [Fact]
    public async Task Refuses_as_documented()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen);
        var wipes = $"system/groups/{visitor.Host.Groups.Customer.Uuid}/device-wipes";
        var stranger = Guid.NewGuid();
        using var action = await visitor.PostAsync($"{wipes}?action=PONDER", new[] { stranger });
        await Visitor.RefusedAsync(action, 400, 5181, "Invalid actions. Valid actions are APPROVE, REJECT.");
        using var none = await visitor.PostAsync(wipes, Array.Empty<Guid>());
        await Visitor.RefusedAsync(none, 400, 5182, "The list of device wipe uuids must be specified.");
        using var many = await visitor.PostAsync(wipes, Enumerable.Repeat(stranger, 101));
        await Visitor.RefusedAsync(many, 400, 5183, "Number of device wipe uuids should not exceed 100.");
        using var unknown = await visitor.PostAsync(wipes, new[] { stranger });
        await Visitor.RefusedAsync(unknown, 404, 5184, $"Server action uuids - {stranger} is not found.");
        using var nowhere = await visitor.GetAsync($"system/groups/{stranger}/device-wipe-lock");
        await Visitor.RefusedAsync(nowhere, 404, 5177, $"Organization group Uuid - {stranger} is not found.");
    }

    private static async Task<List<Device>> WipeAsync(Visitor visitor, int count)
    {
        var devices = visitor
            .Host.Fleet.All.Where(device => device is { IsEnrolled: true, SilentSince: null })
            .Take(count)
            .ToList();
        foreach (var device in devices)
        {
            using var sent = await visitor.PostAsync(
                $"mdm/devices/{device.Id}/commands?command=EnterpriseWipe",
                new { }
            );
            Assert.Equal(202, (int)sent.StatusCode);
        }

        return devices;
    }

    private static async Task<string?> LockAsync(Visitor visitor, Guid group) =>
        (await visitor.ReadAsync($"system/groups/{group}/device-wipe-lock")).GetProperty("state").GetString();
}
