using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Events;
using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.WorkspaceOne.Emulator.Tests.Events;

/// <summary>Subscribers are told what happened, in the recorded forms.</summary>
public sealed class EventDeliveryTests : IAsyncLifetime
{
    private static readonly string[] Members =
    [
        "EventId",
        "EventType",
        "DeviceId",
        "DeviceFriendlyName",
        "EnrollmentEmailAddress",
        "EnrollmentUserName",
        "EventTime",
        "EnrollmentStatus",
        "CompromisedStatus",
        "CompromisedTimeStamp",
        "ComplianceStatus",
        "PhoneNumber",
        "Udid",
        "SerialNumber",
        "MACAddress",
        "DeviceIMEI",
        "EnrollmentUserId",
        "AssetNumber",
        "Platform",
        "OperatingSystem",
        "Ownership",
        "SIMMCC",
        "CurrentMCC",
        "OrganizationGroupName",
    ];

    private Receiver receiver = null!;

    public async ValueTask InitializeAsync() => receiver = await Receiver.StartAsync();

    public async ValueTask DisposeAsync() => await receiver.DisposeAsync();

    [Fact]
    public async Task A_wipe_is_told_when_it_has_ended_with_Basic_credentials()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen);
        await SubscribeAsync(visitor);
        var device = visitor.Host.Reporting();
        await visitor.PostAsync($"mdm/devices/{device.Id}/commands?command=EnterpriseWipe", new { });
        visitor.Host.WaitForCheckIn();

        var told = await receiver.NextAsync();

        Assert.Equal("/uem", told.Path);
        Assert.Equal(Visitor.Basic("hook", "s3cret").ToString(), told.Authorization);
        Assert.Equal("application/json; charset=utf-8", told.ContentType);
        using var body = JsonDocument.Parse(told.Body);
        Assert.Equal(
            [.. Members, "DeviceUUID", "EnrollmentUserUUID"],
            body.RootElement.EnumerateObject().Select(m => m.Name)
        );
        Assert.Equal(39, body.RootElement.GetProperty("EventId").GetInt32());
        Assert.Equal("Break MDM Confirmed", body.RootElement.GetProperty("EventType").GetString());
        Assert.Equal("Unenrolled", body.RootElement.GetProperty("EnrollmentStatus").GetString());
        Assert.Equal(device.Id, body.RootElement.GetProperty("DeviceId").GetInt32());
        Assert.EndsWith("Z", body.RootElement.GetProperty("EventTime").GetString());
    }

    [Fact]
    public async Task Compromise_comes_first_and_compliance_follows_after_the_delay()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen);
        await SubscribeAsync(visitor);
        var device = visitor.Host.Fleet.All.First(item =>
            item is { IsEnrolled: true, ComplianceStatus: "Compliant", Compromised: false }
        );
        visitor.Host.Fleet.Change(device.Id, had => had with { Compromised = true });
        using var first = JsonDocument.Parse((await receiver.NextAsync()).Body);
        Assert.Equal("Compromised Status Changed", first.RootElement.GetProperty("EventType").GetString());
        Assert.Equal("Compliant", first.RootElement.GetProperty("ComplianceStatus").GetString());
        visitor.Host.Clock.Step(visitor.Host.Life.Delay);
        using var second = JsonDocument.Parse((await receiver.NextAsync()).Body);
        Assert.Equal(178, second.RootElement.GetProperty("EventId").GetInt32());
        Assert.Equal("NonCompliant", second.RootElement.GetProperty("ComplianceStatus").GetString());
    }

    [Fact]
    public async Task A_deleted_device_is_told_of_with_hardly_anything()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen);
        await SubscribeAsync(visitor);
        var device = visitor.Host.Reporting();
        visitor.Host.Fleet.Remove(device);
        using var body = JsonDocument.Parse((await receiver.NextAsync()).Body);
        Assert.Equal(Members, body.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal(662, body.RootElement.GetProperty("EventId").GetInt32());
        Assert.Equal("DELETE IN PROGRESS...", body.RootElement.GetProperty("DeviceFriendlyName").GetString());
        Assert.Equal(JsonValueKind.Null, body.RootElement.GetProperty("Platform").ValueKind);
        Assert.Equal(device.SerialNumber, body.RootElement.GetProperty("SerialNumber").GetString());
    }

    [Fact]
    public async Task The_old_form_can_be_had()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen with { EventForm = EventPayloadForm.Old });
        await SubscribeAsync(visitor);
        var device = visitor.Host.Reporting();
        visitor.Host.Fleet.Change(device.Id, had => had with { Compromised = true });
        using var body = JsonDocument.Parse((await receiver.NextAsync()).Body);
        Assert.Equal("System.Byte[]", body.RootElement.GetProperty("MACAddress").GetString());
        Assert.Matches(@"^/Date\(\d{13}\)/$", body.RootElement.GetProperty("EventTime").GetString()!);
    }

    [Fact]
    public async Task What_the_fleet_does_by_itself_is_told_too()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen with { Life = 30, Devices = 400 });
        await SubscribeAsync(visitor);
        visitor.Host.Clock.Step(TimeSpan.FromHours(2));
        using var body = JsonDocument.Parse((await receiver.NextAsync()).Body);
        var id = body.RootElement.GetProperty("DeviceId").GetInt32();
        var at = DateTime.Parse(body.RootElement.GetProperty("EventTime").GetString()!).ToUniversalTime();
        Assert.InRange(at, Scene.Noon.UtcDateTime, Scene.Noon.UtcDateTime.AddHours(2));
        Assert.NotNull(visitor.Host.Fleet.ById(id));
    }

    [Fact]
    public async Task A_receiver_that_fails_is_tried_again_and_then_given_up()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen);
        await SubscribeAsync(visitor);
        // The first one is taken at the second attempt; the second is redirected each time, and nobody follows.
        foreach (var status in new[] { 500, 200, 302, 302, 302 })
        {
            receiver.Answers.Enqueue(status);
        }

        var device = visitor.Host.Reporting();
        visitor.Host.Fleet.Change(device.Id, had => had with { Ownership = "S" });
        visitor.Host.Fleet.Change(device.Id, had => had with { Ownership = "E" });
        List<Received> seen = [];
        for (var call = 0; call < 5; call++)
        {
            seen.Add(await receiver.NextAsync());
        }

        Assert.All(seen, call => Assert.Equal("/uem", call.Path));
        Assert.Equal(seen[0].Body, seen[1].Body);
        var last = await UntilAsync(() => visitor.Host.Deliveries.FirstOrDefault(d => d.State is DeliveryState.Failed));
        Assert.Equal((3, 302), (last.Attempts, last.Status));
        Assert.Contains(visitor.Host.Deliveries, d => d is { State: DeliveryState.Delivered, Attempts: 2 });
    }

    [Fact]
    public async Task Only_ticked_boxes_of_active_rows_of_the_group_are_told()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen);
        var device = visitor.Host.Reporting();
        var other = visitor.Host.Groups.All.First(group =>
            group.Level == 1 && !visitor.Host.Groups.IsWithin(device.Group, group.Index)
        );
        await SubscribeAsync(visitor, "unticked", "{}");
        await SubscribeAsync(visitor, "asleep", active: false);
        await SubscribeAsync(visitor, "elsewhere", group: other.Uuid);
        visitor.Host.Fleet.Change(device.Id, had => had with { Compromised = true });
        visitor.Host.Fleet.Remove(device);
        Assert.Empty(visitor.Host.Deliveries);
        Assert.True(receiver.IsEmpty);
    }

    private async Task SubscribeAsync(
        Visitor visitor,
        string name = "picket",
        string? events = null,
        bool active = true,
        Guid? group = null
    )
    {
        var boxes = JsonSerializer.Deserialize<JsonElement>(
            events
                ?? """
                {"Enrollment": true, "UnenrolledEnterpriseWipe": true, "Wipe": true, "Delete": true,
                 "CompromisedStatusChange": true, "ComplianceStatusChange": true,
                 "DeviceAttributes": {"OperatingSystem": true, "OrganizationGroup": true, "Ownership": true}}
                """
        );
        using var made = await visitor.PostAsync(
            "system/eventnotifications",
            new
            {
                TargetName = name,
                TargetUrl = receiver.Address + "/uem",
                Username = "hook",
                Password = "s3cret",
                Format = "Json",
                IsActive = active,
                organizationGroupUuid = group,
                DeviceEvents = boxes,
            }
        );
        Assert.Equal(200, (int)made.StatusCode);
    }

    private static async Task<T> UntilAsync<T>(Func<T?> find)
        where T : class
    {
        while (true)
        {
            if (find() is { } found)
            {
                return found;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
