using Picket.WorkspaceOne.Emulator.Access;

namespace Picket.WorkspaceOne.Emulator.Tests;

/// <summary>Each refusal with the status, code and words of the real server.</summary>
public sealed class RefusalTests
{
    private const string Route = "mdm/devices/search";

    [Fact]
    public async Task Refuses_a_missing_key()
    {
        await using var visitor = await Visitor.ComeAsync();
        using var request = visitor.Request(Route);
        request.Headers.Remove("aw-tenant-code");
        await Visitor.RefusedAsync(await visitor.SendAsync(request), 403, 1013, "Api tenant code header is missing.");
    }

    [Fact]
    public async Task Refuses_an_unknown_key_before_it_looks_at_credentials()
    {
        await using var visitor = await Visitor.ComeAsync();
        using var request = Keyed(visitor, "XYZ");
        request.Headers.Authorization = Visitor.Basic("nobody", "nothing");
        await Visitor.RefusedAsync(
            await visitor.SendAsync(request),
            403,
            1013,
            "Tenant code XYZ does not identify an Organization Group."
        );
    }

    [Fact]
    public async Task Refuses_a_key_of_another_tree_and_of_the_wrong_kind()
    {
        await using var visitor = await Visitor.ComeAsync();
        using var other = Keyed(visitor, visitor.Host.Credentials.OtherTreeApiKey);
        using var wrong = Keyed(visitor, visitor.Host.Credentials.EnrollmentUserApiKey);
        await Visitor.RefusedAsync(
            await visitor.SendAsync(other),
            403,
            1030,
            "Tenant code provided is in different tenant hierarchy compared to logged in user."
        );
        await Visitor.RefusedAsync(await visitor.SendAsync(wrong), 403, 1032, "Invalid API tenant-code type.");
    }

    [Fact]
    public async Task Refuses_a_missing_authorization()
    {
        await using var visitor = await Visitor.ComeAsync();
        using var request = visitor.Request(Route);
        request.Headers.Authorization = null;
        await Visitor.RefusedAsync(
            await visitor.SendAsync(request),
            401,
            1004,
            "The Authorization header is null or empty."
        );
    }

    [Theory]
    [InlineData("user.123", "wrong")]
    [InlineData("user.123", "")]
    public async Task Refuses_wrong_credentials_with_the_name(string user, string password)
    {
        await using var visitor = await Visitor.ComeAsync();
        using var request = visitor.Request(Route);
        request.Headers.Authorization = Visitor.Basic(user, password);
        await Visitor.RefusedAsync(
            await visitor.SendAsync(request),
            401,
            1005,
            $"An error occurred while validating remote service client credentials or user not found : {user}"
        );
    }

    [Fact]
    public async Task Crashes_on_an_empty_user_name()
    {
        await using var visitor = await Visitor.ComeAsync();
        using var request = visitor.Request(Route);
        request.Headers.Authorization = Visitor.Basic("", "secret");
        await Visitor.RefusedAsync(await visitor.SendAsync(request), 500, 1000, "Internal Server Error");
    }

    [Fact]
    public async Task Locks_an_account_after_too_many_wrong_passwords()
    {
        await using var visitor = await Visitor.ComeAsync();
        var account = visitor.Host.Access.Account(visitor.Host.Credentials.Account);
        for (var attempt = 0; attempt < visitor.Host.Access.LockAfter; attempt++)
        {
            using var request = visitor.Request(Route);
            request.Headers.Authorization = Visitor.Basic(account.Name, "wrong");
            Assert.Equal(401, (int)(await visitor.SendAsync(request)).StatusCode);
        }

        Assert.True(account.Locked);
        await Visitor.RefusedAsync(
            await visitor.GetAsync(Route),
            401,
            1022,
            "Your account has been locked. Please reset the password to unlock your account or contact your IT Administrator."
        );
    }

    [Fact]
    public async Task Refuses_everybody_while_api_access_is_disabled()
    {
        await using var visitor = await Visitor.ComeAsync();
        visitor.Host.Access.ApiEnabled = false;
        await Visitor.RefusedAsync(await visitor.GetAsync(Route), 403, 1014, "Rest API access is disabled.");
    }

    [Theory]
    [InlineData(BasicDisabledAnswer.BadCredentials, 401, 1005)]
    [InlineData(BasicDisabledAnswer.HeaderEmpty, 401, 1004)]
    [InlineData(BasicDisabledAnswer.ApiDisabled, 403, 1014)]
    public async Task Answers_disabled_basic_as_chosen(BasicDisabledAnswer choice, int status, int code)
    {
        await using var visitor = await Visitor.ComeAsync(new() { Devices = 10, BasicDisabled = choice });
        visitor.Host.Access.BasicEnabled = false;
        using var response = await visitor.GetAsync(Route);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(code, (await Visitor.BodyAsync(response)).GetProperty("errorCode").GetInt32());
    }

    [Fact]
    public async Task Refuses_what_the_role_lacks_and_logs_the_missing_right()
    {
        await using var visitor = await Visitor.ComeAsync(new() { Devices = 10, Role = SeededRoles.Minimum });
        await Visitor.RefusedAsync(
            await visitor.GetAsync("mdm/tags/search"),
            403,
            1011,
            "User doesn't have sufficient permissions to perform this operation."
        );
        Assert.Equal("Settings > Tags: Read", visitor.Host.RequestLog.Entries[^1].MissingRight);
        Assert.Equal(200, (int)(await visitor.GetAsync(Route)).StatusCode);
    }

