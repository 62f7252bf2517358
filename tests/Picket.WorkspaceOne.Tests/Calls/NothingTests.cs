using System.Net;
using Picket.WorkspaceOne.Tests.Support;

namespace Picket.WorkspaceOne.Tests.Calls;

/// <summary>Forms of nothing and of too little: taken where they are harmless, refused where they would be a proof.</summary>
public sealed class NothingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("""{"DeviceFriendlyName":"without an id"}""")]
    public async Task Takes_a_success_without_the_device_neither_for_a_device_nor_for_its_absence(string body)
    {
        var server = Server(body);
        using var client = Clients.For(server);

        var failure = await Record.ExceptionAsync(() => client.Devices.GetAsync(5, Cancel));

        Assert.Equal(FailureStage.Parse, Assert.IsType<WorkspaceOneException>(failure).Stage);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("[null]")]
    [InlineData("""[{"Id":{"Value":571},"Name":"a child"}]""")]
    public async Task Takes_a_tree_without_its_root_for_no_tree(string body)
    {
        var server = Server(body);
        using var client = Clients.For(server);

        var failure = await Record.ExceptionAsync(() => client.OrganizationGroups.ChildrenAsync(570, Cancel));

        Assert.Contains(
            "the group itself",
            Assert.IsType<WorkspaceOneException>(failure).Reason,
            StringComparison.Ordinal
        );
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Reads_a_tree_with_null_rows()
    {
        using var client = Clients.For(Server("""[null,{"Id":{"Value":570}},null,{"Id":{"Value":571}}]"""));

        var tree = await client.OrganizationGroups.ChildrenAsync(570, Cancel);

        Assert.Equal([570, 571], tree.Select(group => group.Id));
    }

    [Theory]
    [InlineData("""[{"Id":1}]""")]
    [InlineData("\"nothing\"")]
    [InlineData("17")]
    public async Task Refuses_another_form_at_once(string body)
    {
        var server = Server(body);
        using var client = Clients.For(server);

        var failure = await Assert.ThrowsAsync<WorkspaceOneException>(() =>
            client.Devices.Search().ReadAllAsync(Cancel)
        );

        Assert.Equal(FailureStage.Parse, failure.Stage);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Reads_null_lists_as_empty_and_leaves_null_rows_out()
    {
        const string Admins = """{"admins":[{"uuid":"3f0c8a58-6a0c-4b0e-9a39-0f6f62f1c003","roles":null}],"Total":1}""";
        using var admins = Clients.For(Server(Admins));
        using var smart = Clients.For(Server("""{"Devices":null}"""));
        using var tagged = Clients.For(Server("""{"Device":[null,{"DeviceId":5}]}"""));
        using var tags = Clients.For(Server("""{"Tags":[null]}"""));
        using var faults = Clients.For(Server("""{"TotalItems":1,"Faults":{"Fault":[null,{"ItemValue":"5"}]}}"""));
        using var compliance = Clients.For(Server("""{"DeviceCompliance":null}"""));
        using var info = Clients.For(Server("""{"Resources":{"Workspaces":[null]}}"""));

        Assert.Empty(Assert.Single((await admins.Administrators.Search().ReadAllAsync(Cancel)).Items).Roles);
        Assert.Empty(await smart.SmartGroups.DevicesAsync(5, Cancel));
        Assert.Equal(5, Assert.Single(await tagged.Tags.DevicesAsync(5, Cancel)).DeviceId);
        Assert.Empty(await tags.Devices.TagsAsync(Guid.NewGuid(), Cancel));
        Assert.Equal("5", Assert.Single((await faults.Tags.AddDevicesAsync(5, [5], Cancel)).Faults).ItemValue);
        Assert.Empty((await compliance.Devices.ComplianceAsync(5, Cancel)).DeviceCompliance);
        Assert.Empty((await info.GetSystemInfoAsync(Cancel)).Resources!.Workspaces);
    }

    [Fact]
    public async Task Says_that_a_listing_with_a_null_row_is_incomplete()
    {
        using var client = Clients.For(Server("""{"Devices":[null,{"Id":2}],"Total":2}"""));

        var result = await client.Devices.Search().ReadAllAsync(Cancel);

        Assert.Equal(2, Assert.Single(result.Items).Id);
        Assert.False(result.Report.Complete);
    }

    private static ScriptedServer Server(string body) =>
        new((_, _) => body.Length == 0 ? new HttpResponseMessage(HttpStatusCode.NoContent) : ScriptedServer.Json(body));
}
