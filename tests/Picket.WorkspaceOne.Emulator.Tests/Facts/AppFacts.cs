namespace Picket.WorkspaceOne.Emulator.Tests.Facts;

/// <summary>Section 2.12: apps.</summary>
public sealed class AppFacts
{
    [Fact]
    public async Task Apps_of_version_1_have_the_recorded_members()
    {
        await using var visitor = await Visitor.ComeAsync();
        var app = (await visitor.ReadAsync("mam/apps/search")).GetProperty("Application")[0];
        string[] recorded =
        [
            .. "ApplicationName BundleId AppVersion ActualFileVersion AppType Status Platform SupportedModels".Split(
                ' '
            ),
            .. "AssignmentStatus CategoryList SmartGroups LocationGroupId RootLocationGroupName".Split(' '),
            .. "OrganizationGroupUuid LargeIconUri MediumIconUri SmallIconUri PushMode AssignedDeviceCount".Split(' '),
            .. "InstalledDeviceCount NotInstalledDeviceCount Id Uuid".Split(' '),
        ];
        Assert.Superset(recorded.ToHashSet(), app.Names().ToHashSet());
        Assert.True(app.GetProperty("SmartGroups")[0].GetProperty("Id").TryGetInt32(out _));
        Assert.Equal(
            ["ApplicationId", "ModelId", "ModelName"],
            app.GetProperty("SupportedModels").GetProperty("Model")[0].Names()
        );
    }

    [Fact]
    public async Task Apps_are_searched_in_version_2_in_snake_case()
    {
        await using var visitor = await Visitor.ComeAsync();
        var page = await visitor.ReadAsync("mam/apps/search", 2);
        Assert.Equal(["applications", "page", "page_size", "total"], page.Names());
        Assert.Contains("application_name", page.GetProperty("applications")[0].Names());
    }

    [Fact]
    public async Task One_row_has_an_enum_by_name_and_one_by_number()
    {
        await using var visitor = await Visitor.ComeAsync();
        var app = (await visitor.ReadAsync("mam/apps/search", 2)).GetProperty("applications")[0];
        Assert.Equal("APPLE", app.GetProperty("platform").GetString());
        Assert.Equal(0, app.GetProperty("push_mode").GetInt32());
    }

    [Fact]
    public async Task Rules_are_replaced_as_a_whole_and_an_empty_object_takes_all_away()
    {
        await using var visitor = await Visitor.ComeAsync();
        var app = (await visitor.ReadAsync("mam/apps/search", 2)).GetProperty("applications")[0].GetProperty("uuid");
        var path = $"mam/apps/{app.GetString()}/assignment-rules";
        var groups = (await visitor.ReadAsync("mdm/smartgroups/search")).GetProperty("SmartGroups");
        var other = groups[2].GetProperty("SmartGroupUuid").GetGuid();
        var rule = new
        {
            priority = 0,
            distribution = new { smart_groups = new[] { other }, app_delivery_method = "ON_DEMAND" },
            application_configuration = new[]
            {
                new
                {
                    key = "ServerUrl",
                    type = "STRING",
                    value = "{DeviceUid}",
                },
            },
        };
        using var response = await visitor.SendAsync("PUT", path, new { assignments = new[] { rule } }, 2);
        Assert.Equal(202, (int)response.StatusCode);
        Assert.Equal(0, response.Content.Headers.ContentLength);
        var assignments = (await visitor.ReadAsync(path, 2)).GetProperty("assignments");
        Assert.Equal(1, assignments.GetArrayLength());
        Assert.Equal(other, assignments[0].GetProperty("distribution").GetProperty("smart_groups")[0].GetGuid());
        Assert.Equal(
            "{DeviceUid}",
            assignments[0].GetProperty("application_configuration")[0].GetProperty("value").GetString()
        );

        using var emptied = await visitor.SendAsync("PUT", path, new { }, 2);
        Assert.Equal(202, (int)emptied.StatusCode);
        Assert.Equal(0, (await visitor.ReadAsync(path, 2)).GetProperty("assignments").GetArrayLength());
    }

    [Fact]
    public async Task Without_parameters_an_assignment_crashes_and_is_made_all_the_same()
    {
        await using var visitor = await Visitor.ComeAsync();
        var found = (await visitor.ReadAsync("mam/apps/search?applicationtype=Internal")).GetProperty("Application")[0];
        var app = found.GetProperty("Id").GetProperty("Value").GetInt32();
        var group = (await visitor.ReadAsync("mdm/smartgroups/search")).GetProperty("SmartGroups")[0];
        var id = group.GetProperty("SmartGroupID").GetInt32();
        var body = new { SmartGroupIds = new[] { id } };
        var path = $"mam/apps/internal/{app}/assignments";
        await Visitor.RefusedAsync(await visitor.SendAsync("POST", path, body), 500, 1000, "Internal Server Error");
        await Visitor.RefusedAsync(
            await visitor.SendAsync("POST", path, body),
            400,
            400,
            $"SmartGroup with Id : {id} is already assigned to the Application id : {app}"
        );
    }

    [Fact]
    public async Task A_missing_internal_app_is_401_with_7000_and_400_when_deleted()
    {
        await using var visitor = await Visitor.ComeAsync();
        const string text = "Application not found or user does not have access to it.";
        await Visitor.RefusedAsync(await visitor.GetAsync("mam/apps/internal/7"), 401, 7000, text);
        await Visitor.RefusedAsync(await visitor.SendAsync("DELETE", "mam/apps/internal/7"), 400, 400, text);
    }

    [Fact]
    public async Task App_groups_write_ids_and_counts_as_text()
    {
        await using var visitor = await Visitor.ComeAsync();
        var apps = new[] { new { Name = "Bad", BundleId = "com.example.bad" } };
        var body = new
        {
            Name = "Denied",
            AppGroupType = "Blacklist",
            Platform = "Android",
            Applications = apps,
        };
        var group = await visitor.ReadAsync("POST", "mam/apps/appgroups", body);
        Assert.True(int.TryParse(group.GetProperty("ApplicationGroupID").GetString(), out _));
        Assert.Equal("1", group.GetProperty("AppCount").GetString());
        Assert.True(int.TryParse(group.GetProperty("ManagedByOrganizationGroupID").GetString(), out _));
    }
}
