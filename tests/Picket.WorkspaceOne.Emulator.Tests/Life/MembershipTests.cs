using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.WorkspaceOne.Emulator.Tests.Life;

/// <summary>Smart groups are worked out in the background: their members follow a change after the delay.</summary>
public sealed class MembershipTests
{
    private static readonly TimeSpan Delay = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Follows_a_change_of_ownership_after_the_delay()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen with { MembershipDelay = Delay });
        var device = visitor.Host.Fleet.All.First(item => item is { IsEnrolled: true, Ownership: "C" });
        visitor.Host.Fleet.Change(device.Id, had => had with { Ownership = "E" });

        Assert.True(await HasAsync(visitor, "Corporate Dedicated", device));
        Assert.False(await HasAsync(visitor, "Employee Owned", device));
        visitor.Host.Clock.Step(Delay);
        Assert.False(await HasAsync(visitor, "Corporate Dedicated", device));
        Assert.True(await HasAsync(visitor, "Employee Owned", device));
    }

    [Fact]
    public async Task Follows_a_tag_after_the_delay_and_lets_go_of_it_as_late()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen with { MembershipDelay = Delay });
        var device = visitor.Host.Reporting();
        var tag = visitor.Host.Tags.Create("Picket: high", 0);
        using var made = await visitor.PostAsync(
            "mdm/smartgroups",
            new
            {
                Name = "Risky",
                ManagedByOrganizationGroupId = visitor.Host.Groups.Customer.Id,
                Tags = new[] { new { Id = $"{tag.Id}", tag.Name } },
            }
        );
        Assert.Equal(201, (int)made.StatusCode);
        visitor.Host.Tags.Attach(tag, device);
        Assert.False(await HasAsync(visitor, "Risky", device));
        visitor.Host.Clock.Step(Delay);
        Assert.True(await HasAsync(visitor, "Risky", device));
        visitor.Host.Tags.Detach(tag, device);
        Assert.True(await HasAsync(visitor, "Risky", device));
        visitor.Host.Clock.Step(Delay);
        Assert.False(await HasAsync(visitor, "Risky", device));
    }

    private static async Task<bool> HasAsync(Visitor visitor, string group, Device device)
    {
        var found = await visitor.ReadAsync($"mdm/smartgroups/search?name={group}");
        var id = found.GetProperty("SmartGroups")[0].GetProperty("SmartGroupID").GetInt32();
        using var answer = await visitor.GetAsync($"mdm/smartgroups/{id}/devices");
        return (int)answer.StatusCode == 200
            && (await Visitor.BodyAsync(answer))
                .GetProperty("Devices")
                .EnumerateArray()
                .Any(item => item.GetProperty("Id").GetString() == $"{device.Id}");
    }
}
