using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.WorkspaceOne.Emulator.Tests.Facts;

/// <summary>Section 2.8: commands.</summary>
public sealed class CommandFacts
{
    private const string Bulk = "mdm/devices/commands/bulk?command=EnterpriseWipe&searchby=Udid";

    [Fact]
    public async Task A_command_is_202_with_a_length_of_0()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen);
        var device = visitor.Host.Reporting(DevicePlatform.Ios);
        using var response = await visitor.SendAsync("POST", $"mdm/devices/{device.Id}/commands?command=Lock");
        Assert.Equal(202, (int)response.StatusCode);
        Assert.Equal(0, response.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task A_command_s_name_is_taken_in_any_case()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen);
        var device = visitor.Host.Reporting(DevicePlatform.Ios);
        var path = $"mdm/devices/{device.Id}/commands?command=CustomMDMCommand";
        using var response = await visitor.SendAsync("POST", path, new { CommandXml = "<dict></dict>" });
        Assert.Equal(202, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_bulk_command_leaves_Faults_out_when_all_were_accepted()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen);
        var result = await visitor.ReadAsync("POST", Bulk, Values(visitor.Host.Reporting().Udid));
        Assert.Equal(["TotalItems", "AcceptedItems", "FailedItems"], result.Names());
    }

    [Fact]
    public async Task A_bulk_command_succeeds_although_one_device_failed()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen);
        var result = await visitor.ReadAsync("POST", Bulk, Values(visitor.Host.Reporting().Udid, "none"));
        var fault = result.GetProperty("Faults").GetProperty("Fault")[0];
        Assert.Equal(404, fault.GetProperty("ErrorCode").GetInt32());
        Assert.Equal("none", fault.GetProperty("ItemValue").GetString());
        Assert.Equal("Device Not Found", fault.GetProperty("Message").GetString());
    }

    [Fact]
    public async Task A_bulk_command_for_one_unknown_device_is_404()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen);
        await Visitor.RefusedAsync(
            await visitor.SendAsync("POST", Bulk, Values("none")),
            404,
            404,
            "Devices provided in the input could not be found or not enrolled or user does not have access."
        );
    }

    private static object Values(params string[] values) => new { BulkValues = new { Value = values } };
}
