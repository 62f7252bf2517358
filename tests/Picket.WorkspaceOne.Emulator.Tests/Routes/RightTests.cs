using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Routes;

namespace Picket.WorkspaceOne.Emulator.Tests.Routes;

/// <summary>Every route asks for its right before it looks at anything else.</summary>
public sealed class RightTests
{
    [Fact]
    public async Task Refuses_every_route_to_a_role_without_rights()
    {
        await using var visitor = await Visitor.ComeAsync(new() { Devices = 5 });
        var nobody = visitor.Host.Access.Role(SeededRoles.WithTags);
        foreach (var right in nobody.Rights.ToList())
        {
            nobody.Revoke(right);
        }

        foreach (var route in AllRoutes.Table().Routes.Where(route => route.Need.Right is not null))
        {
            var path = string.Join('/', route.Template.Split('/').Select(part => part.StartsWith('{') ? "1" : part));
            using var request = visitor.Request(path, route.Versions.Keys[0], new HttpMethod(route.Method));
            using var response = await visitor.SendAsync(request);
            var name = $"{route.Method} {route.Template}";
            Assert.True((int)response.StatusCode == 403, $"{name}: {(int)response.StatusCode}");
            var body = await Visitor.BodyAsync(response);
            Assert.Equal(route.Need.RefusalCode, body.GetProperty("errorCode").GetInt32());
            Assert.Equal(route.Need.Right!.ToString(), visitor.Host.RequestLog.Entries[^1].MissingRight);
        }
    }

    [Fact]
    public async Task Lets_nobody_write_who_may_only_read()
    {
        await using var visitor = await Visitor.ComeAsync(new() { Devices = 5, Role = "Read Only" });
        var group = visitor.Host.Groups.Customer;
        using var read = await visitor.GetAsync($"system/groups/{group.Id}");
        using var write = await visitor.PostAsync($"system/groups/{group.Id}", new { Name = "Depot" }, 2);
        Assert.Equal(200, (int)read.StatusCode);
        Assert.Equal(403, (int)write.StatusCode);
        Assert.Equal($"{Rows.Groups}: Edit", visitor.Host.RequestLog.Entries[^1].MissingRight);
    }
}
