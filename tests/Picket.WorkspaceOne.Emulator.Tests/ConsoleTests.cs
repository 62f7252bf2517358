using Picket.WorkspaceOne.Emulator.Access;

namespace Picket.WorkspaceOne.Emulator.Tests;

/// <summary>Who may do what on the console, and that it acts on the same state as the API.</summary>
public sealed class ConsoleTests
{
    private const string RestApi = "/console/settings/rest-api?tab=General";

    [Fact]
    public async Task A_stranger_sees_the_sign_in_alone()
    {
        await using var host = await StartAsync();
        using var browser = new ConsoleBrowser(host);
        var (status, _, to) = await browser.GetAsync("/console/admins?find=a");
        Assert.Equal(302, status);
        Assert.Equal("/console/sign-in?to=%2Fconsole%2Fadmins%3Ffind%3Da", to);
        Assert.Equal(302, (await browser.GetAsync("/")).Status);
    }

    [Fact]
    public async Task Failed_sign_ins_lock_the_account_for_console_and_API_alike()
    {
        await using var host = await StartAsync();
        using var browser = new ConsoleBrowser(host);
        for (var attempt = 0; attempt < host.Access.LockAfter; attempt++)
        {
            Assert.Equal(200, (await browser.SignInAsync(host.Credentials.Account, "wrong")).Status);
        }

        Assert.True(host.Access.Account(host.Credentials.Account).Locked);
        var (_, page, _) = await browser.SignInAsync(host.Credentials.Account, host.Credentials.Password);
        Assert.Contains("Your account has been locked", page);

        using var admin = await AdministratorAsync(host);
        var uuid = host.Access.Account(host.Credentials.Account).Uuid;
        await admin.PostAsync("/console/admins", "admins", ("unlock", uuid.ToString()));
        Assert.False(host.Access.Account(host.Credentials.Account).Locked);
    }

    [Fact]
    public async Task A_sign_in_leads_nowhere_but_into_the_console()
    {
        await using var host = await StartAsync();
        using var browser = new ConsoleBrowser(host);
        var (_, _, to) = await browser.SignInAsync(
            host.Credentials.ConsoleAccount,
            host.Credentials.ConsolePassword,
            "/console/sign-in?to=https%3A%2F%2Fexample.com%2Fconsole"
        );
        Assert.DoesNotContain("example.com", to);
    }

    [Fact]
    public async Task A_form_without_its_token_changes_nothing()
    {
        await using var host = await StartAsync();
        using var admin = await AdministratorAsync(host);
        var (status, _, _) = await admin.PostRawAsync(
            RestApi,
            ("_handler", "rest-api-general"),
            ("setting", "Override"),
            ("enabled", "DISABLED")
        );
        Assert.Equal(400, status);
        Assert.True(host.Access.ApiEnabled);
    }

