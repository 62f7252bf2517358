using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.WorkspaceOne.Tests.Emulated;

/// <summary>Who gets an app: a list that is replaced as a whole.</summary>
public sealed class AssignmentTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Gives_back_exactly_what_it_did_not_make()
    {
        await using var uem = await PublishingUem.StartAsync();
        var client = uem.Client();
        var (app, group) = await PreparedAsync(uem, client);
        var foreign = JsonNode.Parse(
            $$$"""
            {"assignments":[{"priority":0,"unheard_of":{"deep":[1.50,"ä",null]},
              "distribution":{"name":"By hand","smart_groups":["{{{group}}}"],"nobody_knows":true}}],
             "application_msi_deployment_params":{"device_restart":1}}
            """
        );
        await client.AppAssignments.ReplaceAsync(app, new(JsonSerializer.SerializeToElement(foreign)), Cancel);
        var before = await client.AppAssignments.ReadAsync(app, Cancel);

        await client.AppAssignments.ReplaceAsync(app, before.With("Picket: Guard canary", group), Cancel);

        var after = await client.AppAssignments.ReadAsync(app, Cancel);
        Assert.Equal(["By hand", "Picket: Guard canary"], after.Assignments.Select(each => each.Name));
        Assert.Equal((1, "AUTO"), (after.Assignments[1].Priority, after.Assignments[1].DeliveryMethod));
        Assert.Equal([group], after.Assignments[1].SmartGroups);
        Assert.True(JsonElement.DeepEquals(before.Assignments[0].Raw, after.Assignments[0].Raw));
        Assert.True(after.Assignments[0].Raw.GetProperty("distribution").GetProperty("nobody_knows").GetBoolean());
        Assert.Equal(
            1,
            after.Raw.GetProperty("application_msi_deployment_params").GetProperty("device_restart").GetInt32()
        );
        await client.AppAssignments.ReplaceAsync(app, before, Cancel);
        Assert.True(JsonElement.DeepEquals(before.Raw, (await client.AppAssignments.ReadAsync(app, Cancel)).Raw));
    }

    [Theory]
    [InlineData(FaultAction.LoseAnswer)]
    [InlineData(FaultAction.CrashAfter)]
    public async Task Sends_once_and_leaves_it_to_reading_back_whether_it_was_done(FaultAction fault)
    {
        await using var uem = await PublishingUem.StartAsync();
        var client = uem.Client();
        var (app, group) = await PreparedAsync(uem, client);
        var before = await client.AppAssignments.ReadAsync(app, Cancel);
        uem.Break(
            new FaultRule
            {
                Action = fault,
                Path = "assignment-rules",
                Method = "PUT",
                Times = 1,
            }
        );

        var lost = await Assert.ThrowsAsync<AmbiguousOutcomeException>(() =>
            client.AppAssignments.ReplaceAsync(app, before.With("Picket: Guard canary", group), Cancel)
        );

        Assert.Equal(fault == FaultAction.CrashAfter ? 1000 : null, lost.ErrorCode);
        Assert.Single((await client.AppAssignments.ReadAsync(app, Cancel)).Assignments);
        Assert.Equal(1, uem.Host.RequestLog.Count("PUT mam/apps/{id}/assignment-rules"));
    }

    [Theory]
    [InlineData(FaultAction.Nothing)]
    [InlineData(FaultAction.Html)]
    public async Task An_answer_without_a_list_is_no_empty_list(FaultAction fault)
    {
        await using var uem = await PublishingUem.StartAsync();
        var client = uem.Client();
        var (app, _) = await PreparedAsync(uem, client);
        uem.Break(new FaultRule { Action = fault, Path = "assignment-rules" });

        await Assert.ThrowsAsync<WorkspaceOneException>(() => client.AppAssignments.ReadAsync(app, Cancel));
    }

    [Fact]
    public async Task Names_a_missing_app_a_missing_group_and_a_missing_right()
    {
        await using var uem = await PublishingUem.StartAsync();
        var client = uem.Client();
        var (app, group) = await PreparedAsync(uem, client);
        var rules = await client.AppAssignments.ReadAsync(app, Cancel);

        await Assert.ThrowsAsync<NotFoundException>(() => client.AppAssignments.ReadAsync(Guid.NewGuid(), Cancel));
        await Assert.ThrowsAsync<NotFoundException>(() =>
            client.AppAssignments.ReplaceAsync(Guid.NewGuid(), rules, Cancel)
        );
        var refused = await Assert.ThrowsAsync<WorkspaceOneException>(() =>
            client.AppAssignments.ReplaceAsync(app, rules.With("Nowhere", Guid.NewGuid()), Cancel)
        );
        Assert.Equal((HttpStatusCode.BadRequest, 6), (refused.Status, refused.ErrorCode));
        uem.Host.Access.Account(uem.Host.Credentials.Account).Role = uem.Host.Access.Role("Read Only");
        await Assert.ThrowsAsync<PermissionMissingException>(() =>
            client.AppAssignments.ReplaceAsync(app, rules.With("All", group), Cancel)
        );
    }

    [Fact]
    public async Task Makes_a_smart_group_of_devices_once_and_deletes_it_when_nothing_uses_it()
    {
        await using var uem = await PublishingUem.StartAsync();
        var client = uem.Client();
        var app = (await uem.AddGuardAsync(client)).Uuid!.Value;
        var devices = uem
            .Host.Fleet.All.Where(device =>
                device.IsEnrolled && uem.Host.Groups.IsWithin(device.Group, uem.Host.OrganizationGroup.Index)
            )
            .Take(3)
            .Select(device => device.Id)
            .ToList();
        uem.LoseAnswer("mdm/smartgroups", "POST");

        await Assert.ThrowsAsync<AmbiguousOutcomeException>(() =>
            client.SmartGroups.CreateAsync("Picket: lost", uem.Group, devices, Cancel)
        );
        var made = await client.SmartGroups.CreateAsync("Picket: canary", uem.Group, devices, Cancel);
        await Assert.ThrowsAsync<AlreadyThereException>(() =>
            client.SmartGroups.CreateAsync("Picket: canary", uem.Group, devices, Cancel)
        );

        Assert.Single((await client.SmartGroups.Search(name: "Picket: lost").ReadAllAsync(Cancel)).Items);
        Assert.Equal(
            devices,
            (await client.SmartGroups.DevicesAsync(made.Id!.Value, Cancel)).Select(one => one.Id).Order()
        );
        var empty = await client.AppAssignments.ReadAsync(app, Cancel);
        await client.AppAssignments.ReplaceAsync(app, empty.With("Picket: Guard canary", made.Uuid!.Value), Cancel);
        var used = await Assert.ThrowsAsync<WorkspaceOneException>(() =>
            client.SmartGroups.DeleteAsync(made.Id.Value, Cancel)
        );
        Assert.Contains("dependency", used.Reason, StringComparison.Ordinal);
        await client.AppAssignments.ReplaceAsync(app, empty, Cancel);
        uem.LoseAnswer("mdm/smartgroups", "DELETE");
        await Assert.ThrowsAsync<NotFoundException>(() => client.SmartGroups.DeleteAsync(made.Id.Value, Cancel));
        Assert.Empty((await client.SmartGroups.Search(name: "Picket: canary").ReadAllAsync(Cancel)).Items);
    }

    private static async Task<(Guid App, Guid Group)> PreparedAsync(Uem uem, WorkspaceOneClient client) =>
        ((await uem.AddGuardAsync(client)).Uuid!.Value, (await client.GroupAsync()).Uuid!.Value);
}
