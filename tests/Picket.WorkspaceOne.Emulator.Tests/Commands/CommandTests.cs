using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Commands;
using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.WorkspaceOne.Emulator.Tests.Commands;

/// <summary>A command is only queued by its 202; the device takes it at its next check-in.</summary>
public sealed class CommandTests
{
    [Fact]
    public async Task An_enterprise_wipe_is_pending_until_the_device_reports_and_then_it_is_gone()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen);
        var device = visitor.Host.Reporting();

        using var answer = await visitor.PostAsync($"mdm/devices/{device.Id}/commands?command=EnterpriseWipe", new { });

        Assert.Equal(202, (int)answer.StatusCode);
        Assert.Equal(0, answer.Content.Headers.ContentLength);
        Assert.Equal("EnterpriseWipePending", await visitor.StatusAsync(device));
        visitor.Host.WaitForCheckIn();
        var row = await visitor.ReadAsync($"mdm/devices/{device.Id}");
        Assert.Equal("Unenrolled", row.GetProperty("EnrollmentStatus").GetString());
        Assert.Equal("NotAvailable", row.GetProperty("ComplianceStatus").GetString());
        var found = await visitor.ReadAsync("mdm/devices/extensivesearch?enrollmentstatus=Unenrolled");
        Assert.Contains(
            found.GetProperty("Devices").EnumerateArray(),
            item => item.GetProperty("DeviceId").GetInt32() == device.Id && item.TryGetProperty("UnEnrolledDate", out _)
        );
        Assert.Equal(CommandState.Done, visitor.Host.Commands.Of(device)[0].State);
    }

    [Fact]
    public async Task A_silent_device_takes_nothing_until_it_reports_again()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen);
        var device = visitor.Host.Reporting();
        visitor.Host.Fleet.Change(device.Id, had => had with { SilentSince = Scene.Noon.UtcDateTime });
        await visitor.PostAsync($"mdm/devices/{device.Id}/commands?command=DeviceWipe", new { });
        visitor.Host.Clock.Step(TimeSpan.FromDays(9));
        Assert.Equal("DeviceWipePending", await visitor.StatusAsync(device));

        visitor.Host.Fleet.Change(device.Id, had => had with { SilentSince = null });
        visitor.Host.Clock.Step(TimeSpan.FromSeconds(1));
        visitor.Host.WaitForCheckIn();

        Assert.Equal("Unenrolled", await visitor.StatusAsync(device));
    }

    [Theory]
    [InlineData("Lock")]
    [InlineData("synCdevice")]
    [InlineData("DeviceQuery")]
    [InlineData("CustomMDMCommand")]
    public async Task Other_commands_leave_the_device_enrolled_and_end(string command)
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen);
        var device = visitor.Host.Reporting();
        var body = new { CommandXml = "<dict><key>RequestType</key></dict>" };
        using var answer = await visitor.PostAsync($"mdm/devices/{device.Id}/commands?command={command}", body);
        Assert.Equal(202, (int)answer.StatusCode);
        Assert.Equal(CommandState.Queued, visitor.Host.Commands.Of(device)[0].State);
        visitor.Host.WaitForCheckIn();
        Assert.Equal(CommandState.Done, visitor.Host.Commands.Of(device)[0].State);
        Assert.Equal("Enrolled", await visitor.StatusAsync(device));
    }

    [Fact]
    public async Task A_cleared_passcode_makes_the_device_noncompliant_after_the_delay()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen);
        var device = visitor.Host.Fleet.All.First(item =>
            item is { IsEnrolled: true, SilentSince: null, Passcode: true, ComplianceStatus: "Compliant" }
        );
        await visitor.PostAsync($"mdm/devices/{device.Id}/commands?command=ClearPasscode", new { });
        visitor.Host.Life.CheckIn(device);

        var security = await visitor.ReadAsync($"mdm/devices/{device.Id}/security");
        Assert.False(security.GetProperty("IsPasscodePresent").GetBoolean());
        Assert.Equal("Compliant", visitor.Host.Fleet.ById(device.Id)!.ComplianceStatus);
        visitor.Host.Clock.Step(visitor.Host.Life.Delay);
        Assert.Equal("NonCompliant", visitor.Host.Fleet.ById(device.Id)!.ComplianceStatus);
    }

    [Theory]
    [InlineData("serialnumber")]
    [InlineData("Udid")]
    [InlineData("Macaddress")]
    [InlineData("DeviceId")]
    [InlineData("Uuid")]
    public async Task Finds_the_device_by_any_of_its_ids(string searchBy)
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen);
        var device = visitor.Host.Reporting();
        var id = searchBy switch
        {
            "serialnumber" => device.SerialNumber.ToLowerInvariant(),
            "Udid" => device.Udid,
            "Macaddress" => device.MacAddress,
            "DeviceId" => $"{device.Id}",
            _ => $"{device.Uuid}",
        };
        using var answer = await visitor.PostAsync(
            $"mdm/devices/commands?searchby={searchBy}&id={id}&command=Lock",
            new { }
        );
        Assert.Equal(202, (int)answer.StatusCode);
        Assert.Single(visitor.Host.Commands.Of(device));
    }

    [Fact]
    public async Task Refuses_as_documented()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen);
        var phone = visitor.Host.Reporting(DevicePlatform.Ios);
        var gone = visitor.Host.Fleet.All.First(device => !device.IsEnrolled);
        await RefusedAsync(visitor, $"{phone.Id}/commands?command=Selfdestruct", 422, 422, "Invalid command type");
        await RefusedAsync(visitor, "3/commands?command=Lock", 404, 404, "Device not found for specified id");
        await RefusedAsync(
            visitor,
            $"{phone.Id}/commands?command=RotateFileVaultKey",
            400,
            21,
            "This feature is only supported by macOS devices."
        );
        await RefusedAsync(
            visitor,
            $"{phone.Id}/commands?command=EnterpriseReset",
            400,
            21,
            "Functionality not supported for device type : Apple."
        );
        await RefusedAsync(
            visitor,
            $"{phone.Id}/commands?command=CustomMdmCommand",
            400,
            400,
            "Command XML cannot be null or empty."
        );
        await RefusedAsync(visitor, $"{gone.Id}/commands?command=Lock", 400, 400, "Device is not enrolled.");
        await RefusedAsync(
            visitor,
            $"commands?searchby=Colour&id=red&command=Lock",
            422,
            422,
            "Invalid searchby parameter."
        );
        await RefusedAsync(visitor, "commands?searchby=Udid&id=none&command=Lock", 404, 404, "Device not found");
        Assert.Empty(visitor.Host.Commands.All);
    }

    [Fact]
    public async Task Each_destructive_command_needs_its_own_row()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen);
        var device = visitor.Host.Reporting();
        (string Command, string Row)[] rows =
        [
            ("EnterpriseWipe", Rows.EnterpriseWipe),
            ("DeviceWipe", Rows.DeviceWipe),
            ("ClearPasscode", Rows.ClearPasscode),
            ("Lock", Rows.LockDevice),
        ];
        foreach (var (command, row) in rows)
        {
            visitor.Host.Take(new Right(row, RightMode.Edit));
            using var refused = await visitor.PostAsync($"mdm/devices/{device.Id}/commands?command={command}", new { });
            await Visitor.RefusedAsync(
                refused,
                403,
                1011,
                "User doesn't have sufficient permissions to perform this operation."
            );
            Assert.Equal($"{row}: Edit", visitor.Host.RequestLog.Entries[^1].MissingRight);
        }

        Assert.Empty(visitor.Host.Commands.All);
        using var harmless = await visitor.PostAsync($"mdm/devices/{device.Id}/commands?command=SyncDevice", new { });
        Assert.Equal(202, (int)harmless.StatusCode);
    }

    [Fact]
    public async Task The_newer_forms_take_uuids()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen);
        var device = visitor.Host.Reporting();
        using var one = await visitor.PostAsync($"mdm/devices/{device.Uuid}/commands/EnterpriseWipe", new { }, 2);
        using var many = await visitor.PostAsync(
            "mdm/devices/commands/Lock",
            new { device_uuids = new[] { device.Uuid } },
            2
        );
        using var bySerial = await visitor.PostAsync(
            $"mdm/devices/commands/Lock/device/Serialnumber/{device.SerialNumber}",
            new { },
            2
        );
        Assert.Equal([202, 202, 202], new[] { one, many, bySerial }.Select(answer => (int)answer.StatusCode));
        using var unknown = await visitor.PostAsync($"mdm/devices/{device.Uuid}/commands/Explode", new { }, 2);
        await Visitor.RefusedAsync(unknown, 400, 5101, "Command not found for the input device and command type.");
        using var absent = await visitor.PostAsync($"mdm/devices/{Guid.NewGuid()}/commands/Lock", new { }, 2);
        await Visitor.RefusedAsync(absent, 404, 8, "Device not found");

        visitor.Host.WaitForCheckIn();

        // The wipe came first, so the locks behind it never reach the device.
        Assert.Equal(
            [CommandState.Aborted, CommandState.Aborted, CommandState.Done],
            visitor.Host.Commands.Of(device).Select(command => command.State)
        );
    }

    [Fact]
    public async Task Moves_a_device_into_another_group_at_once()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen);
        var device = visitor.Host.Reporting();
        var africa = visitor.Host.Groups.Find("nw-africa")!;
        using var moved = await visitor.SendAsync(
            visitor.Request($"mdm/devices/{device.Id}/commands/changeorganizationgroup/{africa.Id}", 1, HttpMethod.Put)
        );
        Assert.Equal(202, (int)moved.StatusCode);
        Assert.Equal(africa.Index, visitor.Host.Fleet.ById(device.Id)!.Group);
        using var nowhere = await visitor.SendAsync(
            visitor.Request($"mdm/devices/{device.Id}/commands/changeorganizationgroup/1", 1, HttpMethod.Put)
        );
        await Visitor.RefusedAsync(nowhere, 400, 6, "Can not Assign Device To organization group.");
    }

    private static async Task RefusedAsync(Visitor visitor, string path, int status, int code, string message)
    {
        using var answer = await visitor.PostAsync("mdm/devices/" + path, new { });
        await Visitor.RefusedAsync(answer, status, code, message);
    }
}