    [Fact]
    public async Task Pages_allow_no_foreign_and_no_inline_script()
    {
        await using var host = await StartAsync();
        using var admin = await AdministratorAsync(host);
        using var page = await admin.RawAsync("/console");
        Assert.Contains("script-src 'self'", page.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Contains("no-store", page.Headers.CacheControl!.ToString());
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("<script>", html);
        Assert.DoesNotContain(" style=", html);
        foreach (var file in new[] { "console.css", "console.js" })
        {
            using var asset = await admin.RawAsync("/console/assets/" + file);
            Assert.True(asset.Content.Headers.ContentLength is null or > 1000);
            Assert.NotEmpty(await asset.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task A_change_of_the_settings_acts_on_the_next_call()
    {
        await using var host = await StartAsync();
        using var admin = await AdministratorAsync(host);
        await admin.PostAsync(
            RestApi,
            "rest-api-general",
            ("setting", "Override"),
            ("enabled", "DISABLED"),
            ("save", "all")
        );
        Assert.False(host.Access.ApiEnabled);
        await admin.PostAsync(
            RestApi,
            "rest-api-general",
            ("setting", "Override"),
            ("enabled", "ENABLED"),
            ("save", "all")
        );
        Assert.True(host.Access.ApiEnabled);

        var customer = host.Groups.Customer.Index;
        var key = host.Access.RestApi.OwnGeneral(customer).Keys[0];
        await admin.PostAsync(RestApi, "rest-api-general", ("regenerate", key.Id.ToString()));
        Assert.NotEqual(key.Value, host.Access.RestApi.OwnGeneral(customer).Keys[0].Value);
        Assert.Null(host.Access.RestApi.Key(key.Value));
    }

    [Fact]
    public async Task A_role_without_the_row_neither_sees_nor_changes()
    {
        await using var host = await StartAsync();
        host.Access.AddAccount("reader", "secret", "Read Only", host.Groups.Customer.Index);
        host.Access.AddAccount("helper", "secret", "Help Desk", host.Groups.Customer.Index);
        using var reader = await ConsoleBrowser.SignedInAsync(host, "reader", "secret");
        await reader.PostAsync(
            RestApi,
            "rest-api-general",
            ("setting", "Override"),
            ("enabled", "DISABLED"),
            ("save", "all")
        );
        Assert.True(host.Access.ApiEnabled);

        using var helper = await ConsoleBrowser.SignedInAsync(host, "helper", "secret");
        var (_, page, _) = await helper.GetAsync(RestApi);
        Assert.Contains(Rows.System, page);
        Assert.DoesNotContain(host.Credentials.ApiKey, page);
    }

    [Fact]
    public async Task An_administrator_of_one_group_sees_and_changes_that_group_alone()
    {
        await using var host = await StartAsync();
        var europe = host.Groups.Find("nw-europe")!.Index;
        var africa = host.Groups.Find("nw-africa")!.Index;
        host.Access.AddAccount("eu.admin", "secret", SeededRoles.ConsoleAdministrator, europe);
        var other = host.Access.AddAccount("africa.admin", "secret", SeededRoles.ConsoleAdministrator, africa);
        using var admin = await ConsoleBrowser.SignedInAsync(host, "eu.admin", "secret");
        Assert.DoesNotContain("africa.admin", (await admin.GetAsync("/console/admins")).Page);
        Assert.Contains("not yours to see", (await admin.GetAsync($"/console/admins/{other.Uuid}")).Page);
        await admin.PostAsync("/console/admins", "admins", ("delete", other.Uuid.ToString()));
        Assert.True(host.Access.Accounts.ContainsKey("africa.admin"));

        await admin.PostAsync("/console", "choose-group", ("group", $"{host.Groups.Customer.Id}"));
        await admin.PostAsync(
            RestApi,
            "rest-api-general",
            ("setting", "Override"),
            ("enabled", "DISABLED"),
            ("save", "all")
        );
        Assert.True(host.Access.ApiEnabled);
        Assert.False(host.Access.RestApi.GeneralAt(europe).Setting.Enabled);
    }

    [Fact]
    public async Task What_happens_to_an_account_ends_its_session()
    {
        await using var host = await StartAsync();
        using var admin = await AdministratorAsync(host);
        Assert.Equal(200, (await admin.GetAsync("/console")).Status);
        host.Access.Account(host.Credentials.ConsoleAccount).Active = false;
        Assert.Equal(302, (await admin.GetAsync("/console")).Status);
    }

    [Fact]
    public async Task Required_fields_of_an_administrator_are_asked_for()
    {
        await using var host = await StartAsync();
        using var admin = await AdministratorAsync(host);
        var (_, _, to) = await admin.PostAsync("/console/admins/add", "admin-type", ("kind", "Basic"));
        var path = new Uri(new Uri(host.ConsoleAddress, "/"), to).PathAndQuery;
        var (_, page, _) = await admin.PostAsync(path, "admin", ("tab", "Definition"), ("go", "next"));
        foreach (var field in new[] { "Username", "Password", "First Name", "Last Name", "Email Address" })
        {
            Assert.Contains($"{field} is required.", page);
        }
    }

    [Fact]
    public async Task Saves_an_administrator_who_can_call_the_API_at_once()
    {
        await using var host = await StartAsync();
        using var admin = await AdministratorAsync(host);
        var (_, _, to) = await admin.PostAsync("/console/admins/add", "admin-type", ("kind", "Basic"));
        var path = new Uri(new Uri(host.ConsoleAddress, "/"), to).PathAndQuery;
        await admin.PostAsync(
            path,
            "admin",
            ("tab", "Definition"),
            ("go", "next"),
            ("username", "new.admin"),
            ("password", "secret"),
            ("repeated", "secret"),
            ("firstname", "New"),
            ("lastname", "Admin"),
            ("email", "new.admin@example.com")
        );
        await admin.PostAsync(
            path,
            "admin",
            ("tab", "Roles"),
            ("go", "next"),
            ("group", $"{host.Groups.Customer.Id}"),
            ("role", "API Only")
        );
        var (_, _, saved) = await admin.PostAsync(path, "admin", ("tab", "Settings"), ("go", "save"));
        Assert.EndsWith("/console/admins", saved);
        Assert.Contains("new.admin was saved.", (await admin.GetAsync("/console/admins")).Page);

        using var http = new HttpClient();
        using var call = new HttpRequestMessage(HttpMethod.Get, host.Address + "/mdm/devices/search");
        call.Headers.Add("aw-tenant-code", host.Credentials.ApiKey);
        call.Headers.Authorization = Visitor.Basic("new.admin", "secret");
        call.Headers.Add("Accept", "application/json");
        using var answer = await http.SendAsync(call, TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_circle_sets_the_rows_below_its_category_and_no_others()
    {
        await using var host = await StartAsync();
        using var admin = await AdministratorAsync(host);
        var (_, page, _) = await admin.PostAsync(
            "/console/roles/add",
            "role",
            ("rolename", "Mine"),
            ("description", "Mine"),
            ("go", "Read:Accounts > Users")
        );
        Assert.Equal(4, page.Split(" checked").Length - 1);
        await admin.PostAsync(
            "/console/roles/add",
            "role",
            ("rolename", "Mine"),
            ("description", "Mine"),
            ("Read", Rows.Devices),
            ("Read", "No > Such > Row"),
            ("go", "save")
        );
        Assert.Equal([new Right(Rows.Devices, RightMode.Read)], host.Access.Role("Mine").Rights);
    }

    private static Task<EmulatorHost> StartAsync() =>
        EmulatorHost.StartAsync(new() { Http = true, Devices = 20 }, ct: TestContext.Current.CancellationToken);

    private static Task<ConsoleBrowser> AdministratorAsync(EmulatorHost host) =>
        ConsoleBrowser.SignedInAsync(host, host.Credentials.ConsoleAccount, host.Credentials.ConsolePassword);
}
