namespace Picket.WorkspaceOne.Emulator.Tests.Facts;

/// <summary>Section 2.3: administrators.</summary>
public sealed class AdministratorFacts
{
    [Fact]
    public async Task Version_2_names_its_list_in_lower_case()
    {
        await using var visitor = await Visitor.ComeAsync();
        Assert.Equal(
            ["admins", "Page", "PageSize", "Total"],
            (await visitor.ReadAsync("system/admins/search", 2)).Names()
        );
        Assert.Contains("Admins", (await visitor.ReadAsync("system/admins/search", 1)).Names());
    }

    [Fact]
    public async Task Version_2_has_the_recorded_members()
    {
        await using var visitor = await Visitor.ComeAsync();
        var path = $"system/admins/search?username={visitor.Host.Credentials.Account}";
        var admin = (await visitor.ReadAsync(path, 2)).GetProperty("admins")[0];
        string[] recorded =
        [
            "uuid",
            "username",
            "firstName",
            "lastName",
            "email",
            "LocationGroup",
            "LocationGroupId",
            "organizationGroupUuid",
            "timeZone",
            "locale",
            "initialLandingPage",
            "LastLoginTimeStamp",
            "roles",
            "messageTemplateId",
            "messageTemplateUuid",
        ];
        string[] recordedOfRole =
        [
            "uuid",
            "organizationGroupUuid",
            "Name",
            "LocationGroup",
            "LocationGroupId",
            "IsActive",
            "UserLinkId",
        ];
        Assert.Superset(recorded.ToHashSet(), admin.Names().ToHashSet());
        Assert.Equal(recordedOfRole.Order(), admin.GetProperty("roles")[0].Names().Order());
    }

    /// <summary>The rows do not tell who is active; only the search does (trust S).</summary>
    [Fact]
    public async Task A_search_by_status_tells_active_accounts_from_others()
    {
        await using var visitor = await Visitor.ComeAsync();
        var console = visitor.Host.Access.Account(visitor.Host.Credentials.ConsoleAccount);
        var path = $"system/admins/search?username={console.Name}&status=";

        using var before = await visitor.GetAsync(path + "Active", 2);
        console.Active = false;
        using var after = await visitor.GetAsync(path + "Active", 2);
        using var inactive = await visitor.GetAsync(path + "Inactive", 2);

        Assert.Equal((200, 204, 200), ((int)before.StatusCode, (int)after.StatusCode, (int)inactive.StatusCode));
    }
}
