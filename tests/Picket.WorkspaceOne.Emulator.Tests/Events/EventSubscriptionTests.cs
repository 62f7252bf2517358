using Picket.WorkspaceOne.Emulator.Access;

namespace Picket.WorkspaceOne.Emulator.Tests.Events;

/// <summary>Subscriptions over the API, by number and by uuid.</summary>
public sealed class EventSubscriptionTests
{
    private const string Path = "system/eventnotifications";

    private static readonly object Body = new
    {
        TargetName = "picket",
        TargetUrl = "https://picket.example/hooks/uem",
        Username = "hook",
        Password = "never told",
        Format = "Json",
        IsActive = true,
        DeviceEvents = new { Enrollment = true, DeviceAttributes = new { OperatingSystem = true } },
    };

    [Fact]
    public async Task Is_made_read_changed_and_deleted_by_number()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen);
        using var made = await visitor.PostAsync(Path, Body);
        var answer = await Visitor.BodyAsync(made);
        var id = answer.GetProperty("Value").GetInt32();
        Assert.True(answer.TryGetProperty("uuid", out _));
        var read = await visitor.ReadAsync($"{Path}/{id}");
        Assert.Equal("picket", read.GetProperty("TargetName").GetString());
        Assert.True(read.GetProperty("DeviceEvents").GetProperty("Enrollment").GetBoolean());
        Assert.False(read.GetProperty("DeviceEvents").GetProperty("Wipe").GetBoolean());
        var attributes = read.GetProperty("DeviceEvents").GetProperty("DeviceAttributes");
        Assert.True(attributes.GetProperty("OperatingSystem").GetBoolean());
        Assert.DoesNotContain("never told", read.ToString());

        using var changed = await visitor.SendAsync(
            visitor.Request($"{Path}/{id}", 1, HttpMethod.Put, new { IsActive = false })
        );
        Assert.Equal(204, (int)changed.StatusCode);
        Assert.False((await visitor.ReadAsync($"{Path}/{id}")).GetProperty("IsActive").GetBoolean());
        using var deleted = await visitor.SendAsync(visitor.Request($"{Path}/{id}", 1, HttpMethod.Delete));
        Assert.Equal(200, (int)deleted.StatusCode);
        Assert.Equal(404, (int)(await visitor.GetAsync($"{Path}/{id}")).StatusCode);
    }

    [Theory]
    [InlineData(Path)]
    [InlineData(Path + "/V2/eventnotifications")]
    public async Task Is_made_and_found_by_uuid(string path)
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen);
        using var made = await visitor.PostAsync(path, Body, 2);
        var uuid = (await Visitor.BodyAsync(made)).GetProperty("uuid").GetGuid();
        Assert.True((await Visitor.BodyAsync(made)).TryGetProperty("id", out _));
        Assert.Equal(uuid, (await visitor.ReadAsync($"{path}/{uuid}", 2)).GetProperty("uuid").GetGuid());
        var found = await visitor.ReadAsync($"{path}/search?targetname=PICK", 2);
        Assert.Equal(1, found.GetProperty("TotalResults").GetInt32());
        Assert.Equal(
            0,
            (await visitor.ReadAsync($"{path}/search?status=Inactive", 2)).GetProperty("TotalResults").GetInt32()
        );
    }

    [Fact]
    public async Task Refuses_what_it_cannot_keep()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen);
        await visitor.PostAsync(Path, Body);
        using var twice = await visitor.PostAsync(Path, Body);
        await Visitor.RefusedAsync(twice, 400, 6, "An event notification with the same name already exists.");
        using var nowhere = await visitor.PostAsync(Path, new { TargetName = "x", TargetUrl = "file:///etc/passwd" });
        Assert.Equal(400, (int)nowhere.StatusCode);
        using var noGroup = await visitor.PostAsync(
            Path,
            new
            {
                TargetName = "x",
                TargetUrl = "https://x.example",
                organizationGroupId = 1,
            }
        );
        await Visitor.RefusedAsync(
            noGroup,
            404,
            8,
            "Requested Organization Group was not found or user is not authorized to access it."
        );
        using var missing = await visitor.SendAsync(visitor.Request($"{Path}/9", 1, HttpMethod.Delete));
        await Visitor.RefusedAsync(
            missing,
            400,
            6,
            "Requested Event Notification was not found or user is not authorized to access it."
        );
    }

    [Fact]
    public async Task Needs_the_right_to_edit_settings()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen);
        visitor.Host.Take(new Right(Rows.System, RightMode.Edit));
        Assert.Equal(403, (int)(await visitor.PostAsync(Path, Body)).StatusCode);
        Assert.Equal(200, (int)(await visitor.GetAsync($"{Path}/search")).StatusCode);
    }
}
