using Picket.WorkspaceOne.Emulator.Commands;
using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.WorkspaceOne.Emulator.Tests.Commands;

/// <summary>The bulk route, in the forms that were recorded.</summary>
public sealed class BulkCommandTests
{
    private const string Wipe = "mdm/devices/commands/bulk?command=EnterpriseWipe&searchby=Serialnumber";

    [Fact]
    public async Task Accepts_all_without_faults()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen);
        var devices = visitor.Host.Fleet.All.Where(device => device.IsEnrolled).Take(3).ToList();
        using var answer = await visitor.PostAsync(Wipe, Of(devices.Select(device => device.SerialNumber)));
        Assert.Equal(200, (int)answer.StatusCode);
        var body = await Visitor.BodyAsync(answer);
        Assert.Equal(3, body.GetProperty("AcceptedItems").GetInt32());
        Assert.Equal(0, body.GetProperty("FailedItems").GetInt32());
        Assert.False(body.TryGetProperty("Faults", out _));
        foreach (var device in devices)
        {
            Assert.Equal("EnterpriseWipePending", await visitor.StatusAsync(device));
        }
    }

    [Fact]
    public async Task Names_the_device_that_failed_and_takes_the_others()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen with { BulkCommandStatus = 202 });
        var device = visitor.Host.Reporting();
        using var answer = await visitor.PostAsync(Wipe, Of([device.SerialNumber, "R0000000000"]));
        Assert.Equal(202, (int)answer.StatusCode);
        var body = await Visitor.BodyAsync(answer);
        Assert.Equal(2, body.GetProperty("TotalItems").GetInt32());
        Assert.Equal(1, body.GetProperty("AcceptedItems").GetInt32());
        var fault = body.GetProperty("Faults").GetProperty("Fault")[0];
        Assert.Equal(404, fault.GetProperty("ErrorCode").GetInt32());
        Assert.Equal("R0000000000", fault.GetProperty("ItemValue").GetString());
        Assert.Equal("Device Not Found", fault.GetProperty("Message").GetString());
    }

    [Fact]
    public async Task Answers_404_when_the_only_device_is_unknown()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen);
        using var answer = await visitor.PostAsync(Wipe, Of(["R0000000000"]));
        await Visitor.RefusedAsync(
            answer,
            404,
            404,
            "Devices provided in the input could not be found or not enrolled or user does not have access."
        );
    }

    [Fact]
    public async Task Keeps_to_its_limit_and_to_its_commands()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen);
        visitor.Host.BulkLimits.EnterpriseWipe = 2;
        var three = Of(visitor.Host.Fleet.All.Take(3).Select(device => device.SerialNumber));
        using var tooMany = await visitor.PostAsync(Wipe, three);
        await Visitor.RefusedAsync(tooMany, 422, 422, "Devices provided is more than Bulk settings for this action.");
        using var notBulk = await visitor.PostAsync(Wipe.Replace("EnterpriseWipe", "DeviceWipe"), three);
        await Visitor.RefusedAsync(
            notBulk,
            422,
            422,
            "Lock, UnEnroll and ScheduleOsUpdate are the only allowed bulk commands."
        );
        using var byUuid = await visitor.PostAsync(Wipe.Replace("Serialnumber", "Uuid"), three);
        await Visitor.RefusedAsync(byUuid, 422, 422, "Invalid searchby parameter.");
        Assert.Empty(visitor.Host.Commands.All);
    }

    [Fact]
    public async Task Sends_messages_by_push_mail_and_sms()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen);
        var device = visitor.Host.Reporting();
        var message = new
        {
            MessageBody = "Please update",
            Application = "AirWatch Agent",
            Subject = "Your phone",
        };
        foreach (var channel in new[] { "push", "email", "sms" })
        {
            using var sent = await visitor.PostAsync($"mdm/devices/{device.Id}/messages/{channel}", message);
            Assert.Equal(202, (int)sent.StatusCode);
        }

        using var empty = await visitor.PostAsync($"mdm/devices/{device.Id}/messages/push", new { });
        Assert.Equal(422, (int)empty.StatusCode);
        var sentTo = visitor.Host.Commands.Of(device);
        Assert.Equal(["SmsMessage", "EmailMessage", "PushMessage"], sentTo.Select(command => command.Name));
        Assert.All(sentTo, command => Assert.Equal("Please update", command.Text));
        Assert.Equal([null, "Your phone", null], sentTo.Select(command => command.Subject));
        Assert.Equal(CommandState.Queued, sentTo[^1].State);
    }

    [Fact]
    public async Task Pushes_a_message_to_many()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen);
        var devices = visitor.Host.Fleet.All.Where(device => device.IsEnrolled).Take(5).ToList();
        var body = new
        {
            MessageBody = "Please update",
            BulkValues = new { Value = devices.Select(device => device.Udid) },
        };
        using var answer = await visitor.PostAsync("mdm/devices/messages/bulkpush?searchBy=Udid", body);
        Assert.Equal(202, (int)answer.StatusCode);
        Assert.Equal(5, (await Visitor.BodyAsync(answer)).GetProperty("AcceptedItems").GetInt32());
        Assert.All(devices, device => Assert.Single(visitor.Host.Commands.Of(device)));
    }

    private static object Of(IEnumerable<string> values) => new { BulkValues = new { Value = values } };
}
