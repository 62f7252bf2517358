using Picket.WorkspaceOne.Emulator.Tests.Facts;

namespace Picket.WorkspaceOne.Emulator.Tests.Routes;

/// <summary>An account sees its own group and what is below; "no access" and "not there" look alike.</summary>
public sealed class ScopeTests
{
    private static readonly EmulatorOptions Africa = new()
    {
        Devices = 400,
        Role = "Console Administrator",
        OrganizationGroup = "nw-africa",
    };

    [Fact]
    public async Task Hides_users_and_devices_of_other_groups()
    {
        await using var visitor = await Visitor.ComeAsync(Africa);
        var own = visitor.Host.OrganizationGroup;
        var foreign = visitor.Host.Fleet.All.First(device => !visitor.Host.Groups.IsWithin(device.Group, own.Index));
        Assert.Equal(404, (int)(await visitor.GetAsync($"mdm/devices/{foreign.Id}")).StatusCode);
        Assert.Equal(404, (int)(await visitor.GetAsync($"mdm/devices?searchby=Udid&id={foreign.Udid}")).StatusCode);
        using var change = await visitor.SendAsync("PUT", $"mdm/devices/{foreign.Id}", new { AssetNumber = "1" });
        Assert.Equal(404, (int)change.StatusCode);
        var seen = await visitor.ReadAsync("system/users/search?pagesize=500");
        Assert.All(
            seen.GetProperty("Users").EnumerateArray(),
            user => Assert.Contains("Africa", user.GetProperty("Group").GetString())
        );
    }

    [Fact]
    public async Task Lets_nobody_reach_above_the_own_group()
    {
        await using var visitor = await Visitor.ComeAsync(Africa);
        var top = visitor.Host.Groups.Customer;
        using var group = await visitor.GetAsync($"system/groups/{top.Id}");
        using var smart = await visitor.GetAsync("mdm/smartgroups/30011");
        using var app = await visitor.GetAsync("mam/apps/public/2001");
        using var made = await visitor.PostAsync($"system/groups/{top.Id}", new { Name = "Depot" }, 2);
        Assert.Equal([404, 400, 401, 400], new[] { group, smart, app, made }.Select(answer => (int)answer.StatusCode));
    }
}