    [Fact]
    public async Task Refuses_from_the_moment_a_right_is_taken_away()
    {
        await using var visitor = await Visitor.ComeAsync();
        Assert.Equal(200, (int)(await visitor.GetAsync(Route)).StatusCode);
        visitor.Host.Access.Role(SeededRoles.WithTags).Revoke(new Right(Rows.Devices, RightMode.Read));
        Assert.Equal(403, (int)(await visitor.GetAsync(Route)).StatusCode);
    }

    /// <summary>Taking one row away closes the route that probes it and no other.</summary>
    [Theory]
    [InlineData(Rows.Admins, "system/admins/search")]
    [InlineData(Rows.Apps, "mam/apps/search")]
    [InlineData(Rows.Devices, "mdm/devices/search")]
    [InlineData(Rows.Groups, "system/groups/search")]
    [InlineData(Rows.SmartGroups, "mdm/smartgroups/search")]
    [InlineData(Rows.Users, "system/users/search")]
    [InlineData(Rows.UserGroups, "system/usergroups/search")]
    [InlineData(Rows.AddDevice, "system/users/registereddevices/search")]
    [InlineData(Rows.BatchImport, "system/users/batches")]
    [InlineData(Rows.UserDetail, "system/users/400001")]
    [InlineData(Rows.AccountUserGroups, "system/usergroups/9101/users")]
    [InlineData(Rows.Publish, "mam/apps/internal/1")]
    [InlineData(Rows.PublicApps, "mam/apps/search?applicationtype=Public")]
    [InlineData(Rows.PurchasedApps, "mam/apps/purchased/search")]
    [InlineData(Rows.System, "system/eventnotifications/search")]
    [InlineData(Rows.Tags, "mdm/tags/search")]
    public async Task Closes_a_route_with_its_row_alone(string row, string path)
    {
        await using var visitor = await Visitor.ComeAsync();
        Assert.NotEqual(403, (int)(await visitor.GetAsync(path)).StatusCode);
        visitor.Host.Access.Role(SeededRoles.WithTags).Revoke(new Right(row, RightMode.Read));
        Assert.Equal(403, (int)(await visitor.GetAsync(path)).StatusCode);
        Assert.Equal($"{row}: Read", visitor.Host.RequestLog.Entries[^1].MissingRight);
        Assert.Equal(200, (int)(await visitor.GetAsync("system/info")).StatusCode);
    }

    [Fact]
    public async Task Refuses_a_group_outside_the_callers_tree()
    {
        await using var visitor = await Visitor.ComeAsync(new() { Devices = 200, OrganizationGroup = "nw-europe" });
        var outside = visitor.Host.Groups.Find("nw-africa")!;
        await Visitor.RefusedAsync(
            await visitor.GetAsync($"{Route}?lgid={outside.Id}"),
            400,
            6,
            $"Organization Group with id : {outside.Id} not found or Admin user does not have access to it."
        );
        var device = visitor.Host.Fleet.All.First(candidate =>
            !visitor.Host.Groups.IsWithin(candidate.Group, visitor.Host.OrganizationGroup.Index)
        );
        await Visitor.RefusedAsync(
            await visitor.GetAsync($"mdm/devices/{device.Uuid}", 2),
            404,
            5061,
            "Device not found for this request."
        );
    }

    [Fact]
    public async Task Lets_a_token_pass_without_a_key_until_it_expires()
    {
        await using var visitor = await Visitor.ComeAsync();
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = visitor.Host.Credentials.ClientId,
                ["client_secret"] = visitor.Host.Credentials.ClientSecret,
            }
        );
        using var asked = new HttpRequestMessage(HttpMethod.Post, visitor.Host.TokenAddress) { Content = form };
        visitor.Host.Access.OAuth.Lifetime = TimeSpan.Zero;
        var expired = (await Visitor.BodyAsync(await visitor.SendAsync(asked)))
            .GetProperty("access_token")
            .GetString()!;
        await Visitor.RefusedAsync(await WithToken(visitor, expired), 401, 1029, "OAuth token is expired.");
        await Visitor.RefusedAsync(await WithToken(visitor, "guess"), 401, 1024, "OAuthToken Validation Failed.");

        visitor.Host.Access.OAuth.Lifetime = TimeSpan.FromHours(1);
        using var again = new HttpRequestMessage(HttpMethod.Post, visitor.Host.TokenAddress) { Content = form };
        var token = (await Visitor.BodyAsync(await visitor.SendAsync(again))).GetProperty("access_token").GetString()!;
        Assert.Equal(200, (int)(await WithToken(visitor, token)).StatusCode);
    }

    private static async Task<HttpResponseMessage> WithToken(Visitor visitor, string token)
    {
        using var request = visitor.Request(Route);
        request.Headers.Remove("aw-tenant-code");
        request.Headers.Authorization = new("Bearer", token);
        return await visitor.SendAsync(request);
    }

    private static HttpRequestMessage Keyed(Visitor visitor, string key)
    {
        var request = visitor.Request(Route);
        request.Headers.Remove("aw-tenant-code");
        request.Headers.Add("aw-tenant-code", key);
        return request;
    }
}
